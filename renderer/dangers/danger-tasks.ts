import { type Danger, type DangerFacts, type DangerId, danger, type Severity } from '../../core/dangers/danger.ts'
import { findDangers } from '../../core/dangers/find.ts'
import type { KeptField } from '../../core/dangers/kept-fields.ts'
import { takeBack } from '../../core/dangers/take-back.ts'
import { findHiddenCharacters } from '../../core/hidden-characters.ts'
import { identityPath } from '../../core/identity.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import type { PatchSchema } from '../../core/patch/schema.ts'
import { formatPath, indexPath, type Path, valueAt } from '../../core/path.ts'
import type { TextChange } from '../../core/session.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import type { YamlRanges } from '../../core/yaml-ranges.ts'
import {
  itemKeyIn,
  objectOfJson,
  objectOfYaml,
  readText,
  rememberLast,
  type SchemaText,
  schemaOf,
} from '../edit/text-objects.ts'

/** What the dangers of a text are looked for in. */
type Ground = {
  /** JSON of what the text is compared with, and what a manifest said last, as YAML or JSON; both null where there is nothing yet. */
  readonly base: string | null
  readonly applied: string | null
  readonly text: string
  readonly schema: SchemaText | null
}

export type DangersTask = Ground & {
  readonly kind: 'dangers'
  /** Dangers that are not to be told of. */
  readonly off: readonly string[]
  /** The fields whose own rules let them never change. */
  readonly kept: readonly KeptField[]
  /** Hidden characters of the whole text, not only those that the change brought. */
  readonly everyHidden: boolean
}

/** One place of a text to be again as it was. */
export type TakeBackTask = Ground & { readonly kind: 'takeBack'; readonly path: Path }

/** What can be done about a danger: changes of the text; or the place put back as it was, where it was another before. */
export type DangerFix =
  | { readonly kind: 'change'; readonly changes: readonly TextChange[] }
  | { readonly kind: 'takeBack'; readonly path: Path }

/** A danger at its place in the text. `place` is its path in kubectl's words. */
export type FoundDanger = {
  readonly id: DangerId
  readonly severity: Severity
  readonly facts: DangerFacts
  readonly place: string
  readonly from: number
  readonly to: number
  readonly fix: DangerFix | null
}

/** What may go wrong by the change of a text; null where it cannot be read. */
export function lookForDangers(task: DangersTask): readonly FoundDanger[] | null {
  const { text } = task
  const read = readText(text)
  if (!read.ok || !isObject(read.value)) return null
  const reading = {
    text,
    before: formerOf(task),
    after: read.value,
    schema: schemaOf(task.schema),
    ranges: read.ranges,
  }
  const off = new Set(task.off)
  const found = findDangers(reading.before, reading.after, reading.schema, { off, kept: task.kept }).map(one =>
    place(one, reading),
  )
  return off.has('hidden-character') ? found : [...hiddenIn(reading, task.everyHidden), ...found]
}

/** The changes of a text that put one place back as it was; null where the text cannot be read any more. */
export function takeBackInText(task: TakeBackTask): readonly TextChange[] | null {
  const read = objectOfYaml(task.text)
  if (!read.ok) return null
  const schema = schemaOf(task.schema)
  const target = takeBack(formerOf(task), read.value, task.path, schema)
  const edited = editYaml(task.text, target, itemKeyIn(target, schema))
  return edited.ok ? edited.value : null
}

const baseOf = rememberLast(objectOfJson)

function formerOf({ base, applied }: Ground): JsonObject | null {
  if (base !== null) return baseOf(base)
  const read = applied === null ? null : objectOfYaml(applied)
  return read?.ok ? read.value : null
}

type Reading = {
  readonly text: string
  readonly before: JsonObject | null
  readonly after: JsonObject
  readonly schema: PatchSchema | null
  readonly ranges: YamlRanges
}

function place(found: Danger, reading: Reading): FoundDanger {
  const { id, severity, facts, path } = found
  const { from, to } = rangeOf(path, reading)
  return { id, severity, facts, place: formatPath(path), from, to, fix: fixOf(found, from, to, reading) }
}

/** Where a danger stands: the scalar that it is about, else the key; of what is gone, the place that held it. */
function rangeOf(path: Path, { after, schema, ranges }: Reading): { readonly from: number; readonly to: number } {
  for (let length = path.length; length > 0; length--) {
    const index = indexPath(after, path.slice(0, length), schema)
    const range = index === null ? null : ranges.of(index)
    if (index === null || range === null) continue
    const value = valueAt(after, index)
    const isScalar = typeof value !== 'object' || value === null
    if (length === path.length && isScalar && range.value.to > range.value.from) return range.value
    return range.key ?? firstLine(range.entry)
  }
  return { from: 0, to: 0 }
}

/** An item of a list has no key: its beginning stands for it. */
function firstLine({ from, to }: { readonly from: number; readonly to: number }) {
  return { from, to: Math.min(to, from + 1) }
}

function fixOf(found: Danger, from: number, to: number, { before, after, schema, text }: Reading): DangerFix | null {
  const { id, facts, path } = found
  if (id === 'look-alike') {
    const at = text.slice(from, to).indexOf(String(facts.word))
    if (at < 0) return null
    const start = from + at
    const change = { from: start, to: start + String(facts.word).length, insert: String(facts.meant) }
    return { kind: 'change', changes: [change] }
  }
  if (before === null || path.some(step => typeof step === 'number')) return null
  const isOther = valueAt(before, path, schema) !== valueAt(after, path, schema)
  return isOther ? { kind: 'takeBack', path } : null
}

/** Characters that nobody sees: those that the change brought, or all. */
function hiddenIn(reading: Reading, every: boolean): readonly FoundDanger[] {
  const { text } = reading
  return findHiddenCharacters(text).flatMap(({ range: { from, to }, name }) => {
    if (!every && wasThere(text.slice(from, to), from, reading)) return []
    const { id, severity, facts } = danger('hidden-character', [], { name })
    const fix: DangerFix = { kind: 'change', changes: [{ from, to, insert: name.endsWith(' space') ? ' ' : '' }] }
    // What is drawn in place of the character has no underline: its neighbours get it.
    const [left, right] = [text[from - 1] ?? '\n', text[to] ?? '\n']
    const around = { from: left === '\n' ? from : from - 1, to: right === '\n' ? to : to + 1 }
    return [{ id, severity, facts, place: '', ...around, fix }]
  })
}

/** Whether the field around a character had it before. In a comment it is new: objects have none. */
function wasThere(character: string, offset: number, { before, after, schema, ranges }: Reading): boolean {
  const path = ranges.at(offset)
  const key = path.at(-1)
  const [was, is] = [before, after].map(object =>
    object === null ? undefined : valueAt(object, identityPath(after, path, schema), schema),
  )
  if (typeof key === 'string' && key.includes(character)) return was !== undefined
  return countIn(is, character) > 0 && countIn(is, character) <= countIn(was, character)
}

function countIn(value: Json | undefined, character: string): number {
  return typeof value === 'string' ? value.split(character).length - 1 : 0
}
