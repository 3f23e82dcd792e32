import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openClusters } from '../../../../electron/host/clusters/clusters.ts'
import { contextEntry, loadKubeconfig } from '../../../../electron/host/clusters/kubeconfig.ts'
import { kubeconfigText, scratchFolder } from './fake-server.ts'
import { openGate } from './open-gate.ts'

let folder: ReturnType<typeof scratchFolder>
beforeEach(() => {
  folder = scratchFolder()
})
afterEach(() => folder.remove())

function write(name: string, text: string): string {
  const file = join(folder.path, name)
  writeFileSync(file, text)
  return file
}

function named(kind: string, item: string, entries: Record<string, unknown>): Record<string, unknown> {
  return { [kind]: Object.entries(entries).map(([name, entry]) => ({ name, [item]: entry })) }
}

describe('several files', () => {
  it('takes each entry and the current context from the first file that has them', async () => {
    const first = write(
      'first',
      JSON.stringify({
        ...named('clusters', 'cluster', { one: { server: 'https://first' } }),
        ...named('contexts', 'context', { a: { cluster: 'one', user: 'u', namespace: 'first' } }),
      }),
    )
    const second = write(
      'second',
      JSON.stringify({
        ...named('clusters', 'cluster', { one: { server: 'https://second' }, two: { server: 'https://two' } }),
        ...named('users', 'user', { u: { token: 'from-second' } }),
        ...named('contexts', 'context', { a: { cluster: 'two', user: 'u' }, b: { cluster: 'two', user: 'u' } }),
        'current-context': 'b',
      }),
    )
    const { config, problems } = await loadKubeconfig({ files: [first, join(folder.path, 'missing'), second] })
    expect(problems).toEqual([])
    expect([...config.contexts.keys()]).toEqual(['a', 'b'])
    expect(config.currentContext).toBe('b')
    const a = contextEntry(config, 'a')
    expect(a).toMatchObject({
      ok: true,
      value: { context: { namespace: 'first' }, cluster: { server: 'https://first' }, user: { token: 'from-second' } },
    })
  })

  it('takes an added file for itself: what is called alike there is somebody else', async () => {
    const text = (server: string, token: string) =>
      JSON.stringify({
        ...named('clusters', 'cluster', { kubernetes: { server } }),
        ...named('users', 'user', { admin: { token } }),
        ...named('contexts', 'context', { default: { cluster: 'kubernetes', user: 'admin' } }),
        'current-context': 'default',
      })
    const own = write('own', text('https://own', 'a'))
    const added = write('edge', text('https://edge', 'b'))
    const { config } = await loadKubeconfig({ files: [own], added: [added, own] })
    expect([...config.contexts.keys()]).toEqual(['default', 'default (edge)'])
    expect(config.currentContext).toBe('default')
    for (const [context, server, token] of [
      ['default', 'https://own', 'a'],
      ['default (edge)', 'https://edge', 'b'],
    ] as const)
      expect(contextEntry(config, context)).toMatchObject({ ok: true, value: { cluster: { server }, user: { token } } })
  })

  it('says so when there is no file at all', async () => {
    const { config, problems } = await loadKubeconfig({ files: [join(folder.path, 'missing')] })
    expect(problems).toEqual([{ code: 'kubeconfig-missing' }])
    expect(config.contexts.size).toBe(0)
  })

  it('says so when the file is there but empty', async () => {
    const { problems } = await loadKubeconfig({ files: [write('empty', '')] })
    expect(problems).toEqual([{ code: 'kubeconfig-invalid', detail: 'it has no contexts' }])
  })

  it('says which of several files is broken, by its name alone', async () => {
    const { problems } = await loadKubeconfig({ files: [write('fine', '{}'), write('broken', 'a: [')] })
    expect(problems).toMatchObject([
      { code: 'kubeconfig-invalid', detail: expect.stringMatching(/^broken is not YAML: /) },
    ])
  })
})

it('resolves paths against the file that names them', async () => {
  mkdirSync(join(folder.path, 'deep'))
  const cluster = { server: 'https://x', 'certificate-authority': 'ca.crt' }
  const user = {
    'client-certificate': '../client.crt',
    'client-key': '/etc/key',
    tokenFile: 'token',
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './login', args: ['a'] },
  }
  const text = JSON.stringify({
    ...named('clusters', 'cluster', { c: cluster }),
    ...named('users', 'user', { u: user }),
  })
  const { config } = await loadKubeconfig({ files: [write('deep/config', text)] })
  expect(config.clusters.get('c')?.ca).toEqual({ file: join(folder.path, 'deep/ca.crt') })
  expect(config.users.get('u')).toMatchObject({
    cert: { file: join(folder.path, 'client.crt') },
    key: { file: '/etc/key' },
    tokenFile: join(folder.path, 'deep/token'),
    exec: { command: join(folder.path, 'deep/login') },
  })
})

it('leaves a bare command to PATH, and prefers inline data to files', async () => {
  const user = { exec: { command: 'aws' }, 'client-key-data': btoa('key'), 'client-key': 'file' }
  const { config } = await loadKubeconfig({ files: [write('c', JSON.stringify(named('users', 'user', { u: user })))] })
  expect(config.users.get('u')?.exec?.command).toBe('aws')
  expect(config.users.get('u')?.key).toEqual({ data: Buffer.from('key') })
})

