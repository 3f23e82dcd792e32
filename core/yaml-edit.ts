import { equalJson, type Json, type JsonObject } from './json.ts'
import { isList, isObject } from './object.ts'
import { fail, ok, type Result } from './problem.ts'
import { changeText, type TextChange } from './session.ts'
import { printYaml, readYaml } from './yaml.ts'
import { readDocument } from './yaml-document.ts'
import { alignItems } from './yaml-edit-items.ts'
import {
  columnOf,
  insertAfter,
  insertBefore,
  isFirstInLine,
  removeEntry,
  replaceFlowValue,
  replaceValue,
} from './yaml-edit-text.ts'
import { isBlock, isFlow, type TextEntry, textEntries } from './yaml-entries.ts'
import { compareKeys } from './yaml-key-order.ts'
import type { YamlNode } from './yaml-nodes.ts'
import { isFilled, printEntry, printFlow, printFlowEntry, printItem } from './yaml-print.ts'
import type { PlainPath } from './yaml-ranges.ts'
import type { YamlProblem } from './yaml-syntax.ts'

/** Names an item of the list at `path`, so that it is recognised after a change; null where it has no name. */
export type ItemKey = (path: PlainPath, item: Json) => string | null

/**
 * The changes that make a person's text read as `to`. Only ranges that differ are touched: comments, order, layout and
 * quotes stay elsewhere. The result is read back; where a small change does not give `to`, larger parts are replaced, in
 * the end the whole text. Fails with the first problem of a text that cannot be read.
 */
export function editYaml(
  text: string,
  to: Json,
  itemKey: ItemKey = () => null,
): Result<readonly TextChange[], YamlProblem> {
  // A last line without its break would have to be minded wherever something is put behind it.
  const whole = text.endsWith('\n') || text === '' ? text : `${text}\n`
  const document = readDocument(whole)
  if (!document.ok) {
    const [problem] = document.problems
    if (problem === undefined) throw new Error('a text that was refused without a problem')
    return fail(problem)
  }
  if (equalJson(document.value, to)) {
    // The line break that is missing may be part of a block at the end.
    return ok(readsAs(text, to) ? [] : [{ from: text.length, to: text.length, insert: '\n' }])
  }
  for (const deepest of [Number.POSITIVE_INFINITY, 4, 3, 2, 1, 0]) {
    const edited = new Editor(whole, itemKey, deepest).edit(document.root, document.value, to)
    const changes = inStyle(text, joined(edited.map(change => clipped(change, text.length))))
    if (readsAs(changeText(text, changes), to)) return ok(changes)
  }
  return ok([{ from: 0, to: text.length, insert: printYaml(to) }])
}

function readsAs(text: string, value: Json): boolean {
  const reading = readYaml(text)
  return reading.ok && equalJson(reading.value, value)
}

/** A change of the text with its last line break as one of the text without. */
function clipped({ from, to, insert }: TextChange, length: number): TextChange {
  if (from > length) return { from: length, to: length, insert: `\n${insert}` }
  return { from, to: Math.min(to, length), insert }
}

/** Touching changes as one, in order of the text. */
function joined(changes: readonly TextChange[]): readonly TextChange[] {
  const result: TextChange[] = []
  for (const change of [...changes].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1)
    if (last !== undefined && last.to === change.from) {
      result[result.length - 1] = { from: last.from, to: change.to, insert: last.insert + change.insert }
    } else result.push(change)
  }
  return result
}

function inStyle(text: string, changes: readonly TextChange[]): readonly TextChange[] {
  if (!text.includes('\r\n')) return changes
  return changes.map(change => ({ ...change, insert: change.insert.replaceAll('\n', '\r\n') }))
}

class Editor {
  private readonly text: string
  private readonly itemKey: ItemKey
  /** How many steps below the root a change may be made on its own; deeper ones replace what holds them. */
  private readonly deepest: number
  private readonly changes: TextChange[] = []
  private listIndent = 0

  constructor(text: string, itemKey: ItemKey, deepest: number) {
    this.text = text
    this.itemKey = itemKey
    this.deepest = deepest
  }

  edit(root: YamlNode | null, from: Json, to: Json): readonly TextChange[] {
    this.listIndent = listIndentOf(root, this.text)
    if (root === null || !this.editInside(root, from, to, [])) this.replaceRoot(root, to)
    return this.changes
  }

  private replaceRoot(root: YamlNode | null, to: Json): void {
    const start = root === null ? this.text.length : root.from
    const end = root === null ? start : root.to
    const printed = printYaml(to)
    const needsBreak = start > 0 && !isFirstInLine(this.text, start) && isFilled(to)
    const keepsEnd = end < this.text.length && this.text.charAt(end - 1) !== '\n'
    this.changes.push({
      from: start,
      to: end,
      insert: (needsBreak ? '\n' : '') + (keepsEnd ? printed.slice(0, -1) : printed),
    })
  }

  /** Edits the parts of a collection; false when it must be replaced as a whole. */
  private editInside(node: YamlNode, from: Json, to: Json, path: PlainPath): boolean {
    if (path.length >= this.deepest || !isFilled(from) || !isFilled(to)) return false
    const entries = textEntries(node)
    if (entries === null || entries.length === 0) return false
    if (isObject(from) && isObject(to)) return this.editMap(entries, isFlow(node), from, to, path)
    if (isList(from) && isList(to)) return this.editList(entries, isFlow(node), from, to, path)
    return false
  }

