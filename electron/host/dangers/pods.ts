import { mapAt, mapsAt, numberAt, textAt } from '../../../core/conditions.ts'
import { podLabelsOf } from '../../../core/containers.ts'
import { rolloutOf, staysFor } from '../../../core/dangers/rollout.ts'
import { groupAndKind } from '../../../core/immutable-fields.ts'
import { equalJson, type JsonObject } from '../../../core/json.ts'
import { metadataText } from '../../../core/object.ts'
import { labelsText, selectorText, textSelects } from '../../../core/object-selector.ts'
import { podSelector } from '../converging/pods.ts'
import { type Effect, line, type Some, touches } from './look.ts'

const workloads: ReadonlySet<string> = new Set(['apps', 'batch'])

/** Pods of a template that changes: how many are replaced, and in which way. */
const rollout: Effect = async (changed, look) => {
  const { before, after, namespace } = changed
  const [group, kind] = groupAndKind(after)
  const isPod = group === '' && kind === 'Pod'
  const hasTemplate = 'template' in mapAt(after, 'spec') || 'jobTemplate' in mapAt(after, 'spec')
  const field = kind === 'CronJob' ? 'jobTemplate' : 'template'
  if (isPod || !hasTemplate || !touches(changed, 'spec', field)) return []
  const selector = podSelector(before)
  const pods = selector === null ? null : await look.list('/pods', { namespace, labels: selector, metadata: true })
  const count = pods?.read ? pods.objects.length + pods.more : (numberAt(mapAt(before, 'status'), 'replicas') ?? 0)
  // Those that are too many end, whatever the template.
  const left = Math.min(count, numberAt(mapAt(after, 'spec'), 'replicas') ?? count)
  // Other kinds with a template (those of operators) have ways of their own.
  const known = workloads.has(group) ? rolloutOf(after, left) : { way: 'operator', pods: left, away: 0, surge: 0 }
  const isOfLater = known.way === 'next-run' || known.way === 'new-only'
  if (left === 0 && !isOfLater) return []
  const severity = known.way === 'recreate' && left > 0 ? 'serious' : known.pods > 0 ? 'warning' : 'note'
  const facts = { count: known.pods, all: left, away: known.away, surge: known.surge }
  return [line('rollout', known.way, severity, facts)]
}

/** Pods that end since fewer are wanted. */
const ends: Effect = async ({ before, after }) => {
  const [from, to] = [before, after].map(object => numberAt(mapAt(object, 'spec'), 'replicas'))
  if (from === null || to === null || from === undefined || to === undefined || to >= from) return []
  return [line('ends', '', to === 0 ? 'warning' : 'note', { count: from - to, from, to })]
}

/** What the budgets of a workload's pods allow now. A rollout is not bound by them; drains are, and the pods that are away count. */
const disruptions: Effect = async (changed, look) => {
  const { before, after, namespace } = changed
  const labels = podLabelsOf(before)
  const isFewer = (numberAt(mapAt(after, 'spec'), 'replicas') ?? 1) < (numberAt(mapAt(before, 'spec'), 'replicas') ?? 1)
  const isTouched = touches(changed, 'spec', 'template') || isFewer
  if (labels === null || before.kind === 'Pod' || !isTouched) return []
  const budgets = await look.list('policy/poddisruptionbudgets', { namespace })
  return budgets.objects.flatMap(budget => {
    const selector = mapAt(mapAt(budget, 'spec'), 'selector')
    if (!textSelects(selectorText(selector), labels)) return []
    const status = mapAt(budget, 'status')
    const allowed = numberAt(status, 'disruptionsAllowed') ?? 0
    const facts = {
      count: allowed,
      healthy: numberAt(status, 'currentHealthy') ?? 0,
      name: metadataText(budget, 'name') ?? '',
    }
    const objects = [look.touched('policy/poddisruptionbudgets', budget)]
    return [line('disruptions', allowed === 0 ? 'none' : 'some', allowed === 0 ? 'warning' : 'note', facts, objects)]
  })
}

