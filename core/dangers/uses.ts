import { mapAt, mapsAt, textAt } from '../conditions.ts'
import type { JsonObject } from '../json.ts'

/**
 * How a workload uses an entry of a ConfigMap or Secret. `environment` and `sub-path` are read when a container starts;
 * `volume` follows by itself, a minute or so later; `pull` is read at the next pull of an image.
 */
export type Use = 'environment' | 'sub-path' | 'volume' | 'pull'

/** A ConfigMap or Secret, and which of its keys count. */
export type Used = { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string; readonly keys: ReadonlySet<string> }

/** How Pods of a spec use some keys of a ConfigMap or Secret; those that need a restart first. Empty where they do not. */
export function usesOf(spec: JsonObject, used: Used): readonly Use[] {
  const containers = [...mapsAt(spec, 'initContainers'), ...mapsAt(spec, 'containers')]
  const volumes = new Set(
    mapsAt(spec, 'volumes').flatMap(volume => (isIn(volume, used) ? [textAt(volume, 'name')] : [])),
  )
  const mounts = containers.flatMap(one => mapsAt(one, 'volumeMounts')).filter(one => volumes.has(textAt(one, 'name')))
  const isPart = (mount: JsonObject) => textAt(mount, 'subPath') !== '' || textAt(mount, 'subPathExpr') !== ''
  const found: readonly [Use, boolean][] = [
    ['environment', containers.some(container => isInEnvironment(container, used))],
    ['sub-path', mounts.some(isPart)],
    ['volume', mounts.some(mount => !isPart(mount))],
    ['pull', used.kind === 'Secret' && mapsAt(spec, 'imagePullSecrets').some(one => one.name === used.name)],
  ]
  return found.flatMap(([use, is]) => (is ? [use] : []))
}

function isInEnvironment(container: JsonObject, { kind, name, keys }: Used): boolean {
  const [one, all] = kind === 'ConfigMap' ? ['configMapKeyRef', 'configMapRef'] : ['secretKeyRef', 'secretRef']
  const isKey = (variable: JsonObject) => {
    const reference = mapAt(mapAt(variable, 'valueFrom'), one)
    return reference.name === name && keys.has(textAt(reference, 'key'))
  }
  return (
    mapsAt(container, 'env').some(isKey) || mapsAt(container, 'envFrom').some(from => mapAt(from, all).name === name)
  )
}

/** Whether a volume holds any of the keys: by itself, or by one of its projected sources. */
function isIn(volume: JsonObject, used: Used): boolean {
  const holds = (source: JsonObject, nameField: string) => {
    const items = mapsAt(source, 'items')
    const isNamed = source[nameField] === used.name
    return isNamed && (items.length === 0 || items.some(item => used.keys.has(textAt(item, 'key'))))
  }
  const [field, nameField] = used.kind === 'ConfigMap' ? ['configMap', 'name'] : ['secret', 'secretName']
  if (holds(mapAt(volume, field), nameField)) return true
  return mapsAt(mapAt(volume, 'projected'), 'sources').some(source => holds(mapAt(source, field), 'name'))
}
