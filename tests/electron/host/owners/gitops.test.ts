import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Keeper } from '../../../../core/keepers.ts'
import { createMessages } from '../../../../renderer/app/i18n.ts'
import { placeWords, sayKeeper } from '../../../../renderer/owners/keeper-words.ts'
import { kubectl } from '../../../../scripts/practice/kubectl.ts'
import { untilEstablished } from '../../../established.ts'
import { Editing, openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'
import { gitopsKinds } from './gitops-kinds.ts'

/** Where the kinds of both tools are served: other files take a cluster without them for granted. */
const context = 'practice-2'
const deployments = ['deployment', 'web'] as const
const names = gitopsKinds.map(({ metadata }) => metadata.name)
const messages = createMessages('en')

let bench: Workbench
let tools: string
const run = (args: readonly string[], input?: unknown) =>
  kubectl(bench.practice, args, { context, ...(input === undefined ? {} : { input: JSON.stringify(input) }) })
const write = (namespace: string, items: readonly object[], manager: string) =>
  run(['apply', '--server-side', '--force-conflicts', `--field-manager=${manager}`, '-n', namespace, '-f', '-'], {
    apiVersion: 'v1',
    kind: 'List',
    items,
  })
const patch = (namespace: string, [kind, name]: readonly [string, string], change: unknown, manager = 'somebody') => {
  const how = ['--type=merge', `--field-manager=${manager}`]
  return run(['patch', kind, name, '-n', namespace, ...how, '-p', JSON.stringify(change)])
}

const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 0,
    minReadySeconds: 1,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'web:1' }] } },
  },
}

beforeAll(async () => {
  bench = await openWorkbench('gitops', { seeded: false })
  tools = `${bench.namespace}-tools`
  await run(['create', '-f', '-'], {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      ...[bench.namespace, tools].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
      ...gitopsKinds,
    ],
  })
  await untilEstablished(run, ...names)
})
afterAll(async () => {
  await run(['delete', '--wait=false', ...names.map(name => `crd/${name}`)])
  await run(['delete', '--wait=false', 'namespace', bench.namespace, tools])
  await bench.end()
})

/** What is said while the minReadySeconds and the replicas of `web` are changed, by whoever keeps them: in the editor's words. */
async function said(keeper: Keeper) {
  const target = { context, group: 'apps', version: 'v1', resource: 'deployments', subresource: null }
  const edit = new Editing(
    bench.client,
    unwrap(await bench.client.edit.open({ ...target, namespace: bench.namespace, name: 'web' })),
  )
  const stop = new AbortController()
  try {
    const states = await bench.client.edit.owners({ edit: edit.opened.edit }, { signal: stop.signal })
    for await (const state of states) {
      const known = state.keepers.find(one => one.keeper === keeper)
      if (known === undefined) continue
      await edit.replace('minReadySeconds: 1', 'minReadySeconds: 2')
      await edit.replace('replicas: 0', 'replicas: 1')
      const { owners } = await edit.review()
      const words = owners.map(({ path, keptBy: [by] }) => {
        const { will } = sayKeeper(messages, by?.keeper ?? 'controller', by?.manager ?? null, state.keepers, [path])
        return `${path}: ${will}`
      })
      return {
        words: words.toSorted(),
        places: placeWords(messages, known),
        object: known.object,
        keepers: state.keepers,
      }
    }
    throw new Error('the stream ended')
  } finally {
    stop.abort()
    await edit.client.edit.discard({ edit: edit.opened.edit })
  }
}

