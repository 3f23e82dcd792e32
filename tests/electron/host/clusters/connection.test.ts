import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Cluster, request } from '../../../../electron/host/clusters/connection.ts'
import { getObject } from '../../../../electron/host/clusters/get.ts'
import { patchObject } from '../../../../electron/host/clusters/patch.ts'
import { type FakeServer, type Handler, json, openFake, refusal, startFakeServer } from './fake-server.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function serve(handler: Handler, gitVersion?: string): Promise<FakeServer> {
  const server = await startFakeServer(handler, gitVersion)
  ends.push(server.close)
  return server
}

async function open(...args: Parameters<typeof openFake>) {
  const fake = await openFake(...args)
  ends.push(fake.end)
  return fake
}

const pods = { group: '', version: 'v1', resource: 'pods' }
const asked = { verb: 'get', group: '', resource: 'pods', namespace: 'n', name: 'p' }
const get = (cluster: Cluster, signal: AbortSignal, timeoutSeconds = 5) =>
  request(cluster, { method: 'GET', path: '/api/v1/namespaces/n/pods/p', asked, signal, timeoutSeconds })
const patch = (cluster: Cluster, signal: AbortSignal, dryRun = false) =>
  patchObject(
    cluster,
    pods,
    { namespace: 'n', name: 'p' },
    { mediaType: 'application/merge-patch+json', body: '{"a": 1}', dryRun, fieldManager: 'me' },
    signal,
  )
const fine: Handler = (_, response) => json(response, 200, { kind: 'Pod' })

describe('what goes out', () => {
  it('is below the path of the server, with our name, and with what the kubeconfig says of the user', async () => {
    const server = await serve(fine)
    const user = {
      token: 'secret',
      as: 'jane',
      'as-uid': '7',
      'as-groups': ['a', 'b'],
      'as-user-extra': { 'x/y': ['1'] },
    }
    const { cluster, signal } = await open(`${server.url}/k8s/clusters/c-1/`, { user })
    expect(await get(cluster, signal)).toMatchObject({ ok: true, value: { status: 200 } })
    expect(server.seen[0]).toMatchObject({
      url: '/k8s/clusters/c-1/api/v1/namespaces/n/pods/p',
      headers: {
        'user-agent': 'patchbay/1.2.3',
        authorization: 'Bearer secret',
        'impersonate-user': 'jane',
        'impersonate-uid': '7',
        'impersonate-group': 'a, b',
        'impersonate-extra-x%2fy': '1',
      },
    })
  })

  it('a patch names its manager, asks for strict validation and is sent byte for byte', async () => {
    const server = await serve(fine)
    const { cluster, signal } = await open(server.url)
    await patch(cluster, signal, true)
    expect(server.seen[0]).toMatchObject({
      method: 'PATCH',
      url: '/api/v1/namespaces/n/pods/p?dryRun=All&fieldManager=me&fieldValidation=Strict',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: '{"a": 1}',
    })
  })

  it('names with odd letters stay inside their part of the path, also where the server reads it twice', async () => {
    const server = await serve(fine)
    const { cluster, signal } = await open(server.url)
    await getObject(cluster, pods, { namespace: 'n/../x', name: 'a?b#c%d' }, signal)
    expect(server.seen[0]?.url).toBe('/api/v1/namespaces/n%252f..%252fx/pods/a%3Fb%23c%2525d')
  })

  it('a token file is read again when it changed', async () => {
    const server = await serve(fine)
    const { cluster, signal, folder } = await open(server.url, {
      user: { tokenFile: 'token' },
      files: { token: 'one\n' },
    })
    await get(cluster, signal)
    writeFileSync(join(folder, 'token'), 'another\n')
    await get(cluster, signal)
    expect(server.seen.map(request => request.headers.authorization)).toEqual(['Bearer one', 'Bearer another'])
  })

  it('goes through the proxy that the cluster names', async () => {
    const proxy = await serve(fine)
    const { cluster, signal } = await open('http://cluster.invalid:8080', { cluster: { 'proxy-url': proxy.url } })
    expect((await get(cluster, signal)).ok).toBe(true)
    expect(proxy.seen[0]?.url).toBe('http://cluster.invalid:8080/api/v1/namespaces/n/pods/p')
  })
})