  private editMap(
    entries: readonly TextEntry[],
    flow: boolean,
    from: JsonObject,
    to: JsonObject,
    path: PlainPath,
  ): boolean {
    const kept = entries.filter(({ key }) => key !== null && Object.hasOwn(to, key))
    if (kept.length === 0) return false
    const added = Object.keys(to)
      .filter(key => !Object.hasOwn(from, key))
      .sort(compareKeys)
    for (const [index, entry] of entries.entries()) {
      const key = entry.key ?? ''
      if (Object.hasOwn(to, key)) this.editEntry(entry, flow, from[key] ?? null, to[key] ?? null, [...path, key])
      else if (!flow) this.changes.push(removeEntry(this.text, entry, entries[index + 1]))
    }
    if (flow)
      this.editFlow(
        entries,
        kept,
        added.map(key => ({ after: kept.at(-1), insert: printFlowEntry(key, to[key] ?? null) })),
      )
    else for (const key of added) this.insertEntry(kept, entries, key, to[key] ?? null)
    return true
  }

  private insertEntry(kept: readonly TextEntry[], all: readonly TextEntry[], key: string, value: Json): void {
    const column = columnOf(this.text, all[0]?.start ?? 0)
    const block = printEntry(key, value, { indent: column, column, listIndent: this.listIndent })
    const isSorted = kept.every(
      ({ key: own }, index) => index === 0 || compareKeys(kept[index - 1]?.key ?? '', own ?? '') < 0,
    )
    const before = isSorted ? kept.findLast(entry => compareKeys(entry.key ?? '', key) < 0) : kept.at(-1)
    const first = all[0]
    if (before !== undefined) this.changes.push(insertAfter(this.text, before, block, column))
    else if (first !== undefined) this.changes.push(insertBefore(this.text, first, block, column, false))
  }

  private editList(
    entries: readonly TextEntry[],
    flow: boolean,
    from: readonly Json[],
    to: readonly Json[],
    path: PlainPath,
  ): boolean {
    const steps = alignItems(from, to, item => this.itemKey(path, item))
    if (entries.length !== from.length || !steps.some(({ kind }) => kind === 'keep')) return false
    const column = columnOf(this.text, entries[0]?.start ?? 0)
    const kept: TextEntry[] = []
    const added: { after: TextEntry | undefined; insert: string }[] = []
    for (const step of steps) {
      if (step.kind === 'add') {
        const item = to[step.to] ?? null
        const spot = { indent: column, column, listIndent: this.listIndent }
        added.push({ after: kept.at(-1), insert: flow ? printFlow(item) : printItem(item, spot) })
        continue
      }
      const entry = entries[step.from]
      if (entry === undefined) continue
      if (step.kind === 'remove') {
        if (!flow) this.changes.push(removeEntry(this.text, entry, entries[step.from + 1]))
        continue
      }
      kept.push(entry)
      this.editEntry(entry, flow, from[step.from] ?? null, to[step.to] ?? null, [...path, step.from])
    }
    if (flow) this.editFlow(entries, kept, added)
    else this.insertItems(entries, added, column)
    return true
  }

  private insertItems(
    entries: readonly TextEntry[],
    added: readonly { after: TextEntry | undefined; insert: string }[],
    column: number,
  ): void {
    const [first] = entries
    for (const { after, insert } of added) {
      if (after !== undefined) this.changes.push(insertAfter(this.text, after, insert, column))
      else if (first !== undefined) this.changes.push(insertBefore(this.text, first, insert, column, true))
    }
  }

  /** Removes and adds parts between braces or brackets, where each comma belongs to the part before it. */
  private editFlow(
    entries: readonly TextEntry[],
    kept: readonly TextEntry[],
    added: readonly { after: TextEntry | undefined; insert: string }[],
  ): void {
    const lastKept = kept.at(-1)
    for (const [index, entry] of entries.entries()) {
      if (kept.includes(entry)) continue
      const next = entries[index + 1]
      const isBehind = lastKept !== undefined && entry.start > lastKept.start
      const previous = entries[index - 1]
      if (isBehind && previous !== undefined) this.changes.push({ from: previous.end, to: entry.end, insert: '' })
      else if (next !== undefined) this.changes.push({ from: entry.start, to: next.start, insert: '' })
    }
    for (const { after, insert } of added) {
      const at = after?.end ?? entries[0]?.start ?? 0
      this.changes.push({ from: at, to: at, insert: after === undefined ? `${insert}, ` : `, ${insert}` })
    }
  }

  private editEntry(entry: TextEntry, flow: boolean, from: Json, to: Json, path: PlainPath): void {
    if (equalJson(from, to)) return
    if (this.editInside(entry.value, from, to, path)) return
    this.changes.push(flow ? replaceFlowValue(entry, to) : replaceValue(this.text, entry, to, this.listIndent))
  }
}

/** How the text indents lists under their keys: by its first one; 0 where there is none. */
function listIndentOf(node: YamlNode | null, text: string): number {
  for (const entry of isBlock(node) ? (textEntries(node) ?? []) : []) {
    const [first] = (isBlock(entry.value) && textEntries(entry.value)) || []
    if (first === undefined) continue
    const difference = columnOf(text, first.start) - columnOf(text, entry.start)
    if (entry.key !== null && first.key === null) return Math.max(difference, 0)
    const inner = listIndentOf(entry.value, text)
    if (inner > 0) return inner
  }
  return 0
}
