import { type Condition, conditionsOf, mapAt, mapsAt, numberAt, textAt } from './conditions.ts'
import type { JsonObject } from './json.ts'
import { metadataOf } from './object.ts'

/**
 * What keeps a pod from being ready. `reason` is Kubernetes' own word (`ImagePullBackOff`, `CrashLoopBackOff`,
 * `Unschedulable`, `OOMKilled`, `Evicted`); `exitCode` is of the container's last end, null where it has not ended.
 */
export type PodTrouble = {
  readonly reason: string
  readonly message: string
  readonly container: string | null
  readonly restarts: number
  readonly exitCode: number | null
}

/** What every pod goes through on its way up. */
const ordinary: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing'])

/** What is wrong with a pod, null where nothing is known to be: it runs and is ready, has done its work, or is on its way up or down. */
export function podTrouble(pod: JsonObject): PodTrouble | null {
  const status = mapAt(pod, 'status')
  const phase = textAt(status, 'phase')
  if (phase === 'Succeeded' || metadataOf(pod).deletionTimestamp !== undefined) return null
  if (phase === 'Failed')
    return containerTrouble(pod) ?? ofPod(textAt(status, 'reason') || phase, textAt(status, 'message'))
  const scheduled = condition(pod, 'PodScheduled')
  if (scheduled?.status === 'False') return ofPod(scheduled.reason, scheduled.message)
  const found = containerTrouble(pod)
  if (found !== null) return found
  const ready = condition(pod, 'Ready')
  return phase === 'Running' && ready?.status === 'False' ? ofPod('NotReady', ready.message) : null
}

function ofPod(reason: string, message: string): PodTrouble {
  return { reason, message, container: null, restarts: 0, exitCode: null }
}

function condition(pod: JsonObject, type: string): Condition | undefined {
  return conditionsOf(pod).find(one => one.type === type)
}

function containerTrouble(pod: JsonObject): PodTrouble | null {
  const status = mapAt(pod, 'status')
  const containers = [...mapsAt(status, 'initContainerStatuses'), ...mapsAt(status, 'containerStatuses')]
  for (const container of containers) {
    const found = troubleOf(container)
    if (found !== null) return found
  }
  return null
}

function troubleOf(container: JsonObject): PodTrouble | null {
  const state = mapAt(container, 'state')
  const waiting = mapAt(state, 'waiting')
  const ended = mapAt(state, 'terminated')
  const last = mapAt(mapAt(container, 'lastState'), 'terminated')
  const facts = { container: textAt(container, 'name'), restarts: numberAt(container, 'restartCount') ?? 0 }
  if (!ordinary.has(textAt(waiting, 'reason'))) {
    const [reason, message] = [textAt(waiting, 'reason'), textAt(waiting, 'message')]
    return { reason, message, ...facts, exitCode: numberAt(last, 'exitCode') }
  }
  const exitCode = numberAt(ended, 'exitCode')
  if (exitCode === null || exitCode === 0) return null
  // What a program wrote as its last words may be anything: its reason and code say enough.
  return { reason: textAt(ended, 'reason') || 'Error', message: '', ...facts, exitCode }
}

/** A pod's place on its way, in kubectl's words: its trouble, or `Running`, `Pending`, `Succeeded`, `Terminating`, `ContainerCreating`. */
export function podWord(pod: JsonObject): string {
  const status = mapAt(pod, 'status')
  if (metadataOf(pod).deletionTimestamp !== undefined) return 'Terminating'
  const trouble = podTrouble(pod)
  if (trouble !== null) return trouble.reason
  const phase = textAt(status, 'phase') || 'Unknown'
  const creating = phase === 'Pending' && mapsAt(status, 'containerStatuses').some(isCreating)
  return creating ? 'ContainerCreating' : phase
}

function isCreating(container: JsonObject): boolean {
  return textAt(mapAt(mapAt(container, 'state'), 'waiting'), 'reason') !== ''
}
