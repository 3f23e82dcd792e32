import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { tryLock, waitForLock } from '../../scripts/practice/lock.ts'
import { temporaryFolder } from './setup.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))

const moduleUrl = new URL('../../scripts/practice/lock.ts', import.meta.url).href

it('is held once, also within one process, and again after its release', () => {
  const path = join(folder, 'test.lock')
  const first = tryLock(path)
  expect(first).not.toBeNull()
  expect(tryLock(path)).toBeNull()
  first?.release()
  const second = tryLock(path)
  expect(second).not.toBeNull()
  second?.release()
})

it('is free once its holder is killed', async () => {
  const path = join(folder, 'test.lock')
  const source = `
    import { tryLock } from ${JSON.stringify(moduleUrl)}
    globalThis.lock = tryLock(${JSON.stringify(path)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  expect(tryLock(path)).toBeNull()
  let waited = 0
  const waiting = waitForLock(path, () => waited++)
  holder.kill('SIGKILL')
  const lock = await waiting
  lock.release()
  expect(waited).toBe(1)
})

it('stops waiting when told to', async () => {
  const path = join(folder, 'test.lock')
  const lock = tryLock(path)
  const ending = new AbortController()
  const waiting = waitForLock(path, () => ending.abort(new Error('enough')), ending.signal)
  await expect(waiting).rejects.toThrow('enough')
  lock?.release()
})
