import type { DeleteItemState, DeleteOptions } from '../../../contract/delete.ts'
import { metadataText, type ObjectRef, type Snapshot } from '../../../core/object.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import { secretValues } from '../../../core/secret-text.ts'
import { isSecret } from '../../../core/secrets.ts'
import type { Cluster } from '../clusters/connection.ts'
import { deleteBody, deleteObject } from '../clusters/delete.ts'
import { getObject } from '../clusters/get.ts'
import type { Ledger } from '../history/ledger.ts'
import { pause } from '../streams.ts'
import { holdsOf } from './inspect.ts'

/** An object that was read to be deleted. */
export type Target = { readonly ref: ObjectRef; readonly snapshot: Snapshot }

/** What a deletion works with. `stop`: the person wants nothing more to be waited for. */
export type DeleteFacts = {
  readonly cluster: Cluster
  readonly ledger: Ledger
  readonly options: DeleteOptions
  readonly reason: string | null
  readonly stop: AbortSignal
  readonly signal: AbortSignal
  readonly onState: (state: DeleteItemState) => void
  readonly onUnkept: (problem: Problem) => void
}

/** How often a server's wish to wait is granted for one object, and for how many seconds at most each time. */
const mostWaits = 4
const longestWait = 30
/** A request whose connection broke may still be on its way: this often the object is read before that is said to be lost. */
const readsForLateArrival = 4
const pauseForLateArrival = 500

/** Whether the server would delete it, as it is asked to. */
export async function dryRunDeletion(
  cluster: Cluster,
  target: Target,
  options: DeleteOptions,
  signal: AbortSignal,
): Promise<DeleteItemState> {
  const { ref } = target
  const body = bodyOf(target, options, true)
  const answer = await deleteObject(cluster, ref, ref, { body, dryRun: true, secrets: secretsOf(target) }, signal)
  if (answer.ok) return { kind: 'ready', unchecked: false, warnings: answer.value.warnings }
  const { problem } = answer
  if (problem.code === 'dry-run-unsupported') return { kind: 'ready', unchecked: true, warnings: [] }
  return problem.code === 'not-found' ? { kind: 'gone' } : { kind: 'refused', problem }
}

/** Deletes one object, once. A lost answer is settled by reading. Ends with what stands there then. */
export async function deleteOne(target: Target, facts: DeleteFacts): Promise<DeleteItemState> {
  const { cluster, options, ledger, signal, stop } = facts
  const { ref, snapshot } = target
  const body = bodyOf(target, options, false)
  const secrets = secretsOf(target)
  const id = ledger.sending(
    {
      context: cluster.context,
      ref,
      strategy: 'delete',
      live: snapshot.object,
      wanted: null,
      promised: null,
      request: requestOf(ref, body),
      reason: facts.reason,
    },
    facts.onUnkept,
  )
  const done = (warnings: readonly string[], attempts: number, basis: 'answer' | 'read') =>
    ledger.written(id, null, { basis, warnings, attempts })
  for (let attempts = 1; ; attempts++) {
    facts.onState({ kind: 'sending' })
    const answer = await deleteObject(cluster, ref, ref, { body, dryRun: false, secrets }, signal)
    if (answer.ok) {
      done(answer.value.warnings, attempts, 'answer')
      const now = await whatStands(cluster, target, signal)
      return now.ok ? now.value : { kind: 'deleting', held: [] }
    }
    const { problem } = answer
    const seconds = secondsToWait(problem, attempts)
    if (seconds !== null) {
      facts.onState({ kind: 'waiting' })
      await pause(seconds * 1_000, AbortSignal.any([signal, stop]))
      if (!stop.aborted) continue
    }
    if (problem.code === 'not-found' && problem.asked.verb === 'delete') {
      ledger.ended(id, 'not-written', problem, attempts)
      return { kind: 'gone' }
    }
    if (problem.code !== 'outcome-unknown' && problem.code !== 'server-error') {
      ledger.ended(id, 'refused', problem, attempts)
      return { kind: 'failed', problem }
    }
    facts.onState({ kind: 'settling' })
    const settled = await settle(target, problem, facts)
    if (settled.kind === 'deleting' || settled.kind === 'gone') done([], attempts, 'read')
    else ledger.ended(id, settled.kind === 'failed' ? 'not-written' : 'unknown', problem, attempts)
    return settled
  }
}

/** What the object itself tells of a deletion whose answer was lost. */
async function settle(
  target: Target,
  problem: Problem,
  { cluster, signal, stop }: DeleteFacts,
): Promise<DeleteItemState> {
  for (let reads = 0; reads < readsForLateArrival; reads++) {
    if (reads > 0) await pause(pauseForLateArrival, AbortSignal.any([signal, stop]))
    const now = await whatStands(cluster, target, signal)
    if (!now.ok) return { kind: 'unknown', problem }
    if (now.value.kind !== 'ready') return now.value
  }
  const lost = problem.code === 'outcome-unknown' ? { code: 'not-written' as const, detail: problem.detail } : problem
  return { kind: 'failed', problem: lost }
}

/** What stands there now: `ready` where nothing is being deleted; `gone` also where another object has the name. */
export async function whatStands(
  cluster: Cluster,
  { ref, snapshot }: Target,
  signal: AbortSignal,
): Promise<Result<Extract<DeleteItemState, { kind: 'gone' | 'deleting' | 'ready' }>>> {
  const read = await getObject(cluster, ref, ref, signal)
  if (!read.ok) return read.problem.code === 'not-found' ? ok({ kind: 'gone' }) : read
  const { object } = read.value
  if (metadataText(object, 'uid') !== snapshot.uid) return ok({ kind: 'gone' })
  if (metadataText(object, 'deletionTimestamp') === null) return ok({ kind: 'ready', unchecked: true, warnings: [] })
  return ok({ kind: 'deleting', held: holdsOf(object) })
}

function bodyOf({ snapshot }: Target, { propagation, grace, version }: DeleteOptions, dryRun: boolean): string {
  const { uid, object } = snapshot
  const isPod = object.kind === 'Pod' && object.apiVersion === 'v1'
  const resourceVersion = version ? snapshot.resourceVersion : null
  return deleteBody({ propagation, grace: isPod ? grace : null, uid, resourceVersion }, dryRun)
}

/** A policy may quote the object that is to go. */
function secretsOf({ snapshot: { object } }: Target): readonly string[] {
  return isSecret(object) ? secretValues(object) : []
}

function requestOf(ref: ObjectRef, body: string) {
  const { group, version, resource, namespace, name } = ref
  const type = { group, version, resource }
  const fixed = { method: 'DELETE', subresource: null, mediaType: 'application/json', force: false } as const
  // A deletion leaves nothing behind that could bear a manager's name.
  return { ...fixed, type, namespace, name, fieldManager: '', body }
}

function secondsToWait(problem: Problem, attempts: number): number | null {
  // A disruption budget (429 without a time) says no; it does not ask to wait.
  if (problem.code !== 'rate-limited' || problem.retryAfterSeconds === null || attempts > mostWaits) return null
  return problem.retryAfterSeconds <= longestWait ? problem.retryAfterSeconds : null
}
