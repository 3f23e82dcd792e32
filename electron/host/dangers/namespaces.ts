import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import { groupAndKind } from '../../../core/immutable-fields.ts'
import { equalJson, type JsonObject } from '../../../core/json.ts'
import { isObject, metadataOf, metadataText } from '../../../core/object.ts'
import { selectorText, textSelects } from '../../../core/object-selector.ts'
import { type Effect, line } from './look.ts'

/** By which labels of namespaces somebody asks about the objects in them; `fails`: no answer is a refusal. */
type Asking = { readonly selector: JsonObject; readonly fails: boolean }

const webhooks = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations']
const bindings = ['validatingadmissionpolicybindings', 'mutatingadmissionpolicybindings']

/** Who asks in such a configuration or binding. */
function askingIn(resource: string, object: JsonObject): readonly Asking[] {
  if (bindings.includes(resource)) {
    const place = mapAt(mapAt(object, 'spec'), 'matchResources')
    return namespaceSelector(place).map(selector => ({ selector, fails: false }))
  }
  return mapsAt(object, 'webhooks').flatMap(webhook => {
    const fails = textAt(webhook, 'failurePolicy') !== 'Ignore'
    return namespaceSelector(webhook).map(selector => ({ selector, fails }))
  })
}

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
    [...webhooks, ...bindings].map(async name => {
      const resource = `admissionregistration.k8s.io/${name}`
      const { objects } = await look.list(resource)
      return objects.flatMap(object => {
        const ways = askingIn(name, object).flatMap(({ selector, fails }) => {
          const turn = turns(selector)
          return turn === null ? [] : [turn === 'begin' && fails ? 'begin-or-fail' : turn]
        })
        return [...new Set(ways)].map(way => ({ way, touched: look.touched(resource, object) }))
      })
    }),
  )
  const policies = await look.list('networking.k8s.io/networkpolicies')
  const peers = policies.objects.filter(policy => peerSelectors(policy).some(selector => turns(selector) !== null))
  const of = (way: string) => asked.flat().flatMap(one => (one.way === way ? [one.touched] : []))
  return [
    ...['begin-or-fail', 'begin', 'end'].flatMap(way => {
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