test('an Application: its repository, and what it will do as it heals, ignores, is syncing or is skipped', async () => {
  const source = { repoURL: 'https://git.example/shop.git', path: 'deploy/prod', targetRevision: 'main' }
  const application = ['application', 'shop'] as const
  await write(
    tools,
    [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'shop' }, spec: { source } }],
    'argocd-server',
  )
  // As it applies on the client's side; the app is found by its name, wherever Argo CD is installed.
  await run(['create', '-n', bench.namespace, '--field-manager=argocd-controller', '-f', '-'], web)
  const id = `shop:apps/Deployment:${bench.namespace}/web`
  const tracked = { metadata: { annotations: { 'argocd.argoproj.io/tracking-id': id } } }
  await patch(bench.namespace, deployments, tracked, 'argocd-controller')
  const off = await said('argo-cd')
  expect(off.object).toMatchObject({ name: 'shop', state: 'present', target: { namespace: tools } })
  expect(off.places).toEqual(['https://git.example/shop.git  deploy/prod  main'])
  expect(off.words).toEqual(
    ['spec.minReadySeconds', 'spec.replicas'].map(path => expect.stringMatching(`^${path}: Self-heal is off`)),
  )

  await patch(tools, application, { spec: { syncPolicy: { automated: { selfHeal: true } } } })
  expect((await said('argo-cd')).words).toEqual(Array(2).fill(expect.stringContaining('Self-heal is on')))
  const ignoreDifferences = [
    { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] },
    { group: '', kind: 'Deployment', jqPathExpressions: ['.spec.minReadySeconds'] },
  ]
  await patch(tools, application, { spec: { ignoreDifferences } })
  expect((await said('argo-cd')).words).toEqual([
    expect.stringContaining('Self-heal is on'),
    expect.stringContaining('does not see the change'),
  ])
  const syncOptions = ['RespectIgnoreDifferences=true']
  await patch(tools, application, { spec: { syncPolicy: { syncOptions } }, operation: { sync: {} } })
  expect((await said('argo-cd')).words).toEqual([
    expect.stringContaining('sync of the application is under way'),
    expect.stringContaining('also when it syncs'),
  ])
  await patch(tools, application, { metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } } })
  expect((await said('argo-cd')).words).toEqual(Array(2).fill(expect.stringContaining('skipped for now')))

  // Tracked by the label that charts set too: Argo CD's own only where it writes the object.
  const label = {
    labels: { 'app.kubernetes.io/instance': 'shop' },
    annotations: { 'argocd.argoproj.io/tracking-id': null },
  }
  await patch(bench.namespace, deployments, { metadata: label }, 'argocd-controller')
  expect((await said('argo-cd')).keepers).toMatchObject([
    { by: 'app.kubernetes.io/instance', object: { name: 'shop' } },
  ])
})

test('Flux: what applies from Git and what installs a chart, suspended, or told to leave the object alone', async () => {
  await run(['delete', ...deployments, '-n', bench.namespace])
  const meta = { namespace: tools }
  const ref = { kind: 'GitRepository', name: 'fleet' }
  await write(
    tools,
    [
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { ...meta, name: 'fleet' },
        spec: { url: 'ssh://git@git.example/fleet', ref: { branch: 'main' } },
      },
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'HelmRepository',
        metadata: { ...meta, name: 'charts' },
        spec: { url: 'https://charts.example' },
      },
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { ...meta, name: 'apps' },
        spec: { path: './apps', interval: '10m', sourceRef: ref },
      },
      {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { ...meta, name: 'web' },
        spec: {
          interval: '5m',
          chart: { spec: { chart: 'web', version: '1.2.3', sourceRef: { kind: 'HelmRepository', name: 'charts' } } },
          driftDetection: { mode: 'enabled', ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }] },
        },
      },
    ],
    'flux',
  )
  const owner = (group: string, name: string) => ({ [`${group}/name`]: name, [`${group}/namespace`]: tools })
  const kustomize = owner('kustomize.toolkit.fluxcd.io', 'apps')
  await write(bench.namespace, [{ ...web, metadata: { name: 'web', labels: kustomize } }], 'kustomize-controller')
  const applied = await said('flux-kustomize')
  expect(applied.places).toEqual(['ssh://git.example/fleet  ./apps  main'])
  expect(applied.words).toEqual(Array(2).fill(expect.stringContaining('next reconciliation, every 10m')))
  await patch(tools, ['kustomization', 'apps'], { spec: { suspend: true } })
  expect((await said('flux-kustomize')).words).toEqual(Array(2).fill(expect.stringContaining('suspended')))
  await patch(tools, ['kustomization', 'apps'], { spec: { suspend: false } })
  const disabled = { metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' } } }
  await patch(bench.namespace, deployments, disabled)
  expect((await said('flux-kustomize')).words).toEqual(Array(2).fill(expect.stringContaining('leave the object alone')))

  await run(['delete', ...deployments, '-n', bench.namespace])
  const labels = { ...owner('helm.toolkit.fluxcd.io', 'web'), 'helm.sh/chart': 'web-1.2.3' }
  const annotations = { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': bench.namespace }
  const installed = { ...web, metadata: { name: 'web', labels, annotations } }
  await run(['create', '-n', bench.namespace, '--field-manager=helm-controller', '-f', '-'], installed)
  const corrected = await said('flux-helm')
  expect(corrected.places).toEqual(['chart web 1.2.3', 'https://charts.example'])
  expect(corrected.words).toEqual([
    expect.stringContaining('detects drift and puts the chart’s value back, every 5m'),
    expect.stringContaining('ignores drift here'),
  ])
  expect(corrected.keepers.map(({ keeper }) => keeper)).toEqual(['flux-helm', 'helm'])
  const undetected = { metadata: { annotations: { 'helm.toolkit.fluxcd.io/driftDetection': 'disabled' } } }
  await patch(bench.namespace, deployments, undetected)
  expect((await said('flux-helm')).words).toEqual(Array(2).fill(expect.stringContaining('turns drift detection off')))
})
