import { expect, test } from 'vitest'
import { repositoryOf, sourceOf } from '../../../../electron/host/owners/sources.ts'

test('an Argo CD Application tells its repository, without what its address holds of credentials, and whether it heals', () => {
  const application = (automated: object) => ({
    kind: 'Application',
    spec: {
      source: { repoURL: 'https://robot:hunter2@git.example/shop.git', path: 'deploy/prod', targetRevision: 'main' },
      syncPolicy: { automated: JSON.parse(JSON.stringify(automated)) },
    },
  })
  expect(sourceOf(application({ selfHeal: true }))).toMatchObject({
    git: { url: 'https://git.example/shop.git', path: 'deploy/prod', revision: 'main' },
    habit: 'at-once',
  })
  expect(sourceOf(application({ selfHeal: true, enabled: false })).habit).toBe('on-change')
  expect(sourceOf(application({})).habit).toBe('on-change')
})

test('a Flux Kustomization tells its source and its interval, or that it is suspended', () => {
  const metadata = { namespace: 'flux-system' }
  const spec = { path: './apps', interval: '10m', sourceRef: { kind: 'GitRepository', name: 'fleet' } }
  expect(sourceOf({ kind: 'Kustomization', metadata, spec })).toMatchObject({
    git: { path: './apps' },
    habit: 'at-interval',
    interval: '10m',
    from: { group: 'source.toolkit.fluxcd.io', kind: 'GitRepository', namespace: 'flux-system', name: 'fleet' },
  })
  expect(sourceOf({ kind: 'Kustomization', metadata, spec: { ...spec, suspend: true } }).habit).toBe('paused')
  expect(repositoryOf({ spec: { url: 'ssh://git@git.example/fleet', ref: { branch: 'main' } } })).toEqual({
    url: 'ssh://git.example/fleet',
    revision: 'main',
  })
})

test('a Flux HelmRelease tells its chart, and whether it corrects drift', () => {
  const chart = { spec: { chart: 'web', version: '1.2.3' } }
  expect(sourceOf({ kind: 'HelmRelease', spec: { chart, interval: '5m' } })).toMatchObject({
    release: { chart: 'web 1.2.3' },
    habit: 'on-change',
  })
  const spec = { chart, interval: '5m', driftDetection: { mode: 'enabled' } }
  expect(sourceOf({ kind: 'HelmRelease', spec })).toMatchObject({ habit: 'at-interval', interval: '5m' })
})
