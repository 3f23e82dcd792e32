import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../../../scripts/bootstrap/root.mjs'

// The real `npm start` without npm, on a kubeconfig without a cluster that answers.
const kubeconfig = `apiVersion: v1
kind: Config
current-context: nowhere
contexts: [{ name: nowhere, context: { cluster: nowhere, user: nobody } }]
clusters: [{ name: nowhere, cluster: { server: 'http://127.0.0.1:9' } }]
users: [{ name: nobody, user: {} }]
`

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'config'), kubeconfig)
  return folder
}

type Started = {
  readonly child: ChildProcess
  /** The first line on stdout, null where it ended without one. */
  readonly line: Promise<string | null>
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

function start(folder: string, words: readonly string[]): Started {
  const args = ['--kubeconfig', join(folder, 'config'), '--profile', join(folder, 'profile'), ...words]
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('no pipes')
  const line = new Promise<string | null>(resolve => {
    stdout.once('data', data => resolve(String(data).split('\n', 1)[0] ?? ''))
    stdout.once('end', () => resolve(null))
  })
  const ended = Promise.all([once(child, 'exit'), text(stdout), text(stderr)]).then(([[code], out, error]) => ({
    code,
    stdout: out,
    stderr: error,
  }))
  return { child, line, ended }
}

function addressIn(line: string | null): URL {
  const address = /^Patchbay is at (http:\/\/127\.0\.0\.1:\d+\/\S*)$/.exec(line ?? '')?.[1]
  if (address === undefined) throw new Error(`no address in ${line}`)
  return new URL(address)
}

const answers = (address: URL) =>
  fetch(address.origin).then(
    response => response.status,
    () => 'nobody',
  )

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('with --no-open stdout is one line, once it answers; %s ends everything', async (signal, code) => {
  const folder = makeFolder()
  const app = start(folder, ['--no-open'])
  const address = addressIn(await app.line)
  expect(await answers(address)).toBe(403)
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(302)
  app.child.kill(signal)
  const end = await app.ended
  expect(end.code).toBe(code)
  expect(end.stdout).toMatch(/^Patchbay is at \S+\n$/)
  expect(await answers(address)).toBe('nobody')
  expect(existsSync(join(folder, 'profile', 'control.json'))).toBe(false)
})

test('killed outright, it leaves nothing running, and the next start is as any', async () => {
  const folder = makeFolder()
  const app = start(folder, ['--no-open'])
  const address = addressIn(await app.line)
  app.child.kill('SIGKILL')
  await once(app.child, 'exit')
  // The app's own process sees that the one which started it is gone.
  await expect.poll(() => answers(address)).toBe('nobody')
  const again = start(folder, ['--no-open'])
  expect(addressIn(await again.line).port).toBe(address.port)
})

test('a second start hands over: one more address of the same host, and it ends', async () => {
  const folder = makeFolder()
  const first = addressIn(await start(folder, ['--no-open']).line)
  const second = start(folder, ['--no-open'])
  const address = addressIn(await second.line)
  expect(address.origin).toBe(first.origin)
  expect(address.search).not.toBe(first.search)
  const end = await second.ended
  expect(end.code).toBe(0)
  expect(end.stdout.trim().split('\n')).toHaveLength(1)
  expect(end.stderr).toContain('runs already in this profile')
  for (const one of [first, address]) expect((await fetch(one, { redirect: 'manual' })).status).toBe(302)
})

test('two starts at once are one host', async () => {
  const folder = makeFolder()
  const both = [start(folder, ['--no-open']), start(folder, ['--no-open'])]
  const addresses = await Promise.all(both.map(async app => addressIn(await app.line)))
  expect(new Set(addresses.map(address => address.origin)).size).toBe(1)
})

test('an asked-for port that is taken is one sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  // It listens on an IP port, so its address has one.
  const { port } = server.address() as { port: number }
  const end = await start(makeFolder(), ['--no-open', '--port', String(port)]).ended
  expect(end).toMatchObject({ code: 1, stdout: '' })
  expect(end.stderr).toBe(`Port ${port} of 127.0.0.1 is taken: give another one with --port, or none.\n`)
})

test.each([
  [['--bogus'], 2, /^Unknown option '--bogus'\.\n\nUsage: npm start/],
  [['edit', 'deployment'], 2, /^edit takes a type and a name/],
  [['--no-open', '--kubeconfig', '/nowhere/config'], 1, /^There is no kubeconfig at \/nowhere\/config\.\n$/],
  [['--no-open', 'list', 'pods', '--context', 'other'], 1, /The kubeconfig has no context "other"\.\n$/],
] as const)('%j is refused in words', async (words, code, sentence) => {
  const end = await start(makeFolder(), words).ended
  expect(end).toMatchObject({ code, stdout: '' })
  expect(end.stderr).toMatch(sentence)
})

test('a target on a cluster that does not answer is refused in words', async () => {
  const end = await start(makeFolder(), ['--no-open', 'edit', 'deployment/nginx']).ended
  expect(end).toMatchObject({ code: 1, stdout: '' })
  expect(end.stderr).toMatch(/The cluster cannot be reached/)
})

test.each([
  ['SIGTERM', 'npm'],
  ['SIGKILL', 'npm'],
  // Ctrl-C in a terminal.
  ['SIGINT', 'group'],
] as const)('%s to the %s ends the app too', async (signal, whom) => {
  const folder = makeFolder()
  const args = [
    'start',
    '--',
    '--no-open',
    '--kubeconfig',
    join(folder, 'config'),
    '--profile',
    join(folder, 'profile'),
  ]
  const npm = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], detached: true })
  onTestFinished(() => void npm.kill('SIGKILL'))
  if (npm.stdout === null) throw new Error('no pipe')
  let said = ''
  npm.stdout.setEncoding('utf8').on('data', data => {
    said += data
  })
  await expect.poll(() => said, { timeout: 20_000 }).toMatch(/^Patchbay is at \S+\n/m)
  const address = addressIn(said.split('\n').find(line => line.startsWith('Patchbay is at ')) ?? null)
  if (npm.pid === undefined) throw new Error('npm was not started')
  process.kill(whom === 'npm' ? npm.pid : -npm.pid, signal)
  await expect.poll(() => answers(address), { timeout: 10_000 }).toBe('nobody')
})
