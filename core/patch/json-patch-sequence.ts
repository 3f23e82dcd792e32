import { type Ground, itemGround } from '../identity.ts'
import type { Json } from '../json.ts'
import { matchLines } from '../text-match.ts'
import { type Operation, pointerTo } from './json-patch.ts'
import { append, aside, guard, type PatchDraft } from './json-patch-draft.ts'

type Values = readonly Json[]

/**
 * Turns a list whose items have no identity into another: by edits around what both have in common, or as a whole where
 * that is shorter. Guarded, the whole list is tested: nothing less tells that an index still means the same item.
 */
export function changeSequence(draft: PatchDraft, from: Values, to: Values, ground: Ground, at: string): void {
  if (draft.table.kindOf(from) === draft.table.kindOf(to)) return
  guard(draft, at, from)
  const whole: Operation = { op: 'replace', path: at, value: to }
  append(draft, shorter(draft, editsOf(draft, from, to, ground, at), [whole]))
}

function shorter(draft: PatchDraft, a: readonly Operation[], b: readonly Operation[]): readonly Operation[] {
  return draft.table.sizeOf(a) <= draft.table.sizeOf(b) ? a : b
}

/** A list being edited from front to back: the next item's index, and how many items there now are. */
type Editing = {
  readonly draft: PatchDraft
  readonly ground: Ground
  readonly at: string
  readonly edits: Operation[]
  index: number
  length: number
}

function editsOf(draft: PatchDraft, from: Values, to: Values, ground: Ground, at: string): readonly Operation[] {
  const editing: Editing = { draft, ground, at, edits: [], index: 0, length: from.length }
  let [i, j] = [0, 0]
  // The ends of both lists are partners, too.
  for (const [place, partner] of [...partnersOf(draft, from, to), to.length].entries()) {
    if (partner < 0) continue
    editGap(editing, from.slice(i, place), to.slice(j, partner))
    i = place + 1
    j = partner + 1
    editing.index++
  }
  return editing.edits
}

/** For each item of `from` the index of its equal in `to`, or -1. */
function partnersOf({ table }: PatchDraft, from: Values, to: Values): Int32Array {
  const numbers = new Map<number, number>()
  const [a, b] = [from, to].map(list =>
    Int32Array.from(list, item => {
      const kind = table.kindOf(item)
      const number = numbers.get(kind) ?? numbers.size
      numbers.set(kind, number)
      return number
    }),
  )
  return matchLines(a ?? new Int32Array(), b ?? new Int32Array(), numbers.size)
}

/** What stands between two common items: one becomes the other as far as both go, the rest goes or comes. */
function editGap(editing: Editing, removed: Values, added: Values): void {
  const { at, edits } = editing
  for (const [offset, from] of removed.entries()) {
    const to = added[offset]
    if (to === undefined) {
      edits.push({ op: 'remove', path: pointerTo(at, editing.index) })
      editing.length--
    } else editItem(editing, from, to)
  }
  for (const value of added.slice(removed.length)) {
    edits.push({ op: 'add', path: pointerTo(at, editing.index === editing.length ? '-' : editing.index), value })
    editing.index++
    editing.length++
  }
}

function editItem(editing: Editing, from: Json, to: Json): void {
  const { draft, ground, edits } = editing
  const at = pointerTo(editing.at, editing.index++)
  const inside = aside(draft, false)
  draft.change(inside, from, to, itemGround(ground, from, to), at)
  for (const edit of shorter(draft, inside.operations, [{ op: 'replace', path: at, value: to }])) edits.push(edit)
}
