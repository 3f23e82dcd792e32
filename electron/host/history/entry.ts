import type { EditTarget } from '../../../contract/edit.ts'
import type { HistoryEntry, HistoryRow } from '../../../contract/history.ts'
import { strategySchema } from '../../../contract/strategy.ts'
import { type JsonObject, parseJson } from '../../../core/json.ts'
import { isObject, metadataOf } from '../../../core/object.ts'
import { isSecretRef, maskPair } from '../../../core/secrets.ts'
import { plainView, viewObject } from '../../../core/view.ts'
import { printYaml } from '../../../core/yaml.ts'
import { type CommandFacts, commandBody, kubectlCommand } from '../editing/command.ts'
import {
  readBrief,
  readSentPlan,
  readTold,
  type SentPlan,
  type SubmitBrief,
  type SubmitTold,
} from '../editing/journal.ts'
import { showRequest } from '../editing/review.ts'
import type { Submit, SubmitRow } from '../store/submits.ts'

/** A submit as the list shows it. */
export function showRow(row: SubmitRow, context: string): HistoryRow {
  const { id, ref, sent, state } = row
  const { reason, paths, changed, step = null, subresource } = readBrief(row.brief) ?? nothingBrief
  const where = { ref, subresource: subresource ?? ref.subresource ?? null, step }
  return { id, context, ...where, sent, outcome: state, strategy: strategyOf(row.strategy), reason, paths, changed }
}

const nothingBrief: SubmitBrief = { reason: null, paths: [], changed: 0 }

function strategyOf(text: string): HistoryRow['strategy'] {
  if (text === 'delete') return text
  const known = strategySchema.safeParse(text)
  return known.success ? known.data : null
}

/** A submit as its page shows it, with everything of a Secret masked. `context` leads to its cluster now. */
export function showEntry(
  submit: Submit,
  context: string,
  given: Pick<CommandFacts, 'actingAs' | 'kubeconfigGiven'>,
): HistoryEntry {
  const plan = readSentPlan(submit.plan)
  const told = readTold(submit.told)
  const facts = {
    ...showRow(submit, context),
    answered: submit.answered,
    attempts: told?.attempts ?? null,
    mergedIn: told?.mergedIn ?? [],
    differences: told?.differences ?? [],
    warnings: told?.warnings ?? [],
    problem: told?.problem ?? null,
    target: targetOf(submit, context),
  }
  if (plan === null) return { ...facts, ...unreadable }
  const secret = isSecretRef(submit.ref)
  const { fieldManager } = plan.request
  const request = showRequest(plan.request, secret)
  const body = secret ? request.body : commandBody(plan.request, plan.write.merged)
  return {
    ...facts,
    readable: true,
    guard: plan.guard,
    request,
    command: kubectlCommand(plan.request, body, secret, { ...given, context, fieldManager }),
    ...showSides(submit, plan, told),
    changes: plan.changes,
    undo: undoOf(submit, plan),
  }
}

/** The address of the edit that a submit was made in. */
export function targetOf({ ref }: SubmitRow, context: string): EditTarget {
  const { group, version, resource, namespace, name, subresource = null } = ref
  return { context, group, version, resource, namespace, name, subresource }
}

const unreadable = {
  readable: false,
  guard: null,
  request: null,
  command: null,
  before: '',
  after: '',
  basis: 'promise',
  changes: [],
  undo: 'none',
} as const

function undoOf({ state }: Submit, { write, strategy }: SentPlan): HistoryEntry['undo'] {
  // Where nobody can tell, the object itself does: what was never written is no change of it.
  if (state !== 'written' && state !== 'unknown') return 'none'
  if (strategy === 'delete') return 'create'
  return write.live === null ? 'delete' : 'edit'
}

/** What stood there and what stands there then, whole and unmasked; `after` is null where nothing was answered. */
export function sidesOf(
  submit: Submit,
  { write }: SentPlan,
): { readonly before: JsonObject | null; readonly after: JsonObject | null } {
  const parsed = submit.answer === null ? null : parseJson(submit.answer)
  return { before: write.live, after: parsed?.ok && isObject(parsed.value) ? parsed.value : null }
}

/**
 * What the submit alone made of what stood there before: the answer where nobody else can have written in between, else
 * what the dry run promised.
 */
export function madeBy(submit: Submit, plan: SentPlan): JsonObject {
  const { after } = sidesOf(submit, plan)
  const isExact = plan.guard === 'version' && readTold(submit.told)?.basis === 'answer'
  return isExact && after !== null ? after : plan.write.promised
}

/** What stood there and what stands there then, masked, as a person compares them. */
export function maskedSides(
  submit: Submit,
  plan: SentPlan,
): readonly [before: JsonObject | null, after: JsonObject | null] {
  const { before, after } = sidesOf(submit, plan)
  if (plan.strategy === 'delete') return maskPair(before && comparable(before), null)
  return maskPair(before && comparable(before), comparable(after ?? plan.write.promised))
}

function showSides(
  submit: Submit,
  plan: SentPlan,
  told: SubmitTold | null,
): Pick<HistoryEntry, 'before' | 'after' | 'basis'> {
  const [before, after] = maskedSides(submit, plan)
  return {
    before: before === null ? '' : printYaml(before),
    after: after === null ? '' : printYaml(after),
    basis: submit.answer === null && plan.strategy !== 'delete' ? 'promise' : (told?.basis ?? 'answer'),
  }
}

// Every write gives another version: it says nothing of this one.
function comparable(object: JsonObject): JsonObject {
  const seen = viewObject(object, plainView)
  const { resourceVersion: _, ...metadata } = metadataOf(seen)
  return { ...seen, metadata }
}
