import { mapAt, mapsAt, textAt } from '../conditions.ts'
import type { Json, JsonObject } from '../json.ts'
import { isList, isObject, metadataOf } from '../object.ts'
import { selectorText } from '../object-selector.ts'
import { compareQuantities } from '../quantity.ts'
import { type Danger, danger, newly, type Rule } from './danger.ts'

const spec = (object: JsonObject) => mapAt(object, 'spec')

const exposure: Rule = newly((object, { group, kind }) => {
  const type = textAt(spec(object), 'type')
  const isExposed = group === '' && kind === 'Service' && (type === 'LoadBalancer' || type === 'NodePort')
  return isExposed ? [danger('service-exposed', ['spec', 'type'], { type })] : []
})

/** Selectors of kinds for which an empty one means all pods of the namespace, or none. */
const emptySelectors: Rule = ({ before, after, group, kind }) => {
  const field = kind === 'NetworkPolicy' ? 'podSelector' : 'selector'
  const isOfAll = kind === 'NetworkPolicy' || kind === 'PodDisruptionBudget'
  const isService = group === '' && kind === 'Service'
  if (before === null || (!isOfAll && !isService)) return []
  const size = (object: JsonObject) =>
    isService ? Object.keys(mapAt(spec(object), field)).length : selectorText(mapAt(spec(object), field)).length
  if (size(before) === 0 || size(after) > 0) return []
  return [danger(isOfAll ? 'selects-all' : 'selects-nothing', ['spec', field], { kind })]
}

/** A policy that lets nothing in (or out), for all pods of its namespace. */
const isolation: Rule = newly((object, { kind }) => {
  const { policyTypes } = spec(object)
  const isOfAll = kind === 'NetworkPolicy' && selectorText(mapAt(spec(object), 'podSelector')) === ''
  const lets = (field: string) => mapsAt(spec(object), field).length > 0
  const types = isList(policyTypes) ? policyTypes : ['Ingress']
  const shut = types.filter(type => !lets(type === 'Egress' ? 'egress' : 'ingress'))
  return isOfAll && shut.length > 0 ? [danger('isolates-all', ['spec', 'podSelector'], { types: shut.join(', ') })] : []
})

const tls: Rule = ({ before, after, kind }) => {
  if (before === null || kind !== 'Ingress') return []
  const hosts = (object: JsonObject) =>
    mapsAt(spec(object), 'tls').flatMap(one =>
      isList(one.hosts) && one.hosts.length > 0 ? one.hosts.map(String) : ['*'],
    )
  const kept = new Set(hosts(after))
  // A rule that went with it needs no certificate.
  const served = new Set(mapsAt(spec(after), 'rules').map(rule => textAt(rule, 'host')))
  const gone = hosts(before).filter(host => !kept.has(host) && (host === '*' || served.has(host)))
  return gone.map(host => danger('tls-removed', ['spec', 'tls'], { host }))
}

/** Webhooks without which nothing goes: they are asked about everything, and no answer is a refusal. */
const webhooks: Rule = newly((object, { group }) => {
  if (group !== 'admissionregistration.k8s.io') return []
  return mapsAt(object, 'webhooks').flatMap(webhook => {
    const name = textAt(webhook, 'name')
    const isWild = mapsAt(webhook, 'rules').some(rule => has(rule.resources, '*', '*/*') && has(rule.apiGroups, '*'))
    const isNarrow =
      selectorText(mapAt(webhook, 'namespaceSelector')) !== '' ||
      selectorText(mapAt(webhook, 'objectSelector')) !== '' ||
      mapsAt(webhook, 'matchConditions').length > 0
    if (!isWild || isNarrow || textAt(webhook, 'failurePolicy') === 'Ignore') return []
    return [danger('webhook-catches-all', ['webhooks', { keys: { name } }], { name })]
  })
})

function has(list: Json | undefined, ...items: readonly string[]): boolean {
  return isList(list) && list.some(item => items.includes(String(item)))
}

const enforcing = /^pod-security\.kubernetes\.io\/(enforce|audit|warn)$/

const podSecurity: Rule = ({ before, after, group, kind }) => {
  if (before === null || group !== '' || kind !== 'Namespace') return []
  const labels = (object: JsonObject) => mapAt(metadataOf(object), 'labels')
  const keys = new Set([...Object.keys(labels(before)), ...Object.keys(labels(after))])
  return [...keys].flatMap(key => {
    const [, mode] = enforcing.exec(key) ?? []
    const [from, to] = [textAt(labels(before), key), textAt(labels(after), key)]
    if (mode === undefined || from === to) return []
    return [
      danger('pod-security-changed', ['metadata', 'labels', key], {
        mode,
        from: from || 'privileged',
        to: to || 'privileged',
      }),
    ]
  })
}