/** The selector of what chooses pods by labels, as a query takes it; null where it chooses none, or no kind of ours. */
function selectorOf(object: JsonObject): { readonly text: string | null } | null {
  const [group, kind] = groupAndKind(object)
  const spec = mapAt(object, 'spec')
  if (group === '' && kind === 'Service') return { text: labelsText(mapAt(spec, 'selector')) || null }
  if (kind === 'PodDisruptionBudget') return { text: selectorText(mapAt(spec, 'selector')) }
  return kind === 'NetworkPolicy' ? { text: selectorText(mapAt(spec, 'podSelector')) } : null
}

/** Pods that a changed selector takes in and lets go. */
const selection: Effect = async ({ before, after, namespace }, look) => {
  const [was, is] = [selectorOf(before), selectorOf(after)]
  if (was === null || is === null || was.text === is.text) return []
  const none: Some = { objects: [], more: 0, read: true }
  const of = async (text: string | null) =>
    text === null ? none : look.list('/pods', { namespace, labels: text, metadata: true })
  const [former, next] = [await of(was.text), await of(is.text)]
  if (!former.read || !next.read) return []
  const names = (some: Some) => new Set(some.objects.map(pod => metadataText(pod, 'uid')))
  const [inFormer, inNext] = [names(former), names(next)]
  const joins = next.objects.filter(pod => !inFormer.has(metadataText(pod, 'uid')))
  const leaves = former.objects.filter(pod => !inNext.has(metadataText(pod, 'uid')))
  const total = next.objects.length + next.more
  const pods = (list: readonly JsonObject[]) => list.map(pod => look.touched('/pods', pod))
  return [
    line('selects', total === 0 ? 'none' : 'some', total === 0 ? 'serious' : 'note', { count: total }),
    ...(joins.length > 0 ? [line('joins', '', 'note', { count: joins.length }, pods(joins))] : []),
    ...(leaves.length > 0 ? [line('leaves', '', 'warning', { count: leaves.length }, pods(leaves))] : []),
  ]
}

/** Pods that a new taint drives from their node. */
const eviction: Effect = async ({ before, after }, look) => {
  if (after.kind !== 'Node') return []
  const was = mapsAt(mapAt(before, 'spec'), 'taints')
  const added = mapsAt(mapAt(after, 'spec'), 'taints').filter(
    taint => textAt(taint, 'effect') === 'NoExecute' && !was.some(one => equalJson(one, taint)),
  )
  if (added.length === 0) return []
  const pods = await look.list('/pods', { fields: `spec.nodeName=${metadataText(after, 'name')}` })
  if (!pods.read) return []
  const stays = (pod: JsonObject) => Math.min(...added.map(taint => staysFor(pod, taint)))
  const gone = pods.objects.filter(pod => stays(pod) === 0)
  const going = pods.objects.filter(pod => stays(pod) > 0 && stays(pod) < Number.POSITIVE_INFINITY)
  const all = pods.objects.length + pods.more
  const touched = (some: readonly JsonObject[]) => some.map(pod => look.touched('/pods', pod))
  const atOnce = line('evicts', '', gone.length > 0 ? 'serious' : 'note', { count: gone.length, all }, touched(gone))
  if (going.length === 0) return [atOnce]
  const seconds = Math.min(...going.map(stays))
  return [atOnce, line('evicts', 'later', 'warning', { count: going.length, all, seconds }, touched(going))]
}

/** What becomes of pods. */
export const podEffects: readonly Effect[] = [rollout, ends, disruptions, selection, eviction]

/** What only counts for pods that are made from now on. */
export const later: Effect = async ({ after }) => {
  const [group, kind] = groupAndKind(after)
  const isLater =
    kind === 'PriorityClass' ||
    kind === 'RuntimeClass' ||
    (group === '' && (kind === 'ResourceQuota' || kind === 'LimitRange'))
  return isLater ? [line('later', '', 'note', { kind })] : []
}
