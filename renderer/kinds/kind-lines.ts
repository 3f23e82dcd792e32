import type { ServedKind } from '../../contract/kinds.ts'
import { type KindGroup, kindKey } from '../browse/kind-groups.ts'

/** One line of the panel: a group's heading, or a kind in it. `key` is its own, also where a kind stands in several groups. */
export type KindLine =
  | { readonly type: 'heading'; readonly key: string; readonly group: KindGroup; readonly open: boolean }
  | {
      readonly type: 'kind'
      readonly key: string
      readonly kind: ServedKind
      readonly groupId: string
      /** Its place among the favourites where it stands under them, else null. */
      readonly favourite: number | null
      /** Whether its API group has to be said, as no heading says it. */
      readonly withGroup: boolean
    }

/** The lines of the panel: every group's heading, and the kinds of those that are open. */
export function kindLines(groups: readonly KindGroup[], isOpen: (group: KindGroup) => boolean): readonly KindLine[] {
  return groups.flatMap(group => {
    const open = isOpen(group)
    const kinds = open ? linesOf(group) : []
    // What was found by a text stands under no heading.
    if (group.id === 'found') return kinds
    return [{ type: 'heading' as const, key: group.id, group, open }, ...kinds]
  })
}

function linesOf({ id, group, kinds }: KindGroup): readonly KindLine[] {
  return kinds.map((kind, place) => ({
    type: 'kind',
    key: `${id} ${kindKey(kind)}`,
    kind,
    groupId: id,
    favourite: id === 'favourites' ? place : null,
    withGroup: group === null,
  }))
}

/** The line where the kind on screen is marked: it may be a favourite and stand in its API group as well. */
export function markedLine(lines: readonly KindLine[], key: string): string | null {
  return lines.find(line => line.type === 'kind' && kindKey(line.kind) === key)?.key ?? null
}

/** The settings' favourites with one put before or after another; the very same list where nothing moves. */
export function moveFavourite(favourites: readonly string[], key: string, to: string): readonly string[] {
  const from = favourites.indexOf(key)
  const target = favourites.indexOf(to)
  if (from < 0 || target < 0 || from === target) return favourites
  return favourites.toSpliced(from, 1).toSpliced(target, 0, key)
}