const claims: Rule = ({ before, after, group, kind }) => {
  if (before === null || group !== '' || kind !== 'PersistentVolumeClaim') return []
  const size = (object: JsonObject) => mapAt(mapAt(spec(object), 'resources'), 'requests').storage
  const [from, to] = [size(before), size(after)]
  // Before it is bound the size is immutable altogether.
  if (textAt(mapAt(before, 'status'), 'phase') !== 'Bound') return []
  if ((compareQuantities(to, from) ?? 0) >= 0) return []
  // A request that was raised in vain may be lowered again, as far as the volume is large. (ValidatePersistentVolumeClaimUpdate)
  const capacity = mapAt(mapAt(before, 'status'), 'capacity').storage
  const isRefused = capacity === undefined || (compareQuantities(to, capacity) ?? 0) <= 0
  const facts = { from: String(from), to: String(to), refused: isRefused ? 'yes' : 'no' }
  return [danger('claim-shrunk', ['spec', 'resources', 'requests', 'storage'], facts, isRefused ? 'refused' : 'note')]
}

const volumes: Rule = newly((object, { group, kind }) => {
  const [field, at] =
    kind === 'PersistentVolume' && group === ''
      ? [textAt(spec(object), 'persistentVolumeReclaimPolicy'), ['spec', 'persistentVolumeReclaimPolicy']]
      : ['', []]
  return field === 'Delete' ? [danger('reclaim-deletes', at)] : []
})

/** Less than is in use already: nothing new comes in until it is used less. */
const quotas: Rule = ({ before, after, group, kind }) => {
  if (before === null || group !== '' || kind !== 'ResourceQuota') return []
  const used = mapAt(mapAt(before, 'status'), 'used')
  const was = mapAt(spec(before), 'hard')
  return Object.entries(mapAt(spec(after), 'hard')).flatMap(([resource, hard]) => {
    const isBelow = (limit: Json | undefined) => (compareQuantities(limit, used[resource]) ?? 0) < 0
    if (!isBelow(hard) || isBelow(was[resource])) return []
    return [
      danger('below-used', ['spec', 'hard', resource], { resource, used: String(used[resource]), hard: String(hard) }),
    ]
  })
}

const isDefaultClass = 'storageclass.kubernetes.io/is-default-class'

const defaults: Rule = newly((object, { kind }) => {
  if (kind === 'PriorityClass' && object.globalDefault === true)
    return [danger('new-default', ['globalDefault'], { kind })]
  const isDefault = mapAt(metadataOf(object), 'annotations')[isDefaultClass] === 'true'
  return kind === 'StorageClass' && isDefault
    ? [danger('new-default', ['metadata', 'annotations', isDefaultClass], { kind })]
    : []
})

const mostPruned = 20

/** Versions that clients still ask for, and fields that objects still have. */
const definitions: Rule = ({ before, after, kind }) => {
  if (before === null || kind !== 'CustomResourceDefinition') return []
  const now = new Map(mapsAt(spec(after), 'versions').map(version => [textAt(version, 'name'), version]))
  return mapsAt(spec(before), 'versions').flatMap((version): readonly Danger[] => {
    const name = textAt(version, 'name')
    const path = ['spec', 'versions', { keys: { name } }]
    const next = now.get(name)
    if (next === undefined) return version.served === true ? [danger('version-unserved', path, { version: name })] : []
    const pruned = prunedFields(schemaIn(version), schemaIn(next)).slice(0, mostPruned)
    return [
      ...(version.served === true && next.served !== true
        ? [danger('version-unserved', [...path, 'served'], { version: name })]
        : []),
      ...(version.storage !== true && next.storage === true
        ? [danger('storage-version-changed', [...path, 'storage'], { version: name })]
        : []),
      ...pruned.map(field => danger('field-pruned', [...path, 'schema', 'openAPIV3Schema'], { version: name, field })),
    ]
  })
}

function schemaIn(version: JsonObject): JsonObject {
  return mapAt(mapAt(version, 'schema'), 'openAPIV3Schema')
}

/** Fields that one schema knows and the next does not: objects lose them when they are written next. */
function prunedFields(before: JsonObject, after: JsonObject, at = ''): readonly string[] {
  if (after['x-kubernetes-preserve-unknown-fields'] === true) return []
  const [was, is] = [mapAt(before, 'properties'), mapAt(after, 'properties')]
  const items =
    isObject(before.items) && isObject(after.items) ? prunedFields(before.items, after.items, `${at}[]`) : []
  return Object.entries(was)
    .flatMap(([field, schema]) => {
      const place = at === '' ? field : `${at}.${field}`
      const next = is[field]
      if (next === undefined) return [place]
      return isObject(schema) && isObject(next) ? prunedFields(schema, next, place) : []
    })
    .concat(items)
}

/** What is known of single kinds. */
export const kinds: readonly Rule[] = [
  ...[exposure, emptySelectors, isolation, tls, webhooks, podSecurity, claims, volumes, quotas, defaults, definitions],
]
