import { checkEdited } from '../../core/check.ts'
import { equalJson, type Json } from '../../core/json.ts'
import type { Span } from '../../core/json-reader.ts'
import { mergeThreeWay } from '../../core/merge.ts'
import type { ObjectRef } from '../../core/object.ts'
import type { Conflict, Problem, Result } from '../../core/problem.ts'
import { checkSecretKeys, type SecretData, sameSecret } from '../../core/secret-data.ts'
import { showSecretAs } from '../../core/secret-data-text.ts'
import type { TextChange } from '../../core/session.ts'
import { type LineChange, lineChanges } from '../../core/text-diff.ts'
import { printYaml, readYaml } from '../../core/yaml.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import { type CompareTask, type Comparison, compareSides } from '../compare/compare-task.ts'
import {
  type DangersTask,
  type FoundDanger,
  lookForDangers,
  type TakeBackTask,
  takeBackInText,
} from '../dangers/danger-tasks.ts'
import { type Exported, type ExportTask, exportText } from '../export/export-task.ts'
import { type FragmentChange, type FragmentTask, mergeIntoText } from '../fragment/fragment-task.ts'
import {
  type JsonPlacesTask,
  type JsonSync,
  type JsonSyncTask,
  placesAcross,
  syncJson,
} from '../json-view/json-tasks.ts'
import { type FieldsTask, type FoundField, findFields } from '../outline/find-fields.ts'
import { findOwned, type Owned, type OwnedTask } from '../owners/owned-task.ts'
import { type ChangeTask, changeText } from '../quick/change-task.ts'
import type { SchemaFinding } from '../schema/judge.ts'
import { type CheckTask, checkText } from './field-check.ts'
import { type NamedPlace, type NamesTask, namedPlaces } from './named-places.ts'
import { compareWithLive, type OthersSeen, type OthersTask } from './others.ts'
import { type Excerpt, type PreviewTask, previewResult } from './result-preview.ts'
import type { Showing, ShowTask } from './secret-view.ts'
import { type Settlement, type SettleTask, settle } from './settle.ts'
import {
  itemKeyIn,
  objectOfJson,
  objectOfYaml,
  readText,
  rememberLast,
  type SchemaText,
  schemaOf,
} from './text-objects.ts'

/** Work on texts that may be large: done on the spot when small, else in the worker. All of it is plain data. */
export type TextTask =
  | {
      readonly kind: 'inspect'
      readonly ref: ObjectRef
      readonly base: string | null
      /** What a manifest said when it was submitted last, as YAML or JSON; it has no base. */
      readonly applied: string | null
      readonly text: string
      /** How the text and the base show the values of a Secret. */
      readonly secretData: SecretData
    }
  | {
      readonly kind: 'move'
      /** YAML of what the changes in `text` began from, or JSON with `fromJson`. */
      readonly from: string
      readonly fromJson: boolean
      readonly text: string
      /** JSON of the object to move onto. */
      readonly onto: string
      readonly schema: SchemaText | null
    }
  | SettleTask
  | ShowTask
  | OthersTask
  | PreviewTask
  | DangersTask
  | TakeBackTask
  | FieldsTask
  | NamesTask
  | CheckTask
  | JsonSyncTask
  | JsonPlacesTask
  | CompareTask
  | ExportTask
  | ChangeTask
  | OwnedTask
  | FragmentTask
  | { readonly kind: 'diff'; readonly before: string; readonly after: string }

/** What is known of a text: everything that is wrong with it, whether it says another object than the base (or than was applied), and which lines differ. */
export type Inspection = {
  readonly problems: readonly Problem[]
  /** Null when the text cannot be read. */
  readonly changed: boolean | null
  readonly lines: readonly LineChange[]
}

