import { randomUUID } from 'node:crypto'
import type { WriteChoice } from '../../../contract/strategy.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataOf } from '../../../core/object.ts'
import { fail, type Problem, type Result } from '../../../core/problem.ts'
import { maskText, secretValues } from '../../../core/secret-text.ts'
import type { EditSession } from '../../../core/session.ts'
import type { CommandFacts } from './command.ts'
import { seeRead } from './follow.ts'
import type { Journal } from './journal.ts'
import type { OpenEdit } from './open-edit.ts'
import type { PlanId } from './plan.ts'
import type { WriteFacts } from './prepare.ts'
import { waysOf } from './strategies/rights.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'
import type { Work } from './work.ts'

/** What every write of this host has in common. */
export type WriteOptions = {
  readonly work: Work
  readonly journal: Journal
  readonly fieldManager: () => string
  /** Dangers that are not to be told of. */
  readonly dangersOff: () => readonly string[]
  /** True where kubectl, started by hand, would not find the kubeconfig that the app reads. */
  readonly kubeconfigGiven: boolean
}

/** The object that the edit's text says, or what is wrong with the text, as it may leave the host. */
export async function readText(edit: OpenEdit, session: EditSession, run: Run): Promise<Result<JsonObject>> {
  const { text, ref, view } = session
  const edited = await run('readEdited', { text, ref, view, of: identityOf(session), near: secretBase(edit, session) })
  return edited.ok ? edited : fail(await run('presentProblem', problemFacts(edit, session, edited.problem, null)))
}

type Run = <Name extends TaskName>(name: Name, input: TaskInput<Name>) => Promise<TaskOutput<Name>>

/** Does an edit's tasks on one text of it. */
export function runFor(edit: OpenEdit, session: EditSession, { work }: WriteOptions, signal: AbortSignal): Run {
  const options = { kindSchema: edit.kindSchema, size: session.text.length, signal }
  return (name, input) => work.run(name, input, options)
}

/** What the text must go on being: of an edit's base only as much as says which object it is. */
function identityOf({ origin }: EditSession): TaskInput<'readEdited'>['of'] {
  if (origin.kind !== 'edit') return { kind: origin.kind }
  const { object } = origin.base
  const metadata = pick(metadataOf(object), ['name', 'namespace', 'uid', 'resourceVersion'])
  return { kind: 'edit', base: { ...pick(object, ['apiVersion', 'kind']), metadata } }
}

/** What a Secret's values were, as the server writes them; null for any other kind. */
function secretBase(edit: OpenEdit, { origin }: EditSession): JsonObject | null {
  return edit.secret && origin.kind === 'edit' ? pick(origin.base.object, ['data']) : null
}

function pick(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)))
}

/** What a problem of the edit is presented with. */
export function problemFacts(
  edit: OpenEdit,
  session: EditSession,
  problem: Problem,
  predicted: JsonObject | null,
): TaskInput<'presentProblem'> {
  const base = session.origin.kind === 'edit' ? [session.origin.base.object] : []
  const live = edit.session.live.kind === 'present' ? [edit.session.live.snapshot.object] : []
  return {
    text: session.text,
    view: session.view,
    problem,
    predicted,
    secrets: edit.secret ? [...base, ...live] : null,
  }
}

/** What every plan of the edit is made with. */
export function writeFacts(edit: OpenEdit, session: EditSession, choice: WriteChoice, write: WriteOptions): WriteFacts {
  const ways = waysOf(edit, write.fieldManager())
  return {
    cluster: edit.cluster,
    choice,
    makePlan: (ground, edited, chosen, signal) =>
      runFor(edit, session, write, signal)('plan', { id: newPlanId(), ground, edited, choice: chosen, ways }),
    onLive: live => seeRead(edit, live),
  }
}

/** What the command of an edit's request says beside it. */
export function commandFacts(
  { context, cluster }: OpenEdit,
  { fieldManager, kubeconfigGiven }: WriteOptions,
): CommandFacts {
  return { context, actingAs: cluster.actingAs(), fieldManager: fieldManager(), kubeconfigGiven }
}

/** The server's warnings about a Secret may quote its values, as those of a policy that looks into `data`. */
export function maskWarnings(
  edit: OpenEdit,
  warnings: readonly string[],
  objects: readonly JsonObject[],
): readonly string[] {
  if (!edit.secret || warnings.length === 0) return warnings
  const values = objects.flatMap(secretValues)
  return warnings.map(warning => maskText(warning, values))
}

function newPlanId(): PlanId {
  // The one place where plan ids are made.
  return randomUUID() as PlanId
}
