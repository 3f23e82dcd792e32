import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PluginRun } from '../../../../contract/contexts.ts'
import { type Clusters, openClusters } from '../../../../electron/host/clusters/clusters.ts'
import { request } from '../../../../electron/host/clusters/connection.ts'
import { makePrompts } from '../../../../electron/host/clusters/prompts.ts'
import { type FakeServer, json, scratchFolder, startFakeServer } from './fake-server.ts'
import { openGate } from './open-gate.ts'

// Counts its runs, asks a person to log in somewhere, and prints a token as soon as `go` is there.
const plugin = `#!${process.execPath}
const fs = require('node:fs')
fs.appendFileSync(__dirname + '/runs', 'run\\n')
console.error('\\u001b[1mTo sign in\\u001b[0m, open https://login.example/device')
process.stderr.write('and enter the code ABCD-1234')
const print = () => {
  if (!fs.existsSync(__dirname + '/go')) return setTimeout(print, 10)
  const kind = { kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1' }
  console.log(JSON.stringify({ ...kind, status: { token: 'planted-secret' } }))
}
print()
`
const prompts = ['To sign in, open https://login.example/device', 'and enter the code ABCD-1234']

let folder: ReturnType<typeof scratchFolder>
let server: FakeServer
let life: AbortController
beforeEach(async () => {
  folder = scratchFolder()
  life = new AbortController()
  server = await startFakeServer((_, response) => json(response, 200, {}))
  writeFileSync(join(folder.path, 'plugin'), plugin, { mode: 0o700 })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  life.abort()
  await server.close()
  folder.remove()
})

/** Two contexts of one user, `a` and `b`, and `c` of another one; all by the same plugin. */
async function open(isAllowed: (mark: string) => boolean, args: readonly string[] = []): Promise<Clusters> {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin', args }
  const file = join(folder.path, 'config')
  const config = {
    clusters: [{ name: 'one', cluster: { server: server.url } }],
    users: [
      { name: 'u', user: { exec } },
      { name: 'v', user: { exec: { ...exec, args: ['--other'] } } },
    ],
    contexts: [
      { name: 'a', context: { cluster: 'one', user: 'u' } },
      { name: 'b', context: { cluster: 'one', user: 'u' } },
      { name: 'c', context: { cluster: 'one', user: 'v' } },
    ],
  }
  writeFileSync(file, JSON.stringify(config))
  return openClusters({ kubeconfig: [file], isAllowed, gate: openGate, signal: life.signal })
}

async function ask(clusters: Clusters, context: string) {
  const cluster = clusters.cluster(context)
  if (!cluster.ok) throw new Error(cluster.problem.code)
  const asked = { verb: 'list', group: '', resource: 'pods', namespace: null, name: null }
  return request(cluster.value, {
    method: 'GET',
    path: '/api/v1/pods',
    asked,
    signal: life.signal,
    timeoutSeconds: 0.5,
  })
}
const go = () => writeFileSync(join(folder.path, 'go'), '')
const runs = () => readFileSync(join(folder.path, 'runs'), 'utf8').trim().split('\n').length
const running = (clusters: Clusters, count: number) =>
  vi.waitFor(
    () => {
      const now = clusters.plugins.runs()
      expect(now).toHaveLength(count)
      for (const { lines } of now) expect(lines).toEqual(prompts)
      return now
    },
    { timeout: 20_000 },
  )

describe('a plugin that asks a person to log in', () => {
  it('runs once for all contexts of its user, shows what it prints, and is waited for without the clock', async () => {
    const clusters = await open(() => true)
    const answers = Promise.all(['a', 'a', 'b', 'c'].map(context => ask(clusters, context)))
    const shown = await running(clusters, 2)
    expect(shown).toMatchObject([
      { state: 'running', contexts: ['a', 'b'], command: join(folder.path, 'plugin'), args: [] },
      { state: 'running', contexts: ['c'], args: ['--other'] },
    ])
    // Longer than any of the requests may take.
    await new Promise(resolve => setTimeout(resolve, 600))
    go()
    expect((await answers).map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(runs()).toBe(2)
    expect(clusters.plugins.runs()).toEqual([])
    expect(server.seen[0]?.headers.authorization).toBe('Bearer planted-secret')
    expect(JSON.stringify(shown)).not.toContain('planted-secret')
  })

  it('can be stopped', async () => {
    const clusters = await open(() => true)
    const answer = ask(clusters, 'a')
    const [only] = await running(clusters, 1)
    clusters.plugins.stop(only?.id ?? '')
    expect(await answer).toMatchObject({
      ok: false,
      problem: { code: 'credentials-failed', detail: expect.stringContaining('stopped') },
    })
    expect(clusters.plugins.runs()).toEqual([])
  })
})

describe('a plugin that a foreign kubeconfig names', () => {
  const stateOf = (runs: readonly PluginRun[]) => runs.map(({ state, contexts }) => `${state} ${contexts.join(' ')}`)

  it('runs only when it was allowed, by its file and all its words', async () => {
    const allowed = new Set<string>()
    const clusters = await open(mark => allowed.has(mark), ['--profile', 'prod'])
    const problem = { code: 'plugin-unconfirmed', command: `${join(folder.path, 'plugin')} --profile prod` }
    expect(await ask(clusters, 'a')).toEqual({ ok: false, problem })
    expect(await ask(clusters, 'b')).toEqual({ ok: false, problem })
    const [asked] = clusters.plugins.runs()
    expect(stateOf(clusters.plugins.runs())).toEqual(['unconfirmed a b'])
    clusters.plugins.stop(asked?.id ?? '')
    expect(stateOf(clusters.plugins.runs())).toEqual(['refused a b'])
    expect(await ask(clusters, 'a')).toEqual({ ok: false, problem })

    go()
    const given = clusters.plugins.allow(asked?.id ?? '')
    expect(given?.contexts).toEqual(['a', 'b'])
    allowed.add(given?.mark ?? '')
    expect((await ask(clusters, 'a')).ok).toBe(true)
    // Another session, and the same program with other words.
    expect((await ask(await open(mark => allowed.has(mark), ['--profile', 'prod']), 'a')).ok).toBe(true)
    expect((await ask(await open(mark => allowed.has(mark), ['--profile', 'other']), 'a')).ok).toBe(false)
  })

  it('runs without a question where the file is the one that kubectl reads', async () => {
    vi.stubEnv('KUBECONFIG', join(folder.path, 'config'))
    go()
    expect((await ask(await open(() => false), 'a')).ok).toBe(true)
  })
})

describe('what a program prints for people', () => {
  it.each([
    ['a line', ['one\n'], ['one']],
    ['a line in pieces', ['on', 'e\ntw', 'o'], ['one', 'two']],
    ['what is drawn over', ['10%\r50%\r100%\n'], ['100%']],
    ['colours, and text that turns round', ['\u001b[31mred\u001b[0m\u202e x\r\n'], ['red x']],
    [
      'the newest forty lines',
      [Array.from({ length: 100 }, (_, n) => `${n}\n`).join('')],
      Array.from({ length: 40 }, (_, n) => `${n + 60}`),
    ],
    ['an endless line', ['x'.repeat(10_000), 'end'], [`${'x'.repeat(497)}end`]],
  ])('is %s', (_, texts, expected) => {
    const made = makePrompts()
    for (const text of texts) made.add(text)
    expect(made.lines()).toEqual(expected)
  })
})