/** How a text is moved onto a newer object: `kept` are places where both sides changed the same and the text stayed as it was. */
export type Move =
  | { readonly ok: true; readonly changes: readonly TextChange[]; readonly kept: readonly Conflict[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

type Answers = {
  readonly inspect: Inspection
  readonly move: Move
  readonly settle: Settlement
  readonly show: Showing
  readonly others: OthersSeen | null
  readonly preview: readonly Excerpt[] | null
  readonly fields: readonly FoundField[]
  readonly dangers: readonly FoundDanger[] | null
  readonly takeBack: readonly TextChange[] | null
  readonly names: readonly NamedPlace[]
  readonly check: readonly SchemaFinding[]
  readonly 'json-sync': JsonSync
  readonly 'json-places': readonly (Span | null)[]
  readonly compare: Comparison
  readonly export: Exported
  readonly change: Result<readonly TextChange[]>
  readonly owned: Owned | null
  readonly fragment: Result<FragmentChange>
  readonly diff: readonly LineChange[]
}

/** The answer of each kind of task. */
export type TaskAnswer<T extends TextTask> = Answers[T['kind']]

/** Does a task. Pure but for a memory of the last base and schema, which come again and again. */
export function runTextTask<T extends TextTask>(task: T): TaskAnswer<T> {
  // The compiler does not follow T through the switch; each branch returns what TaskAnswer says for its kind.
  return perform(task) as TaskAnswer<T>
}

function perform(task: TextTask): TaskAnswer<TextTask> {
  switch (task.kind) {
    case 'inspect':
      return inspect(task)
    case 'move':
      return move(task)
    case 'settle':
      return settle(task)
    case 'show':
      return showSecretAs(task.text, task.as)
    case 'others':
      return compareWithLive(task)
    case 'preview':
      return previewResult(task)
    case 'dangers':
      return lookForDangers(task)
    case 'takeBack':
      return takeBackInText(task)
    case 'fields':
      return findFields(task)
    case 'check':
      return checkText(task)
    case 'names':
      return namedPlaces(task)
    case 'json-sync':
      return syncJson(task)
    case 'json-places':
      return placesAcross(task)
    case 'compare':
      return compareSides(task)
    case 'export':
      return exportText(task)
    case 'change':
      return changeText(task)
    case 'owned':
      return findOwned(task)
    case 'fragment':
      return mergeIntoText(task)
    case 'diff':
      return lineChanges(task.before, task.after)
  }
}

function inspect(task: Extract<TextTask, { kind: 'inspect' }>): Inspection {
  const { ref, base: baseText, applied, text, secretData } = task
  const base = baseText === null ? null : baseOf(baseText)
  const lines = base === null ? [] : lineChanges(base.yaml, text)
  const reading = readText(text)
  if (!reading.ok) return { problems: reading.problems, changed: null, lines }
  const identity = checkEdited(ref, base?.object ?? null, reading.value, reading.ranges)
  const isDecoded = secretData === 'decoded'
  const problems = isDecoded ? [...identity, ...checkSecretKeys(reading.value, reading.ranges)] : identity
  const same = isDecoded ? sameSecret : equalJson
  const written = base === null ? appliedObject(applied) : base.object
  return { problems, changed: written === null || !same(written, reading.value), lines }
}

function appliedObject(applied: string | null): Json | null {
  const reading = applied === null ? null : readYaml(applied)
  return reading?.ok ? reading.value : null
}

function move(task: Extract<TextTask, { kind: 'move' }>): Move {
  const from = task.fromJson ? { ok: true as const, value: objectOfJson(task.from) } : objectOfYaml(task.from)
  const mine = objectOfYaml(task.text)
  if (!mine.ok) return mine
  if (!from.ok) return from
  const schema = schemaOf(task.schema)
  const merge = mergeThreeWay(from.value, mine.value, objectOfJson(task.onto), schema)
  const merged = merge.ok ? merge.merged : merge.partial
  const edited = editYaml(task.text, merged, itemKeyIn(merged, schema))
  if (!edited.ok) return { ok: false, problems: [edited.problem] }
  return { ok: true, changes: edited.value, kept: merge.ok ? [] : merge.problem.conflicts }
}

const baseOf = rememberLast((text: string) => {
  const object = objectOfJson(text)
  return { object, yaml: printYaml(object) }
})
