import { mapAt, mapsAt } from '../../../core/conditions.ts'
import { groupAndKind } from '../../../core/immutable-fields.ts'
import { equalJson, type JsonObject } from '../../../core/json.ts'
import { isObject, metadataOf, metadataText } from '../../../core/object.ts'
import { selectorText, textSelects } from '../../../core/object-selector.ts'
import { type Effect, line } from './look.ts'

/** What asks about the objects of a namespace by its labels, and where its selectors stand. */
const admission: readonly (readonly [resource: string, selectors: (object: JsonObject) => readonly JsonObject[]])[] = [
  ...['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'].map(
    resource =>
      [
        `admissionregistration.k8s.io/${resource}`,
        (one: JsonObject) => mapsAt(one, 'webhooks').flatMap(webhook => namespaceSelector(webhook)),
      ] as const,
  ),
  ...['validatingadmissionpolicybindings', 'mutatingadmissionpolicybindings'].map(
    resource =>
      [
        `admissionregistration.k8s.io/${resource}`,
        (one: JsonObject) => namespaceSelector(mapAt(mapAt(one, 'spec'), 'matchResources')),
      ] as const,
  ),
]

function namespaceSelector(holder: JsonObject): readonly JsonObject[] {
  return isObject(holder.namespaceSelector) ? [holder.namespaceSelector] : []
}

/** Webhooks and policies that begin or end to look at a namespace, and network policies for which it begins or ends to count. */
export const namespaceEffects: Effect = async ({ before, after }, look) => {
  const [group, kind] = groupAndKind(after)
  const [was, is] = [before, after].map(object => mapAt(metadataOf(object), 'labels'))
  if (group !== '' || kind !== 'Namespace' || was === undefined || is === undefined || equalJson(was, is)) return []
  const turns = (selector: JsonObject) => {
    const text = selectorText(selector)
    const [from, to] = [textSelects(text, was), textSelects(text, is)]
    return from === to ? null : to ? 'begin' : 'end'
  }
  const asked = await Promise.all(
    admission.map(async ([resource, selectors]) => {
      const { objects } = await look.list(resource)
      return objects.flatMap(object =>
        [...new Set(selectors(object).map(turns))].flatMap(way =>
          way === null ? [] : [{ way, touched: look.touched(resource, object) }],
        ),
      )
    }),
  )
  const policies = await look.list('networking.k8s.io/networkpolicies')
  const peers = policies.objects.filter(policy => peerSelectors(policy).some(selector => turns(selector) !== null))
  const of = (way: string) => asked.flat().flatMap(one => (one.way === way ? [one.touched] : []))
  return [
    ...['begin', 'end'].flatMap(way => {
      const objects = of(way)
      return objects.length === 0 ? [] : [line('admission', way, 'warning', { count: objects.length }, objects)]
    }),
    ...(peers.length === 0
      ? []
      : [
          line(
            'peers',
            '',
            'warning',
            { count: peers.length, name: metadataText(after, 'name') ?? '' },
            peers.map(policy => look.touched('networking.k8s.io/networkpolicies', policy)),
          ),
        ]),
  ]
}

function peerSelectors(policy: JsonObject): readonly JsonObject[] {
  const spec = mapAt(policy, 'spec')
  const peers = [
    ...mapsAt(spec, 'ingress').flatMap(rule => mapsAt(rule, 'from')),
    ...mapsAt(spec, 'egress').flatMap(rule => mapsAt(rule, 'to')),
  ]
  return peers.flatMap(namespaceSelector)
}
