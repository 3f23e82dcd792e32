import type { Ask } from '../../../contract/browse.ts'
import type { CellColumn } from './column.ts'
import { matchRows } from './filter.ts'
import { type Meaning, meaningOf, type Ranks, rankValues } from './rank.ts'
import type { Rows } from './rows.ts'

/** Which rows pass and in which order, kept as long as nothing it was computed from has changed. */
type Order = {
  /** The places of the rows that pass all words, in order. */
  read(words: readonly string[], sort: Ask['sort']): Uint32Array
}

/** An order over the rows. Without a sort it is the server's: by context, namespace and name. */
export function makeOrder(rows: Rows): Order {
  const ranked = new Map<string, { readonly column: CellColumn; readonly version: number; readonly ranks: Ranks }>()
  let base: { readonly membership: number; readonly rows: Uint32Array; readonly places: Uint32Array } | null = null

  const ranksOf = (name: string, column: CellColumn, meaning: Meaning): Ranks => {
    const key = `${meaning} ${name}`
    const known = ranked.get(key)
    if (known?.column === column && known.version === column.version()) return known.ranks
    const ranks = rankValues(column.values, meaning, known?.ranks)
    ranked.set(key, { column, version: column.version(), ranks })
    return ranks
  }

  // The place of each row in the server's order; every other order falls back on it for equal values.
  const baseOrder = () => {
    if (base?.membership === rows.membership()) return base
    const keys = new Float64Array(rows.count())
    for (const name of ['Context', 'Namespace', 'Name']) {
      const column = rows.column(name)
      if (column !== null) appendRank(keys, column, ranksOf(name, column, 'plain'))
    }
    const inOrder = sortRows(keys)
    const places = new Uint32Array(inOrder.length)
    inOrder.forEach((row, place) => {
      places[row] = place
    })
    base = { membership: rows.membership(), rows: inOrder, places }
    return base
  }

  const sorted = (sort: Ask['sort']): Uint32Array => {
    const { rows: inOrder, places } = baseOrder()
    const column = sort === null ? null : rows.column(sort.column === 'Age' ? 'Created' : sort.column)
    if (sort === null || column === null) return inOrder
    // A young object has a small age and a late time of creation.
    const descending = sort.column === 'Age' ? !sort.descending : sort.descending
    const ranks = ranksOf(sort.column, column, meaningOfSort(sort.column))
    return sortByRank({ count: rows.count(), ids: column.ids(), ranks, descending, inOrder, places })
  }

  return {
    read(words, sort) {
      const all = sorted(sort)
      if (words.length === 0) return all
      const passing = matchRows(rows, words)
      return all.filter(row => passing[row] === 1)
    },
  }
}

function meaningOfSort(column: string): Meaning {
  if (column === 'Age') return 'plain'
  return column === 'Context' || column === 'Namespace' || column === 'Name' ? 'natural' : meaningOf(column)
}

function appendRank(keys: Float64Array, column: CellColumn, { ranks }: Ranks): void {
  const ids = column.ids()
  for (let row = 0; row < keys.length; row++) keys[row] = (keys[row] ?? 0) * ranks.length + (ranks[ids[row] ?? 0] ?? 0)
}

// Each row's number is put behind its key where both fit into a double: plain numbers are sorted natively, several times
// faster than by a comparing function.
function sortRows(keys: Float64Array): Uint32Array {
  const count = keys.length
  const greatest = keys.reduce((most, key) => Math.max(most, key), 0)
  if (greatest * count + count > Number.MAX_SAFE_INTEGER)
    return Uint32Array.from(keys, (_, row) => row).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
  return Uint32Array.from(keys.map((key, row) => key * count + row).sort(), key => key % count)
}

// One number for a row, made of its rank and its place in the base order: sorting plain numbers is native and needs no
// comparing function.
function sortByRank(of: {
  readonly count: number
  readonly ids: Uint32Array
  readonly ranks: Ranks
  readonly descending: boolean
  readonly inOrder: Uint32Array
  readonly places: Uint32Array
}): Uint32Array {
  const { count, ids, ranks, descending, inOrder, places } = of
  const keys = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const rank = ranks.ranks[ids[row] ?? 0] ?? 0
    const directed = descending && rank < ranks.emptyFrom ? ranks.ranks.length - 1 - rank : rank + ranks.ranks.length
    keys[row] = directed * count + (places[row] ?? 0)
  }
  keys.sort()
  return Uint32Array.from(keys, key => inOrder[key % count] ?? 0)
}
