import type { CellState } from '../../../contract/create.ts'
import { metadataText } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import { createSession } from '../../../core/session.ts'
import { plainView } from '../../../core/view.ts'
import { newSessionId } from '../editing/begin.ts'
import { type Settled, settleLost } from '../editing/lost-answer.ts'
import type { Ledger } from '../history/ledger.ts'
import { pause } from '../streams.ts'
import { type Check, type Checked, type CheckFacts, checkDocument, present, sendCreation, targetOf } from './check.ts'
import type { Document } from './documents.ts'

/** What sending works with. `stop`: the person wants nothing more to be waited for. */
export type SendFacts = CheckFacts & {
  readonly ledger: Ledger
  readonly reason: string | null
  readonly stop: AbortSignal
  readonly onState: (state: CellState) => void
  readonly onUnkept: (problem: Problem) => void
}

/** How often a server's wish to wait is granted for one object, and for how many seconds at most each time. */
const mostWaits = 4
const longestWait = 30

/** Sends a checked creation once. A lost answer is settled by reading, never by sending again. */
export async function sendChecked(document: Document, checked: Checked, facts: SendFacts): Promise<CellState> {
  const { cluster, ledger, signal, stop } = facts
  const { ref, object, request, promised } = checked
  const write = { context: cluster.context, ref, strategy: 'create', live: null, wanted: object } as const
  const id = ledger.sending({ ...write, promised, request, reason: facts.reason }, facts.onUnkept)
  for (let attempts = 1; ; attempts++) {
    facts.onState({ kind: 'sending' })
    const answer = await sendCreation(cluster, checked, { dryRun: false }, signal)
    if (answer.ok) {
      const { object: made, warnings } = answer.value
      ledger.written(id, made, { basis: 'answer', warnings, attempts })
      const named = { ...ref, name: metadataText(made, 'name') ?? ref.name }
      return { kind: 'created', object: targetOf(cluster, named), basis: 'answer', warnings }
    }
    const { problem } = answer
    const seconds = secondsToWait(problem, attempts)
    if (seconds !== null) {
      facts.onState({ kind: 'waiting', for: 'server' })
      await pause(seconds * 1_000, AbortSignal.any([signal, stop]))
      if (!stop.aborted) continue
    }
    if (problem.code !== 'outcome-unknown' && problem.code !== 'server-error') {
      ledger.ended(id, 'refused', problem, attempts)
      if (problem.code === 'already-exists') return { kind: 'exists', object: targetOf(cluster, ref) }
      return { kind: 'failed', problem: await present(problem, document, checked, facts) }
    }
    facts.onState({ kind: 'settling' })
    const settled = await settle(checked, problem, facts)
    if (settled.kind === 'written') {
      ledger.written(id, settled.object, { basis: 'read', warnings: [], attempts })
      return { kind: 'created', object: targetOf(cluster, ref), basis: 'read', warnings: [] }
    }
    ledger.ended(id, settled.kind, problem, attempts)
    const told = await present(problem, document, checked, facts)
    if (settled.kind === 'unknown') return { kind: 'unknown', problem: told }
    const failed: Problem = told.code === 'outcome-unknown' ? { code: 'not-written', detail: told.detail } : told
    return { kind: 'failed', problem: failed }
  }
}

/** A name that the server makes cannot be looked for: then nobody can tell. */
async function settle(checked: Checked, problem: Problem, { cluster, signal, stop }: SendFacts): Promise<Settled> {
  const { ref, object, request, promised, kindSchema } = checked
  if (ref.name === '') return { kind: 'unknown' }
  const session = createSession(newSessionId(), ref, plainView, { text: '', becomes: 'manifest' })
  const sent = { live: null, merged: object, promised, fieldManager: request.fieldManager }
  const looking = { cluster, session, schema: kindSchema.schema, onLive: () => undefined, stop }
  return settleLost(sent, looking, { mayArrive: problem.code === 'outcome-unknown', signal })
}

function secondsToWait(problem: Problem, attempts: number): number | null {
  if (problem.code !== 'rate-limited' || attempts > mostWaits) return null
  const seconds = problem.retryAfterSeconds ?? 2 ** (attempts - 1)
  return seconds <= longestWait ? seconds : null
}

const patience = 30_000
const betweenTries = 300

/**
 * Checks a document whose namespace or kind has just been made, once that is served: a new kind takes some seconds, and
 * so does the account that a Pod in a new namespace runs as.
 */
export async function checkWhenServed(index: number, facts: SendFacts, made: ReadonlySet<number>): Promise<Check> {
  const { stop, signal } = facts
  const until = Date.now() + patience
  for (;;) {
    const check = await checkDocument(index, facts, made)
    const { state } = check
    if (state.kind !== 'refused' || !isTooEarly(state.problem) || Date.now() > until || stop.aborted) return check
    facts.onState({ kind: 'waiting', for: state.problem.code === 'resource-unknown' ? 'kind' : 'namespace' })
    await pause(betweenTries, AbortSignal.any([signal, stop]))
    signal.throwIfAborted()
  }
}

/** What a server says of a kind or a namespace that was made a moment ago. */
function isTooEarly(problem: Problem): boolean {
  if (problem.code === 'admission-denied') return /serviceaccount "default" not found/.test(problem.message)
  if (problem.code === 'not-found') return problem.asked.verb === 'create' || problem.asked.resource === 'namespaces'
  return problem.code === 'resource-unknown'
}
