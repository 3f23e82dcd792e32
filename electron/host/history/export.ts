import type { HistoryEntry, HistoryFormat } from '../../../contract/history.ts'
import { type Json, parseJson, printJson } from '../../../core/json.ts'
import { apiVersionOf } from '../../../core/object.ts'
import { readSentPlan } from '../editing/journal.ts'
import type { Submit } from '../store/submits.ts'
import { maskedSides } from './entry.ts'

/** One entry as a piece of an export: a line of JSON, or a kubectl command under a comment. Masked as the entry is. */
export function exportEntry(entry: HistoryEntry, submit: Submit, format: HistoryFormat): string {
  return format === 'jsonl' ? `${printJson(entryJson(entry, submit))}\n` : `${commandText(entry, format)}\n\n`
}

function entryJson(entry: HistoryEntry, submit: Submit): Json {
  const { ref, context, sent, answered, outcome, strategy, guard, attempts, reason } = entry
  const plan = readSentPlan(submit.plan)
  const [before, after] = plan === null ? [null, null] : maskedSides(submit, plan)
  const told = { changes: entry.changes, mergedIn: entry.mergedIn, differences: entry.differences }
  return {
    id: entry.id,
    sent: new Date(sent).toISOString(),
    answered: answered === null ? null : new Date(answered).toISOString(),
    outcome,
    context,
    cluster: ref.cluster,
    apiVersion: apiVersionOf(ref),
    kind: ref.kind,
    namespace: ref.namespace,
    name: ref.name,
    uid: ref.uid,
    subresource: entry.subresource,
    step: plain(entry.step),
    reason,
    strategy,
    guard,
    attempts,
    request: requestJson(entry),
    before,
    after,
    afterIs: entry.basis,
    ...plain(told),
    warnings: entry.warnings,
    problem: plain(entry.problem),
    readable: entry.readable,
  }
}

function requestJson({ request }: HistoryEntry): Json {
  if (request === null) return null
  const { method, path, query, mediaType, masked } = request
  const body = parseJson(request.body)
  return { method, path, query: plain(query), mediaType, masked, body: body.ok ? body.value : null }
}

/** Values of the contract are plain, which TypeScript cannot tell of types with optional fields. */
function plain<T extends object | null>(value: T): T extends null ? Json : Record<string, Json> {
  return value as never
}

/** What did nothing, and what is masked, is a comment whole: run again, the rest does what was sent. */
function commandText(entry: HistoryEntry, shell: 'posix' | 'powershell'): string {
  const { ref, sent, outcome, reason, command } = entry
  const object = `${ref.kind} ${ref.namespace === null ? '' : `${ref.namespace}/`}${ref.name}`
  const head = comment(`${new Date(sent).toISOString()} ${outcome}: ${object}${reason === null ? '' : `: ${reason}`}`)
  if (command === null) return `${head}\n${comment('not readable any more: the key that sealed it is gone')}`
  const text = command[shell]
  if (!command.runnable)
    return `${head}\n${comment('not runnable: the values of a Secret are masked')}\n${comment(text)}`
  if (outcome !== 'written') return `${head}\n${comment(text)}`
  return `${head}\n${text}`
}

function comment(text: string): string {
  // A newline by any name would end the comment, and what follows it would run.
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map(line => `# ${line}`)
    .join('\n')
}
