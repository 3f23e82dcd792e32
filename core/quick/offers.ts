import { mapAt, mapsAt, numberAt, textAt } from '../conditions.ts'
import { podSpecOf } from '../containers.ts'
import type { JsonObject } from '../json.ts'
import { metadataOf } from '../object.ts'
import { containerLists } from './images.ts'
import { groupKind } from './places.ts'
import { type QuickKind, type Taint, taintEffects } from './quick-edit.ts'
import { hasReplicas, isPausable, isRestartable, isSuspendable } from './switches.ts'

/** What of an object a quick edit's form begins with. Values of Secrets are never in it. */
export type QuickFacts = {
  readonly kinds: readonly QuickKind[]
  readonly containers: readonly {
    readonly name: string
    readonly image: string
    readonly init: boolean
    /** Its variables; `value` is null for one that comes from elsewhere. */
    readonly env: readonly { readonly name: string; readonly value: string | null }[]
  }[]
  readonly replicas: number | null
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly taints: readonly Taint[]
  /** How its switches stand. */
  readonly on: { readonly pause: boolean; readonly suspend: boolean; readonly cordon: boolean }
}

const revisioned = ['apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet']

/** Texts that are long, and no person's: they are not offered to be changed in a form. */
const longAnnotations = ['kubectl.kubernetes.io/last-applied-configuration']

/** Reads them. */
export function quickFacts(object: JsonObject): QuickFacts {
  const spec = podSpecOf(object) ?? {}
  const metadata = metadataOf(object)
  const own = mapAt(object, 'spec')
  return {
    kinds: quickKinds(object),
    containers: containerLists.flatMap(list =>
      mapsAt(spec, list).map(container => ({
        name: textAt(container, 'name'),
        image: textAt(container, 'image'),
        init: list === 'initContainers',
        env: mapsAt(container, 'env').map(entry => ({
          name: textAt(entry, 'name'),
          value: entry.valueFrom === undefined ? textAt(entry, 'value') : null,
        })),
      })),
    ),
    replicas: numberAt(own, 'replicas'),
    labels: texts(mapAt(metadata, 'labels')),
    annotations: texts(mapAt(metadata, 'annotations'), longAnnotations),
    taints: mapsAt(own, 'taints').flatMap(taint => {
      const effect = taintEffects.find(one => one === textAt(taint, 'effect'))
      return effect === undefined ? [] : [{ key: textAt(taint, 'key'), value: textAt(taint, 'value'), effect }]
    }),
    on: { pause: own.paused === true, suspend: own.suspend === true, cordon: own.unschedulable === true },
  }
}

/** The quick edits that make sense for an object, `restore` for one whose revisions are kept. */
function quickKinds(object: JsonObject): readonly QuickKind[] {
  const kind = groupKind(object)
  const hasPods = podSpecOf(object) !== null
  const fitting: readonly (readonly [QuickKind, boolean])[] = [
    ['image', hasPods],
    ['env', hasPods && kind !== '/Pod'],
    ['scale', hasReplicas(object)],
    ['restart', isRestartable(object)],
    ['restore', revisioned.includes(kind)],
    ['pause', isPausable(object)],
    ['suspend', isSuspendable(object)],
    ['cordon', kind === '/Node'],
    ['taint', kind === '/Node'],
    ['label', true],
    ['annotate', true],
  ]
  return fitting.flatMap(([one, fits]) => (fits ? [one] : []))
}

function texts(map: JsonObject, but: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) =>
      typeof value === 'string' && !but.includes(key) ? [[key, value]] : [],
    ),
  )
}
