import type { Text } from '@codemirror/state'
import { type IndexPath, pathKey } from '../../core/path.ts'
import { childStart, entriesOf, entryEnd, type NodeStart, rootStart, type TextEntry } from '../edit/place/entries.ts'
import type { TreeRow } from '../edit/side/virtual-tree.tsx'

/** An entry of the text as the outline shows it. */
export type OutlineRow = TreeRow & { readonly path: IndexPath; readonly entry: TextEntry }

/** What the person opened and closed by hand, by `pathKey`. */
export type Toggled = ReadonlyMap<string, boolean>

/** So many rows are opened by themselves, level by level; what hardly anybody edits is not. */
const mostOpened = 120
/** The cursor opens what has no more entries. */
const mostFollowed = 500
const closedAtFirst = new Set(['status', 'managedFields', 'annotations'])

/** The rows of a text's outline that are open, from the top; reads no more of the text than those need. */
export function outlineRows(text: Text, toggled: Toggled, cursor: IndexPath): readonly OutlineRow[] {
  const start = rootStart(text)
  if (start === null) return []
  const opened = openedAtFirst(text)
  const onWay = new Set(cursor.slice(0, -1).map((_, index) => pathKey(cursor.slice(0, index + 1))))
  const rows: OutlineRow[] = []
  const add = (from: NodeStart, path: IndexPath) => {
    for (const entry of entriesOf(text, from)) {
      const own = [...path, entry.step]
      const id = pathKey(own)
      const below = childStart(text, entry)
      const open =
        below === null ? null : (toggled.get(id) ?? (opened.has(id) || (onWay.has(id) && isShort(text, below))))
      rows.push({ id, level: own.length, open, path: own, entry })
      if (below !== null && open === true) add(below, own)
    }
  }
  add(start, [])
  return rows
}

/** Whether a map or list is opened for the cursor: thousands of rows only by hand. */
function isShort(text: Text, start: NodeStart): boolean {
  return (
    entriesOf(text, start)
      .take(mostFollowed + 1)
      .toArray().length <= mostFollowed
  )
}

/** The maps and lists that are open before anybody touched the outline: whole levels, as long as there is room. */
function openedAtFirst(text: Text): ReadonlySet<string> {
  const opened = new Set<string>()
  const start = rootStart(text)
  let level = start === null ? [] : [{ start, path: [] as IndexPath }]
  let room = mostOpened
  while (level.length > 0 && room > 0) {
    const next: typeof level = []
    for (const { start: from, path } of level) {
      const entries = [...entriesOf(text, from).take(room + 1)]
      // What is longer than the room stays closed.
      if (entries.length > room && path.length > 0) continue
      room -= entries.length
      opened.add(pathKey(path))
      for (const entry of entries) {
        const below = closedAtFirst.has(String(entry.step)) ? null : childStart(text, entry)
        if (below !== null) next.push({ start: below, path: [...path, entry.step] })
      }
    }
    level = next
  }
  return opened
}

/** The offsets between which an entry stands, with all that is below it: from the beginning of its line. */
export function rowRange(text: Text, { entry }: OutlineRow): { readonly from: number; readonly to: number } {
  return { from: text.line(entry.line).from, to: text.line(entryEnd(text, entry)).to }
}
