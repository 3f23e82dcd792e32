import { equalJson, type Json, type JsonObject } from './json.ts'
import { isObject } from './object.ts'
import { ok, type Result } from './problem.ts'
import { decodeSecret, encodeSecret, type SecretData, type SecretKeyTwice } from './secret-data.ts'
import { changeText, type TextChange } from './session.ts'
import { readYaml } from './yaml.ts'
import { readDocument } from './yaml-document.ts'
import { editYaml } from './yaml-edit.ts'
import { columnOf, replaceValue } from './yaml-edit-text.ts'
import { isBlock, type TextEntry, textEntries } from './yaml-entries.ts'
import type { YamlProblem } from './yaml-syntax.ts'

/**
 * The changes that make a Secret's text show its values the other way. Comments stay at their keys, and all else stays as
 * it is. Fails with the first problem of a text that cannot be read, and with `secret-key-twice`.
 */
export function showSecretAs(
  text: string,
  as: SecretData,
): Result<readonly TextChange[], YamlProblem | SecretKeyTwice> {
  const reading = readYaml(text)
  if (!reading.ok) return editYaml(text, null)
  if (!isObject(reading.value)) return ok([])
  const to = as === 'decoded' ? ok(decodeSecret(reading.value)) : encodeSecret(reading.value)
  if (!to.ok) return to
  const changes = moveEntries(text, as, reading.value, to.value)
  const reads = changes === null ? null : readYaml(changeText(text, changes))
  if (changes !== null && reads?.ok && equalJson(reads.value, to.value)) return ok(changes)
  return editYaml(text, to.value)
}

/** The part of a text that holds a field of the Secret: its heading, and the lines of each key. */
type Block = { readonly heading: TextEntry; readonly entries: readonly TextEntry[] }

/** The keys that stand in the other field of `to`, with their lines and comments. Null where that cannot be done line by line. */
function moveEntries(text: string, as: SecretData, from: JsonObject, to: JsonObject): readonly TextChange[] | null {
  const [source, target] = as === 'decoded' ? (['data', 'stringData'] as const) : (['stringData', 'data'] as const)
  const document = readDocument(text)
  const fields = document.ok && isBlock(document.root) ? textEntries(document.root) : null
  const block = blockOf(fields, source)
  if (fields === null || block === null || !text.endsWith('\n')) return null
  const values = isObject(to[target]) ? to[target] : {}
  const stays = isObject(to[source]) ? to[source] : {}
  const moving = block.entries.filter(({ key }) => key !== null && !Object.hasOwn(stays, key))
  if (moving.length === 0) return []
  const value = (entry: TextEntry): Json => values[entry.key ?? ''] ?? null
  if (from[target] === undefined && moving.length === block.entries.length) {
    const { start } = block.heading
    const heading = { from: start, to: start + source.length, insert: target }
    return [heading, ...moving.map(entry => changedValue(text, entry, value(entry)))]
  }
  const parts = moving.map(entry => ({ ...linesOf(text, block, entry), entry }))
  const moved = parts.map(part => changedPart(text, part, changedValue(text, part.entry, value(part.entry)))).join('')
  const isEmptied = moving.length === block.entries.length
  const end = linesOf(text, block, block.entries.at(-1)).to
  const removed = isEmptied
    ? [{ from: block.heading.start, to: end, insert: '' }]
    : parts.map(({ from, to }) => ({ from, to, insert: '' }))
  const there = blockOf(fields, target)
  if (from[target] !== undefined) {
    const last = there?.entries.at(-1)
    if (there === null || last === undefined || margin(text, there) !== margin(text, block)) return null
    const at = linesOf(text, there, last).to
    return [...removed, { from: at, to: at, insert: moved }].sort((a, b) => a.from - b.from || a.to - b.to)
  }
  // Removals touch the place at most from the left.
  return [...removed, { from: end, to: end, insert: `${target}:\n${moved}` }]
}

function blockOf(fields: readonly TextEntry[] | null, name: string): Block | null {
  const heading = fields?.find(({ key }) => key === name)
  const entries = heading !== undefined && isBlock(heading.value) ? textEntries(heading.value) : null
  return heading === undefined || entries === null || entries.length === 0 ? null : { heading, entries }
}

function margin(text: string, { entries }: Block): number {
  return columnOf(text, entries[0]?.start ?? 0)
}

/** The lines of a key with the comment lines above it, as far as the lines of the key before. */
function linesOf(
  text: string,
  { heading, entries }: Block,
  entry: TextEntry | undefined,
): { from: number; to: number } {
  const index = entry === undefined ? -1 : entries.indexOf(entry)
  const before = entries[index - 1]
  return {
    from: before === undefined ? lineAfter(text, heading.lead) : lineAfter(text, before.end),
    to: lineAfter(text, entry?.end ?? heading.lead),
  }
}

/** Where the line after an offset begins; a block scalar ends there already. */
function lineAfter(text: string, offset: number): number {
  if (text.charAt(offset - 1) === '\n') return offset
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

/** A value in another's place. The comment behind a block's `|` goes behind a value of one line. */
function changedValue(text: string, entry: TextEntry, to: Json): TextChange {
  const change = replaceValue(text, entry, to, 0)
  const remark = /^[|>][-+\d]*[ \t]+(#.*)/.exec(text.slice(entry.first, lineAfter(text, entry.first)))?.[1]
  if (remark === undefined || change.insert.includes(remark)) return change
  return { ...change, insert: change.insert.replace(/\n?$/, end => ` ${remark.trimEnd()}${end}`) }
}

function changedPart(text: string, part: { from: number; to: number }, { from, to, insert }: TextChange): string {
  return text.slice(part.from, from) + insert + text.slice(Math.min(to, part.to), part.to)
}
