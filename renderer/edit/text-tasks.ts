import { checkEdited } from '../../core/check.ts'
import { fieldGround, type Ground, identifyItems, itemGround, rootGround } from '../../core/identity.ts'
import { equalJson, type Json, type JsonObject, parseJson } from '../../core/json.ts'
import { mergeThreeWay } from '../../core/merge.ts'
import { isList, isObject, type ObjectRef } from '../../core/object.ts'
import { openApiPatchSchema } from '../../core/patch/index.ts'
import type { PatchSchema } from '../../core/patch/schema.ts'
import type { Conflict, Problem } from '../../core/problem.ts'
import type { TextChange } from '../../core/session.ts'
import { type LineChange, lineChanges } from '../../core/text-diff.ts'
import { printYaml, readYaml } from '../../core/yaml.ts'
import { editYaml, type ItemKey } from '../../core/yaml-edit.ts'

/** The OpenAPI document of a kind as the contract gives it. */
export type SchemaText = { readonly document: string; readonly name: string }

/** Work on texts that may be large: done on the spot when small, else in the worker. All of it is plain data. */
export type TextTask =
  | { readonly kind: 'inspect'; readonly ref: ObjectRef; readonly base: string | null; readonly text: string }
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
  | { readonly kind: 'diff'; readonly before: string; readonly after: string }

/** What is known of a text: everything that is wrong with it, whether it says another object than the base, and which lines differ. */
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

/** The answer of each kind of task. */
export type TaskAnswer<T extends TextTask> = T extends { kind: 'inspect' }
  ? Inspection
  : T extends { kind: 'move' }
    ? Move
    : readonly LineChange[]

/** Does a task. Pure but for a memory of the last base and schema, which come again and again. */
export function runTextTask<T extends TextTask>(task: T): TaskAnswer<T> {
  // The compiler does not follow T through the switch; each branch returns what TaskAnswer says for its kind.
  return perform(task) as TaskAnswer<T>
}

function perform(task: TextTask): Inspection | Move | readonly LineChange[] {
  switch (task.kind) {
    case 'inspect':
      return inspect(task.ref, task.base, task.text)
    case 'move':
      return move(task)
    case 'diff':
      return lineChanges(task.before, task.after)
  }
}

function inspect(ref: ObjectRef, baseText: string | null, text: string): Inspection {
  const base = baseText === null ? null : baseOf(baseText)
  const lines = base === null ? [] : lineChanges(base.yaml, text)
  const reading = readYaml(text)
  if (!reading.ok) return { problems: reading.problems, changed: null, lines }
  const problems = checkEdited(ref, base?.object ?? null, reading.value, reading.ranges)
  return { problems, changed: base === null || !equalJson(base.object, reading.value), lines }
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

/** Names list items by their identity, so that the text of an item stays with it when others come or go. */
function itemKeyIn(root: JsonObject, schema: PatchSchema | null): ItemKey {
  return (path, item) => {
    let [value, ground]: [Json | undefined, Ground] = [root, rootGround(schema, root)]
    for (const step of path) {
      value = isObject(value) ? value[step] : isList(value) ? value[Number(step)] : undefined
      ground = typeof step === 'number' ? itemGround(ground, value) : fieldGround(ground, step, value)
    }
    const [only] = identifyItems([item], ground)?.keys() ?? []
    return only ?? null
  }
}

function objectOfYaml(
  text: string,
): { readonly ok: true; readonly value: JsonObject } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const reading = readYaml(text)
  if (!reading.ok) return reading
  const { value } = reading
  return isObject(value) ? { ok: true, value } : { ok: false, problems: [{ code: 'yaml-not-an-object' }] }
}

/** Throws when it is no JSON object: the host sends nothing else. */
function objectOfJson(text: string): JsonObject {
  const parsed = parseJson(text)
  if (!parsed.ok || !isObject(parsed.value)) throw new Error('the host sent no JSON object')
  return parsed.value
}

const baseOf = rememberLast((text: string) => {
  const object = objectOfJson(text)
  return { object, yaml: printYaml(object) }
})

const documentOf = rememberLast(objectOfJson)

function schemaOf(schema: SchemaText | null): PatchSchema | null {
  if (schema === null) return null
  const result = openApiPatchSchema(documentOf(schema.document), schema.name)
  return result.ok ? result.value : null
}

function rememberLast<T>(compute: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | null = null
  return text => {
    if (last?.text !== text) last = { text, value: compute(text) }
    return last.value
  }
}