describe('what comes back', () => {
  it('compressed bodies and warnings are read', async () => {
    const server = await serve((_, response) => {
      response.setHeader('warning', ['299 - "one \\"quoted\\""', '299 - "two, with a comma"'])
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"kind":"Pod","n":12345678901234567890}'))
    })
    const { cluster, signal } = await open(server.url)
    expect(await getObject(cluster, pods, { namespace: 'n', name: 'p' }, signal)).toEqual({
      ok: true,
      value: { object: { kind: 'Pod', n: 12345678901234567890n }, warnings: ['one "quoted"', 'two, with a comma'] },
    })
  })

  it('warnings are UTF-8, as servers write them', async () => {
    const server = await serve((_, response) => {
      response.setHeader('warning', Buffer.from('299 - "镜像过时 – no"').toString('latin1'))
      json(response, 200, { kind: 'Pod' })
    })
    const { cluster, signal } = await open(server.url)
    const answer = await getObject(cluster, pods, { namespace: 'n', name: 'p' }, signal)
    expect(answer.ok && answer.value.warnings).toEqual(['镜像过时 – no'])
  })

  it.each([200, 500])('a body that never ends is given up, at status %i', async status => {
    const piece = Buffer.alloc(4 * 1024 * 1024, ' ')
    const server = await serve((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      const more = () => {
        while (!response.destroyed && response.write(piece));
      }
      response.on('drain', more)
      more()
    })
    const { cluster, signal } = await open(server.url)
    expect(await get(cluster, signal, 30)).toMatchObject({ ok: false, problem: { code: 'server-error', status } })
  })

  it('a busy server is waited for as it says', async () => {
    let busy = 2
    const server = await serve((_, response) =>
      busy-- > 0
        ? response.writeHead(429, { 'retry-after': '0' }).end('Too many requests, please try again later.')
        : json(response, 200, { kind: 'Pod' }),
    )
    const { cluster, signal } = await open(server.url)
    expect((await get(cluster, signal)).ok).toBe(true)
    expect(server.seen).toHaveLength(3)
  })

  it('a server that stays busy is told as such', async () => {
    const server = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '0' }).end('Too many requests, please try again later.'),
    )
    const { cluster, signal } = await open(server.url)
    expect(await get(cluster, signal)).toEqual({
      ok: false,
      problem: { code: 'rate-limited', retryAfterSeconds: null },
    })
  })

  it('a login page is no object', async () => {
    const server = await serve((_, response) => response.end('<html>Log in'))
    const { cluster, signal } = await open(server.url)
    const answer = await getObject(cluster, pods, { namespace: 'n', name: 'p' }, signal)
    expect(answer).toMatchObject({ ok: false, problem: { code: 'server-error' } })
  })
})

