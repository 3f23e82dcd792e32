import type { KeeperHabit, KnownKeeper } from '../../../contract/owners.ts'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { MarkedObject } from '../../../core/keepers.ts'
import { isObject, metadataOf, metadataText } from '../../../core/object.ts'

/** What the object of a tool says of its source and its habits. */
export type Source = Pick<KnownKeeper, 'git' | 'habit' | 'interval' | 'release'> & {
  /** The Flux source that has the repository's address; null where it stands in the object itself. */
  readonly from: MarkedObject | null
}

const nothing: Source = { git: null, habit: null, interval: '', release: null, from: null }

/** Reads an Argo CD Application, a Flux Kustomization or HelmRelease; of other kinds nothing is known. */
export function sourceOf(object: JsonObject): Source {
  switch (object.kind) {
    case 'Application':
      return argoSource(object)
    case 'Kustomization':
      return kustomizationSource(object)
    case 'HelmRelease':
      return helmReleaseSource(object)
    default:
      return nothing
  }
}

/** argo-cd pkg/apis/application/v1alpha1: one `source`, or several. Self-heal looks every few seconds. */
function argoSource(object: JsonObject): Source {
  const spec = mapAt(object, 'spec')
  const [first = {}] = mapsAt(spec, 'sources')
  const source = spec.source === undefined ? first : mapAt(spec, 'source')
  return {
    ...nothing,
    git: gitOf(
      textAt(source, 'repoURL'),
      textAt(source, 'path') || textAt(source, 'chart'),
      textAt(source, 'targetRevision'),
    ),
    habit: argoHabit(object),
  }
}

/** (argo-cd docs, skip_reconcile; `operation` is a sync that was asked for and has not ended.) */
function argoHabit(object: JsonObject): KeeperHabit {
  const automated = mapAt(mapAt(mapAt(object, 'spec'), 'syncPolicy'), 'automated')
  const isSkipped = textAt(mapAt(metadataOf(object), 'annotations'), 'argocd.argoproj.io/skip-reconcile') === 'true'
  if (isSkipped) return 'paused'
  if (isObject(object.operation)) return 'under-way'
  return automated.selfHeal === true && automated.enabled !== false ? 'at-once' : 'on-change'
}

/** fluxcd/kustomize-controller api/v1: what differs from the source is put back at each interval. */
function kustomizationSource(object: JsonObject): Source {
  const spec = mapAt(object, 'spec')
  return {
    ...nothing,
    git: { url: '', path: textAt(spec, 'path'), revision: '' },
    habit: suspendedOr(spec, 'at-interval'),
    interval: textAt(spec, 'interval'),
    from: fluxSource(mapAt(spec, 'sourceRef'), metadataText(object, 'namespace')),
  }
}

/** fluxcd/helm-controller api/v2: without drift detection, only an upgrade writes. */
function helmReleaseSource(object: JsonObject): Source {
  const spec = mapAt(object, 'spec')
  const chart = mapAt(mapAt(spec, 'chart'), 'spec')
  const reference = spec.chartRef === undefined ? mapAt(chart, 'sourceRef') : mapAt(spec, 'chartRef')
  const from = fluxSource(reference, metadataText(object, 'namespace'))
  const detects = textAt(mapAt(spec, 'driftDetection'), 'mode') === 'enabled'
  const name = textAt(chart, 'chart')
  return {
    ...nothing,
    habit: suspendedOr(spec, detects ? 'at-interval' : 'on-change'),
    interval: textAt(spec, 'interval'),
    git: from && { url: '', path: '', revision: '' },
    from,
    release: name === '' ? null : { name: '', namespace: '', chart: [name, textAt(chart, 'version')].join(' ').trim() },
  }
}

function suspendedOr(spec: JsonObject, habit: KeeperHabit): KeeperHabit {
  return spec.suspend === true ? 'paused' : habit
}

function fluxSource(reference: JsonObject, namespace: string | null): MarkedObject | null {
  const [kind, name] = [textAt(reference, 'kind'), textAt(reference, 'name')]
  if (name === '') return null
  return { group: 'source.toolkit.fluxcd.io', kind, namespace: textAt(reference, 'namespace') || namespace, name }
}

/** What a Flux source says of where its files are. */
export function repositoryOf(object: JsonObject): { readonly url: string; readonly revision: string } {
  const spec = mapAt(object, 'spec')
  const ref = mapAt(spec, 'ref')
  const revision = ['branch', 'tag', 'semver', 'commit'].map(key => textAt(ref, key)).find(text => text !== '') ?? ''
  return { url: withoutCredentials(textAt(spec, 'url')), revision }
}

function gitOf(url: string, path: string, revision: string): KnownKeeper['git'] {
  return url === '' ? null : { url: withoutCredentials(url), path, revision }
}

/** `https://user:token@host/…` without what stands before the host; `git@host:path` is no secret. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1')
}
