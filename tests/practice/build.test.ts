import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Binaries, buildBinaries, kubernetesVersion } from '../../scripts/practice/build.ts'
import { temporaryFolder } from './setup.ts'

// Real programs on a machine that may be busy: a limit for what hangs, not a measure.
vi.setConfig({ testTimeout: 120_000 })

let built: Binaries
let cache: string

// What another test already started is built once; nothing is built anew here.
beforeAll(async () => {
  built = await buildBinaries()
}, 1_200_000)

beforeEach(() => {
  cache = temporaryFolder()
  return () => {
    vi.unstubAllEnvs()
    rmSync(cache, { recursive: true })
  }
})

it('builds the pinned version, linked in', () => {
  const version = execFileSync(built['kube-apiserver'], ['--version'], { encoding: 'utf8' })
  expect(version.trim()).toBe(`Kubernetes ${kubernetesVersion()}`)
})

it('needs no Go once all is built', async () => {
  vi.stubEnv('PATH', '')
  expect(await buildBinaries()).toEqual(built)
})

it('names Go when it is missing, with what to do', async () => {
  vi.stubEnv('XDG_CACHE_HOME', cache)
  vi.stubEnv('PATH', '')
  await expect(buildBinaries()).rejects.toThrow(/Go, which is not installed: install Go/)
})

it('leaves nothing half-made, and nothing running, when it is ended', async () => {
  vi.stubEnv('GOCACHE', execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim())
  vi.stubEnv('XDG_CACHE_HOME', cache)
  const ending = new AbortController()
  const onProgress = ({ total }: { total?: number }) => {
    if (total !== undefined) ending.abort(new Error('changed my mind'))
  }
  await expect(buildBinaries({ signal: ending.signal, onProgress })).rejects.toThrow('changed my mind')
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8' })
  expect(files.filter(file => /half-|kube/.test(file))).toEqual([])
  expect(files).toContainEqual(expect.stringMatching(/leash$/))
  expect(execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })).not.toContain(cache)
})

it('takes what KUBEBUILDER_ASSETS holds, if it is of the pinned minor version', async () => {
  vi.stubEnv('KUBEBUILDER_ASSETS', cache)
  for (const name of ['etcd', 'kube-apiserver', 'kubectl'] as const) symlinkSync(built[name], join(cache, name))
  const taken = await buildBinaries()
  expect(taken.etcd).toBe(join(cache, 'etcd'))
  expect(taken.kubectl).toBe(join(cache, 'kubectl'))
  expect(taken.kwok).toBe(built.kwok)
})

it('does not take another version from there', async () => {
  const assets = join(cache, 'assets')
  mkdirSync(assets)
  vi.stubEnv('KUBEBUILDER_ASSETS', assets)
  const old = '#!/bin/sh\necho Kubernetes v1.29.0\n'
  for (const name of ['etcd', 'kube-apiserver', 'kubectl']) writeFileSync(join(assets, name), old, { mode: 0o755 })
  expect(dirname((await buildBinaries()).etcd)).toBe(dirname(built.leash))
})