describe('a way that fails', () => {
  it('nobody listens', async () => {
    const server = await startFakeServer(fine)
    await server.close()
    const { cluster, signal } = await open(server.url)
    expect(await get(cluster, signal)).toMatchObject({ ok: false, problem: { code: 'unreachable' } })
    expect(cluster.state()).toMatchObject({ kind: 'failed', problem: { code: 'unreachable' } })
    expect(await patch(cluster, signal)).toMatchObject({ ok: false, problem: { code: 'unreachable' } })
  })

  it('no answer in time', async () => {
    const server = await serve(() => {})
    const { cluster, signal } = await open(server.url)
    expect(await get(cluster, signal, 0.2)).toMatchObject({ ok: false, problem: { code: 'timed-out', seconds: 0.2 } })
  })

  it('a write whose answer is lost is of unknown outcome and never repeated; a dry run is no write', async () => {
    const server = await serve((_, response) => response.destroy())
    const { cluster, signal } = await open(server.url)
    expect(await patch(cluster, signal)).toMatchObject({ ok: false, problem: { code: 'outcome-unknown' } })
    expect(server.seen).toHaveLength(1)
    expect(await patch(cluster, signal, true)).toMatchObject({ ok: false, problem: { code: 'unreachable' } })
  })

  it('a write that the server gave up waiting for is of unknown outcome', async () => {
    const server = await serve((_, response) =>
      json(response, 504, refusal(504, 'Timeout', 'request did not complete')),
    )
    const { cluster, signal } = await open(server.url)
    expect(await patch(cluster, signal)).toMatchObject({ ok: false, problem: { code: 'outcome-unknown' } })
    expect(await patch(cluster, signal, true)).toMatchObject({ ok: false, problem: { code: 'server-error' } })
  })

  it('a read on a connection that the server dropped is asked again', async () => {
    let first = true
    const server = await serve((request, response) => {
      if (!first) return fine(request, response)
      first = false
      response.destroy()
    })
    const { cluster, signal } = await open(server.url)
    expect((await get(cluster, signal)).ok).toBe(true)
  })

  it('a read that breaks each time, before its answer or within, is sent five times in all', async () => {
    let turn = 0
    const server = await serve((_, response) => {
      if (turn++ % 2 === 0) return response.destroy()
      response.writeHead(200, { 'content-length': '100' }).write('{"kind"', () => response.destroy())
    })
    const { cluster, signal } = await open(server.url)
    expect(await get(cluster, signal)).toMatchObject({ ok: false, problem: { code: 'unreachable' } })
    expect(server.seen).toHaveLength(5)
  })

  it('the caller who leaves gets their own reason', async () => {
    const server = await serve(() => leave.abort(new Error('left')))
    const { cluster } = await open(server.url)
    const leave = new AbortController()
    await expect(get(cluster, leave.signal)).rejects.toThrow('left')
  })

  it('an ended context fails without a word to the server', async () => {
    const server = await serve(fine)
    const { cluster, clusters, signal } = await open(server.url)
    await clusters.end()
    expect(await get(cluster, signal)).toEqual({ ok: false, problem: { code: 'context-unknown', context: 'fake' } })
    expect(server.seen).toHaveLength(0)
  })
})

describe('the version of the server', () => {
  it('is known after the first request', async () => {
    const server = await serve(fine)
    const { cluster, signal } = await open(server.url)
    expect(cluster.state()).toEqual({ kind: 'idle' })
    await get(cluster, signal)
    expect(await cluster.version()).toEqual({ kind: 'ready', version: 'v1.37.2', tooOld: false, slowMs: null })
    expect(cluster.state()).toEqual({ kind: 'ready', version: 'v1.37.2', tooOld: false, slowMs: null })
  })

  it('before 1.27 forbids writes, dry runs too', async () => {
    const server = await serve(fine, 'v1.26.15')
    const { cluster, signal } = await open(server.url)
    expect((await get(cluster, signal)).ok).toBe(true)
    expect(await patch(cluster, signal, true)).toEqual({
      ok: false,
      problem: { code: 'server-too-old', version: 'v1.26.15' },
    })
    expect(server.seen.map(request => request.method)).toEqual(['GET'])
  })
})

