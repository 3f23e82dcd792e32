import { mapAt, mapsAt, numberAt, textAt } from '../conditions.ts'
import type { Json, JsonObject } from '../json.ts'

/**
 * How the pods of a changed template are replaced. `rolling`: so many at once; `recreate`: all end first; `by-hand`: each
 * when somebody deletes it; `partition`: those below an ordinal stay; `paused`: none before it goes on; `next-run`: from the
 * next Job on; `new-only`: none, only pods made later.
 */
export type Rollout = {
  readonly way: 'rolling' | 'recreate' | 'by-hand' | 'partition' | 'paused' | 'next-run' | 'new-only'
  /** How many pods are replaced. */
  readonly pods: number
  /** How many of them may be away at once. */
  readonly away: number
  /** How many more than wanted there may be meanwhile. */
  readonly surge: number
}

/** How a workload replaces its `pods` pods when its template changes; `object` is how it will be. */
export function rolloutOf(object: JsonObject, pods: number): Rollout {
  const spec = mapAt(object, 'spec')
  const strategy = mapAt(spec, textAt(object, 'kind') === 'Deployment' ? 'strategy' : 'updateStrategy')
  const none = { pods: 0, away: 0, surge: 0 }
  switch (textAt(object, 'kind')) {
    case 'CronJob':
      return { way: 'next-run', ...none }
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'Job':
      return { way: 'new-only', ...none }
  }
  if (spec.paused === true) return { way: 'paused', ...none, pods }
  const type = textAt(strategy, 'type')
  if (type === 'Recreate') return { way: 'recreate', pods, away: pods, surge: 0 }
  if (type === 'OnDelete') return { way: 'by-hand', ...none, pods }
  const rolling = mapAt(strategy, 'rollingUpdate')
  const partition = numberAt(rolling, 'partition') ?? 0
  const left = Math.max(0, pods - partition)
  const { away, surge } = steps(textAt(object, 'kind'), rolling, pods)
  return partition > 0 ? { way: 'partition', pods: left, away, surge } : { way: 'rolling', pods, away, surge }
}

/** (Go: deploymentutil.ResolveFenceposts: what may be away is rounded down, what may be more is rounded up; both 0 means one away.) */
function steps(kind: string, rolling: JsonObject, pods: number): Pick<Rollout, 'away' | 'surge'> {
  const isDeployment = kind === 'Deployment'
  const away = share(rolling.maxUnavailable ?? (isDeployment ? '25%' : 1), pods, isDeployment ? Math.floor : Math.ceil)
  const surge = share(rolling.maxSurge ?? (isDeployment ? '25%' : 0), pods, Math.ceil)
  return { away: away === 0 && surge === 0 ? Math.min(1, pods) : Math.min(away, pods), surge }
}

/** A number, or a percentage of all pods. */
function share(value: Json, pods: number, round: (value: number) => number): number {
  const percent = /^(\d+)%$/.exec(String(value))?.[1]
  return percent === undefined ? Number(value) || 0 : round((Number(percent) * pods) / 100)
}

/**
 * How many seconds a Pod stays on a node with this taint: Infinity for one that stays, 0 for one that is evicted at once.
 * (Go: corev1 ToleratesTaint, and the taint eviction controller's getMinTolerationTime.)
 */
export function staysFor(pod: JsonObject, taint: JsonObject): number {
  const isFor = (toleration: JsonObject) => {
    const [key, effect, operator] = ['key', 'effect', 'operator'].map(field => textAt(toleration, field))
    if (effect !== '' && effect !== taint.effect) return false
    if (key !== '' && key !== taint.key) return false
    return operator === 'Exists' || (key !== '' && textAt(toleration, 'value') === textAt(taint, 'value'))
  }
  const found = mapsAt(mapAt(pod, 'spec'), 'tolerations').filter(isFor)
  if (found.length === 0) return 0
  // One that names no time does not end another one's.
  const seconds = found.flatMap(toleration => numberAt(toleration, 'tolerationSeconds') ?? [])
  return seconds.length === 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.min(...seconds))
}
