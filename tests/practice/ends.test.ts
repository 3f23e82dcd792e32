import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { resetPractice, runningPractice, startPractice } from '../../scripts/practice/cluster.ts'
import { kubectl } from '../../scripts/practice/kubectl.ts'
import { readState } from '../../scripts/practice/state.ts'
import { temporaryFolder } from './setup.ts'

// Real programs on a machine that may be busy: a limit for what hangs, not a measure.
vi.setConfig({ testTimeout: 120_000 })

const main = fileURLToPath(new URL('../../scripts/practice/main.ts', import.meta.url))
const folders: string[] = []
const owners: ChildProcess[] = []

afterAll(async () => {
  for (const owner of owners) if (owner.exitCode === null) owner.kill('SIGKILL')
  for (const folder of folders) {
    await nothingRuns(folder)
    rmSync(folder, { recursive: true, force: true })
  }
})

describe('a cluster that another process runs', () => {
  const folder = newFolder()
  let owner: Owner

  it('starts and prints how to reach it', async () => {
    owner = startOwner(folder)
    await owner.says('Ctrl-C stops it.')
    expect(owner.output).toContainEqual(expect.stringContaining(`KUBECONFIG='${join(folder, 'kubeconfig')}'`))
    expect(processesOf(folder).length).toBeGreaterThanOrEqual(10)
  })

  it('is joined by a second start, which does not end it', async () => {
    const joined = await startPractice({ folder })
    expect(joined.joined).toBe(true)
    expect(joined.kubeconfigPath).toBe(join(folder, 'kubeconfig'))
    await expect(joined.servers[0]?.restart()).rejects.toThrow('another process')
    await joined.stop()
    expect(await kubectl(joined, ['get', 'deployment', 'nginx-deployment', '--output=name'])).toContain(
      'nginx-deployment',
    )
  })

  it('refuses to become two', async () => {
    await expect(startPractice({ folder, count: 2 })).rejects.toThrow(
      'A single practice cluster is running in this folder',
    )
  })

  it('leaves no process when its owner is killed', async () => {
    const exited = once(owner.child, 'exit')
    owner.child.kill('SIGKILL')
    await exited
    await nothingRuns(folder)
    expect(runningPractice(folder)).toBeNull()
  })

  it('starts again as the same cluster, and restarts its server at the same address', async () => {
    const before = readState(folder)?.ports
    const practice = await startPractice({ folder, seed: false })
    expect(practice.joined).toBe(false)
    expect(readState(folder)?.ports).toEqual(before)
    const uid = () => kubectl(practice, ['get', 'deployment', 'nginx-deployment', '--output=jsonpath={.metadata.uid}'])
    const old = await uid()
    await practice.servers[0]?.stop()
    await expect(uid()).rejects.toThrow('refused')
    await practice.servers[0]?.start()
    expect(await uid()).toBe(old)

    const server = processesOf(folder).find(line => /\/kube-apiserver /.test(line) && !line.includes('/leash '))
    process.kill(Number.parseInt(server ?? '', 10), 'SIGKILL')
    expect(await practice.ended).toContain('practice-apiserver of the practice cluster ended by itself')
    expect(processesOf(folder)).toEqual([])
  })
})

describe('a signal to the owner', () => {
  // One folder: each start also has to cope with what the start before it left half-done.
  const folder = newFolder()

  it.each([
    ['SIGINT', 'kube-apiserver', 'The start was ended; nothing is left running.'],
    ['SIGHUP', 'seeds', 'The start was ended; nothing is left running.'],
    ['SIGTERM', 'Ctrl-C stops it.', 'The practice cluster is stopped.'],
  ] as const)('%s at "%s" ends all', async (signal, moment, lastWord) => {
    const owner = startOwner(folder)
    await owner.says(moment)
    owner.child.kill(signal)
    const [code] = await once(owner.child, 'close')
    expect([code, owner.output.at(-1)]).toEqual([0, lastWord])
    expect(processesOf(folder)).toEqual([])
  })
})

describe('stop and reset', () => {
  it('end the cluster of another process, which is told that this was wanted, and remove its data', async () => {
    const folder = newFolder()
    const practice = await startPractice({ folder, seed: false })
    expect(await command('status', folder)).toContain('The practice cluster is running.')
    expect(await command('stop', folder)).toBe('The practice cluster is stopped.')
    expect(await practice.ended).toBeNull()
    expect(processesOf(folder)).toEqual([])
    expect(await command('stop', folder)).toBe('No practice cluster was running.')
    expect(await command('reset', folder)).toContain('its data are gone')
    expect(existsSync(folder)).toBe(false)
  })

  it('reset refuses a folder that is none of its own', async () => {
    const folder = newFolder()
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'thesis.txt'), 'years of work')
    await expect(resetPractice(folder)).rejects.toThrow('nothing was removed')
    expect(existsSync(join(folder, 'thesis.txt'))).toBe(true)
  })
})

it('an aborted start leaves nothing running', async () => {
  const folder = newFolder()
  const ending = new AbortController()
  const onProgress = ({ what }: { what: string }) => {
    if (what === 'kube-apiserver') setImmediate(() => ending.abort(new Error('changed my mind')))
  }
  await expect(startPractice({ folder, signal: ending.signal, onProgress })).rejects.toThrow('changed my mind')
  expect(processesOf(folder)).toEqual([])
})

type Owner = { readonly child: ChildProcess; readonly output: string[]; says(text: string): Promise<void> }

function startOwner(folder: string): Owner {
  const child = spawn(process.execPath, [main, 'start', '--folder', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  owners.push(child)
  const output: string[] = []
  const lines = [createInterface(child.stdout), createInterface(child.stderr)]
  for (const reader of lines) reader.on('line', line => output.push(line))
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (output.some(line => line.includes(text))) resolve()
      }
      for (const reader of lines) reader.on('line', look)
      child.once('close', () => reject(new Error(`it ended with:\n${output.join('\n')}`)))
      look()
    })
  return { child, output, says }
}

async function command(verb: string, folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, verb, '--folder', folder])
  return stdout.trim()
}

function newFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder
}

// Every program of a cluster names its folder in its arguments.
function processesOf(folder: string): string[] {
  const all = execFileSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' }).split('\n')
  return all.filter(line => line.includes(folder) && !/^\s*\d+\s+Z/.test(line) && !line.includes(main))
}

function nothingRuns(folder: string): Promise<void> {
  return vi.waitFor(() => expect(processesOf(folder)).toEqual([]), { timeout: 15_000, interval: 50 })
}