// A plugin that writes down how it was called, and prints a token that tells how often.
const plugin = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs')
const log = __dirname + '/runs'
appendFileSync(log, process.env.KUBERNETES_EXEC_INFO + '\\n')
const runs = readFileSync(log, 'utf8').trim().split('\\n').length
console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: process.env.SPEAKS, status: { token: 'run-' + runs } }))
`
const execUser = (more: Record<string, unknown> = {}) => ({
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: './plugin',
    env: [{ name: 'SPEAKS', value: 'client.authentication.k8s.io/v1' }],
    ...more,
  },
})

describe('an exec plugin', () => {
  it('runs once for many requests, beside its kubeconfig, and is told about the cluster', async () => {
    const server = await serve(fine)
    const user = execUser({ provideClusterInfo: true })
    const { cluster, signal, folder } = await open(server.url, { user, files: { plugin } })
    await Promise.all(Array.from({ length: 8 }, () => get(cluster, signal)))
    expect(new Set(server.seen.map(request => request.headers.authorization))).toEqual(new Set(['Bearer run-1']))
    const runs = readFileSync(join(folder, 'runs'), 'utf8').trim().split('\n')
    expect(runs).toHaveLength(1)
    expect(JSON.parse(runs[0] ?? '')).toMatchObject({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: server.url } },
    })
  })

  it('runs again when its credential is refused', async () => {
    const server = await serve((request, response) =>
      request.headers.authorization === 'Bearer run-1'
        ? json(response, 401, refusal(401, 'Unauthorized', 'Unauthorized'))
        : json(response, 200, {}),
    )
    const { cluster, signal } = await open(server.url, { user: execUser(), files: { plugin } })
    expect((await get(cluster, signal)).ok).toBe(true)
  })

  it('is not run for ever when nothing helps', async () => {
    const server = await serve((_, response) => json(response, 401, refusal(401, 'Unauthorized', 'Unauthorized')))
    const { cluster, signal } = await open(server.url, { user: execUser(), files: { plugin } })
    expect(await get(cluster, signal)).toMatchObject({ ok: false, problem: { code: 'unauthorized' } })
    expect(server.seen).toHaveLength(2)
  })

  it('ends with its context, and so does the wait for what it has started', async () => {
    const server = await serve(fine)
    // What it starts holds its output open, and both would run for ever.
    const endless = `#!${process.execPath}
      const { spawn } = require('node:child_process')
      const started = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      require('node:fs').writeFileSync(__dirname + '/started', started.pid + ' ' + process.pid)
      setInterval(() => {}, 1000)`
    const { cluster, signal, folder } = await open(server.url, { user: execUser(), files: { plugin: endless } })
    const answer = get(cluster, signal, 60)
    const pids = await vi.waitFor(() => readFileSync(join(folder, 'started'), 'utf8').split(' ').map(Number), 20_000)
    const [started = 0, own = 0] = pids
    ends.push(async () => void process.kill(started))
    expect(started * own).toBeGreaterThan(0)
    await cluster.end()
    expect(await answer).toMatchObject({ ok: false, problem: { code: 'context-unknown' } })
    await vi.waitFor(() => expect(() => process.kill(own, 0)).toThrow('ESRCH'), 20_000)
  })

  it.each([
    ['a missing program', { command: './none', installHint: 'Install it.' }, 'not found. Install it.'],
    ['another API version', { env: [{ name: 'SPEAKS', value: 'v9' }] }, 'it speaks v9'],
    ['a terminal is wanted', { interactiveMode: 'Always' }, 'terminal'],
    ['no JSON', { command: process.execPath, args: ['-p', '"planted-secret"'] }, 'did not print JSON'],
    [
      'an exit code',
      { command: process.execPath, args: ['-e', 'console.error("log in first"); process.exit(3)'] },
      'exit code 3: log in first',
    ],
  ])('that fails says why: %s', async (_, more, words) => {
    const server = await serve(fine)
    const { cluster, signal } = await open(server.url, { user: execUser(more), files: { plugin } })
    const answer = await get(cluster, signal)
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'credentials-failed', detail: expect.stringContaining(words) },
    })
    expect(JSON.stringify(answer)).not.toContain('planted-secret')
    expect(server.seen).toHaveLength(0)
  })
})

it('a certificate file that is not there is a failure of the credentials', async () => {
  const { cluster, signal } = await open('https://127.0.0.1:1', { cluster: { 'certificate-authority': 'gone.crt' } })
  expect(await get(cluster, signal)).toMatchObject({ ok: false, problem: { code: 'credentials-failed' } })
})
