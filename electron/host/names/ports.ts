import type { ResourceKind } from '../../../contract/browse.ts'
import type { Part } from '../../../contract/names.ts'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { fieldOf, isList, isObject } from '../../../core/object.ts'
import { labelsText } from '../../../core/object-selector.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'

// The Pods of one workload have the same ports.
const mostRead = 50

/** The ports of the Pods or Services that labels select: each name once with its number, then the numbers of Pods. */
export async function readPorts(
  cluster: Cluster,
  kind: ResourceKind,
  { namespace, labels }: { readonly namespace: string | null; readonly labels: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<Result<readonly Part[]>> {
  const call = { namespace, labels: labelsText(labels), fields: '', accept: 'application/json', limit: mostRead }
  const answer = await listChunk(cluster, kind, { ...call, continueToken: null }, signal)
  const read = answer.ok ? objectOf(answer.value) : answer
  if (!read.ok) return read
  const { items } = read.value.object
  const objects = isList(items) ? items.filter(isObject) : []
  return ok(kind.resource === 'pods' ? portsOfPods(objects) : portsOfServices(objects))
}

/** By name where there is one, and by number: a field that takes the one takes the other. */
function portsOfPods(pods: readonly JsonObject[]): readonly Part[] {
  const containers = pods.flatMap(pod =>
    ['containers', 'initContainers'].flatMap(list => mapsAt(mapAt(pod, 'spec'), list)),
  )
  const ports = containers.flatMap(container =>
    mapsAt(container, 'ports').map(port => ({
      name: textAt(port, 'name'),
      number: String(fieldOf(port, 'containerPort') ?? ''),
      container: textAt(container, 'name'),
    })),
  )
  return once([
    ...ports.map(({ name, number, container }) => ({ text: name, note: `${number} ${container}` })),
    ...ports.map(({ name, number, container }) => ({ text: number, note: `${name} ${container}`.trim() })),
  ])
}

function portsOfServices(services: readonly JsonObject[]): readonly Part[] {
  const ports = services.flatMap(service => mapsAt(mapAt(service, 'spec'), 'ports'))
  return once(ports.map(port => ({ text: textAt(port, 'name'), note: String(fieldOf(port, 'port') ?? '') })))
}

function once(parts: readonly Part[]): readonly Part[] {
  const named = parts.filter(({ text }) => text !== '')
  return [...new Map(named.map(part => [part.text, part])).values()]
}