describe('a bad entry is a problem, and the others are usable', () => {
  const good = named('clusters', 'cluster', { good: { server: 'https://good' } }).clusters
  it.each([
    ['no address', { clusters: [{ name: 'bad', cluster: { server: 'nonsense' } }, ...(good as unknown[])] }, 'bad'],
    ['no name', { clusters: [{ cluster: { server: 'https://x' } }, ...(good as unknown[])] }, 'no name'],
    ['twice', { clusters: [...(good as unknown[]), { name: 'good', cluster: { server: 'https://y' } }] }, '"good"'],
  ])('%s', async (_, content, words) => {
    const { config, problems } = await loadKubeconfig({ files: [write('c', JSON.stringify(content))] })
    expect(problems).toMatchObject([{ code: 'kubeconfig-invalid', detail: expect.stringContaining(words) }])
    expect(config.clusters.get('good')?.server).toBe('https://good')
  })

  it('a file that is no YAML costs only itself, and nothing of it is quoted', async () => {
    const broken = write('broken', 'users:\n- name: u\n  user: {token: "planted-secret\n')
    const fine = write('fine', kubeconfigText('https://fine'))
    const { config, problems } = await loadKubeconfig({ files: [broken, fine] })
    expect(problems).toHaveLength(1)
    expect(JSON.stringify(problems)).not.toContain('planted-secret')
    expect(config.contexts.has('fake')).toBe(true)
  })

  it('a context that names a missing user or cluster is refused by name', async () => {
    const text = JSON.stringify({
      ...named('contexts', 'context', {
        x: { cluster: 'gone' },
        y: { cluster: 'c', user: 'gone' },
        z: { cluster: 'c' },
      }),
      ...named('clusters', 'cluster', { c: { server: 'https://c' } }),
    })
    const { config } = await loadKubeconfig({ files: [write('c', text)] })
    expect(contextEntry(config, 'x')).toMatchObject({ ok: false, problem: { code: 'kubeconfig-invalid' } })
    expect(contextEntry(config, 'y')).toMatchObject({ ok: false, problem: { code: 'kubeconfig-invalid' } })
    expect(contextEntry(config, 'z')).toMatchObject({ ok: true, value: { user: null } })
    expect(contextEntry(config, 'none')).toEqual({ ok: false, problem: { code: 'context-unknown', context: 'none' } })
  })
})

describe('following the files', () => {
  it('a replaced file is read again; what did not change keeps its connections', async () => {
    const file = write('config', kubeconfigText('https://one.invalid', { token: 'a' }))
    const life = new AbortController()
    const clusters = await openClusters({ kubeconfig: [file], gate: openGate, signal: life.signal })
    const before = clusters.cluster('fake')
    const next = () =>
      new Promise<void>(resolve => {
        const stop = clusters.onChange(() => {
          stop()
          resolve()
        })
      })

    const sameServer = next()
    writeFileSync(`${file}.new`, kubeconfigText('https://one.invalid', { token: 'b' }))
    renameSync(`${file}.new`, file)
    await sameServer
    expect(clusters.cluster('fake')).toEqual(before)

    const otherServer = next()
    writeFileSync(`${file}.new`, kubeconfigText('https://two.invalid', { token: 'b' }))
    renameSync(`${file}.new`, file)
    await otherServer
    const after = clusters.cluster('fake')
    expect(after.ok && after.value.server).toBe('https://two.invalid')
    expect(clusters.contexts()).toMatchObject([
      { name: 'fake', server: 'https://two.invalid', connection: { kind: 'idle' } },
    ])
    life.abort()
  })

  it('files and entries come and go, added ones too', async () => {
    const file = join(folder.path, 'config')
    const life = new AbortController()
    const clusters = await openClusters({ kubeconfig: [file], gate: openGate, signal: life.signal })
    const names = () => clusters.contexts().map(({ name }) => name)
    const sees = (expected: readonly string[]) => vi.waitFor(() => expect(names()).toEqual(expected), 20_000)
    expect(clusters.problems()).toEqual([{ code: 'kubeconfig-missing' }])

    write('config', kubeconfigText('https://one.invalid'))
    await sees(['fake'])
    const cluster = clusters.cluster('fake')
    const more = join(folder.path, 'more')
    await clusters.add([more])
    expect(clusters.files()).toEqual([
      { path: file, added: false, found: true },
      { path: more, added: true, found: false },
    ])
    write('more', kubeconfigText('https://two.invalid'))
    await sees(['fake', 'fake (more)'])
    write('more', '{}')
    await sees(['fake'])
    rmSync(file)
    await sees([])
    const gone = { ok: false, problem: { code: 'context-unknown', context: 'fake' } }
    expect(clusters.cluster('fake')).toEqual(gone)
    const asked = { verb: 'get', group: '', resource: 'version', namespace: null, name: null }
    if (!cluster.ok) throw new Error(cluster.problem.code)
    const call = { method: 'GET', path: '/version', asked, signal: life.signal } as const
    expect(await cluster.value.open(call)).toEqual(gone)
    await clusters.add([])
    expect(clusters.files()).toHaveLength(1)
    life.abort()
  })

  it('tells of contexts nothing that is secret', async () => {
    const life = new AbortController()
    const file = write(
      'config',
      kubeconfigText('https://one.invalid', { token: 'planted-secret', password: 'planted-secret', username: 'u' }),
    )
    const clusters = await openClusters({ kubeconfig: [file], gate: openGate, signal: life.signal })
    expect(JSON.stringify([clusters.contexts(), clusters.problems()])).not.toContain('planted-secret')
    life.abort()
  })
})
