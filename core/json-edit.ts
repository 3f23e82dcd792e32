import { equalJson, type Json, type JsonObject } from './json.ts'
import type { JsonEntry, JsonNode } from './json-reader.ts'
import { printJsonLine, printJsonText, readJsonText } from './json-text.ts'
import { isList, isObject } from './object.ts'
import { compareText } from './patch/values.ts'
import { fail, ok, type Result, type TextProblem } from './problem.ts'
import { changeText, type TextChange } from './session.ts'
import type { ItemKey } from './yaml-edit.ts'
import { alignItems } from './yaml-edit-items.ts'
import type { PlainPath } from './yaml-ranges.ts'

/**
 * The changes that make a person's JSON say `to`. Only what differs is touched: order and layout stay elsewhere. The
 * result is read back; where it does not say `to`, the whole text is replaced. Fails with the first problem of a text
 * that cannot be read.
 */
export function editJson(
  text: string,
  to: Json,
  itemKey: ItemKey = () => null,
): Result<readonly TextChange[], TextProblem> {
  const reading = readJsonText(text)
  if (!reading.ok) {
    const [problem] = reading.problems
    if (problem === undefined) throw new Error('a text that was refused without a problem')
    return fail(problem)
  }
  const changes = inOrder(editNode({ text, itemKey }, reading.root, to, []))
  const edited = readJsonText(changeText(text, changes))
  if (edited.ok && equalJson(edited.value, to)) return ok(changes)
  return ok([{ from: 0, to: text.length, insert: `${printJsonText(to)}\n` }])
}

type Place = { readonly text: string; readonly itemKey: ItemKey }

/** What becomes of the parts of an object or list: an old one stays, with another value or the same, goes, or a new one comes. */
type PartStep =
  | { readonly kind: 'keep'; readonly entry: JsonEntry; readonly to: Json }
  | { readonly kind: 'remove'; readonly entry: JsonEntry }
  | { readonly kind: 'add'; readonly key: string | null; readonly to: Json }

function editNode(place: Place, node: JsonNode, to: Json, path: PlainPath): readonly TextChange[] {
  if (equalJson(node.value, to)) return []
  const steps = stepsOf(place, node, to, path)
  if (steps === null || !steps.some(({ kind }) => kind === 'keep')) return [replaced(place.text, node, to)]
  return [
    ...steps.flatMap(step =>
      step.kind === 'keep' ? editNode(place, step.entry.node, step.to, [...path, step.entry.step]) : [],
    ),
    ...placed(place.text, node, steps),
  ]
}

function stepsOf(place: Place, { value, entries }: JsonNode, to: Json, path: PlainPath): readonly PartStep[] | null {
  if (entries === null) return null
  if (isObject(value) && isObject(to)) return keySteps(entries, value, to)
  if (!isList(value) || !isList(to)) return null
  return alignItems(value, to, item => place.itemKey(path, item)).flatMap((step): PartStep[] => {
    if (step.kind === 'add') return [{ kind: 'add', key: null, to: to[step.to] ?? null }]
    const entry = entries[step.from]
    if (entry === undefined) return []
    return [step.kind === 'remove' ? { kind: 'remove', entry } : { kind: 'keep', entry, to: to[step.to] ?? null }]
  })
}

/** New keys come where kubectl's order has them, or behind all others in a text that is in another order. */
function keySteps(entries: readonly JsonEntry[], from: JsonObject, to: JsonObject): readonly PartStep[] {
  const steps: PartStep[] = entries.map(entry => {
    const key = String(entry.step)
    return Object.hasOwn(to, key) ? { kind: 'keep', entry, to: to[key] ?? null } : { kind: 'remove', entry }
  })
  const keys = entries.map(({ step }) => String(step))
  const sorted = keys.every((key, index) => index === 0 || compareText(keys[index - 1] ?? '', key) < 0)
  const added = Object.keys(to).filter(key => !Object.hasOwn(from, key))
  for (const key of added.sort(compareText)) {
    const before = sorted ? steps.findLastIndex(step => compareText(keyOf(step), key) < 0) : steps.length - 1
    steps.splice(before + 1, 0, { kind: 'add', key, to: to[key] ?? null })
  }
  return steps
}

function keyOf(step: PartStep): string {
  return step.kind === 'add' ? (step.key ?? '') : String(step.entry.step)
}

/** The changes that take parts away and put others in. Each comma goes with the part whose neighbour stays. */
function placed(text: string, node: JsonNode, steps: readonly PartStep[]): readonly TextChange[] {
  const entries = node.entries ?? []
  const firstKept = steps.find(step => step.kind === 'keep')?.entry
  if (firstKept === undefined) throw new Error('parts are placed beside one that stays')
  const indices = new Map(entries.map((entry, index) => [entry, index]))
  const gap = gapBefore(text, node, firstKept)
  const changes: TextChange[] = []
  let kept: JsonEntry | null = null
  for (const step of steps) {
    if (step.kind === 'keep') kept = step.entry
    else if (step.kind === 'add') {
      const printed = printPart(step.key, step.to, gap)
      const at = kept === null ? startOf(firstKept) : kept.node.to
      changes.push({ from: at, to: at, insert: kept === null ? `${printed},${gap}` : `,${gap}${printed}` })
    } else {
      const index = indices.get(step.entry) ?? 0
      const [previous, next] = [entries[index - 1], entries[index + 1]]
      if (kept !== null && previous !== undefined)
        changes.push({ from: previous.node.to, to: step.entry.node.to, insert: '' })
      else if (next !== undefined) changes.push({ from: startOf(step.entry), to: startOf(next), insert: '' })
    }
  }
  return changes
}

function startOf({ key, node }: JsonEntry): number {
  return (key ?? node).from
}

/** What stands between a comma and the next part: a blank, or a line break and its margin. */
function gapBefore(text: string, node: JsonNode, entry: JsonEntry): string {
  const line = text.lastIndexOf('\n', startOf(entry))
  if (line < node.from) return ' '
  const margin = /^[ \t]*/.exec(text.slice(line + 1, startOf(entry)))?.[0] ?? ''
  return `\n${margin}`
}

function printPart(key: string | null, value: Json, gap: string): string {
  const printed = gap === ' ' ? printJsonLine(value) : printJsonText(value, gap.length - 1)
  return key === null ? printed : `${JSON.stringify(key)}: ${printed}`
}

/** Another value in the place of one: over several lines, unless it stands inside a line with others. */
function replaced(text: string, { from, to }: JsonNode, value: Json): TextChange {
  const line = text.lastIndexOf('\n', from - 1) + 1
  const before = text.slice(line, from)
  const margin = /^ */.exec(before)?.[0].length ?? 0
  const alone = /^ *("(?:[^"\\]|\\.)*": ?)?$/.test(before)
  return { from, to, insert: alone ? printJsonText(value, margin) : printJsonLine(value) }
}

function inOrder(changes: readonly TextChange[]): readonly TextChange[] {
  return [...changes].sort((a, b) => a.from - b.from || a.to - b.to)
}
