import { readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PortTaken } from '../../../electron/loopback/ports.ts'
import { startLoopback } from '../../../electron/loopback.ts'
import { serve, smallPage, temporaryFolder } from './serving.ts'

/** The files below a folder that this process holds open. */
function openFilesIn(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap(descriptor => {
    try {
      const file = readlinkSync(`/proc/self/fd/${descriptor}`)
      return file.startsWith(folder) ? [file] : []
    } catch {
      // The folder's own descriptor, closed since it was listed.
      return []
    }
  })
}

test.runIf(process.platform === 'linux')('a start that finds its port taken leaves nothing open', async () => {
  const folder = temporaryFolder()
  const kubeconfig = join(folder, 'config')
  writeFileSync(kubeconfig, '{}')
  const host = {
    version: '1',
    profile: join(folder, 'profile'),
    kubeconfig: [kubeconfig],
    context: null,
    practice: false,
  }
  const start = (port: number | null) => startLoopback({ host, page: smallPage, port, hosts: [] })
  const { port } = await serve()
  await expect(start(port)).rejects.toThrow(PortTaken)
  expect(openFilesIn(folder)).toEqual([])
  const running = await start(null)
  expect(openFilesIn(folder)).not.toEqual([])
  await running.end()
  expect(openFilesIn(folder)).toEqual([])
})
