import type { Ask } from '../../../contract/browse.ts'
import type { CellColumn } from './column.ts'
import { type Matched, matchesAll, matchRows } from './filter.ts'
import { type Meaning, meaningOf, type Ranks, rankValues } from './rank.ts'
import type { Rows } from './rows.ts'

/** Begins the name of a column that shows a label, before its key. */
export const labelPrefix = 'label:'

/** Which rows pass and in which order, kept as long as nothing it was computed from has changed. */
type Order = {
  /** The places of the rows that pass at the time `now`, in order. */
  read(asked: Matched, sort: Ask['sort'], now: number): Uint32Array
}

type Ranked = Pick<CellColumn, 'values' | 'ids' | 'version'>

/** What rows are sorted by: whole numbers below `end`; from `emptyFrom` on they are of empty values, which come last. */
type SortKeys = { readonly keys: Float64Array; readonly emptyFrom: number; readonly end: number }

/** An order over the rows. Without a sort it is the server's: by context, namespace and name. */
export function makeOrder(rows: Rows): Order {
  const ranked = new Map<
    string,
    { readonly values: Ranked['values']; readonly version: number; readonly ranks: Ranks }
  >()
  let base: { readonly membership: number; readonly rows: Uint32Array; readonly places: Uint32Array } | null = null

  const ranksOf = (name: string, { values, version }: Ranked, meaning: Meaning): Ranks => {
    const key = `${meaning} ${name}`
    const known = ranked.get(key)
    if (known?.values === values && known.version === version()) return known.ranks
    const ranks = rankValues(values, meaning, known?.ranks)
    ranked.set(key, { values, version: version(), ranks })
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

  const sortKeys = (name: string): SortKeys | null => {
    const count = rows.count()
    if (name === 'Age') return timeKeys(rows.created.times(), count)
    if (name === 'Changed') return timeKeys(rows.changed.times(), count)
    if (name.startsWith(labelPrefix)) {
      const { values, sets } = rows.labels
      const column = { values: values(name.slice(labelPrefix.length)), ids: sets.ids, version: sets.version }
      return rankKeys(column, ranksOf(name, column, 'natural'), count)
    }
    const column = rows.column(name)
    return column === null ? null : rankKeys(column, ranksOf(name, column, meaningOfSort(name)), count)
  }

  const sorted = (sort: Ask['sort']): Uint32Array => {
    const { rows: inOrder, places } = baseOrder()
    const keys = sort === null ? null : sortKeys(sort.column)
    if (sort === null || keys === null) return inOrder
    // A young object has a small age and a late time of creation.
    const descending = sort.column === 'Age' ? !sort.descending : sort.descending
    return sortByKeys({ ...keys, descending, inOrder, places })
  }

  return {
    read(asked, sort, now) {
      const all = sorted(sort)
      if (matchesAll(asked)) return all
      const passing = matchRows(rows, asked, now)
      return all.filter(row => passing[row] === 1)
    },
  }
}

function meaningOfSort(column: string): Meaning {
  const isName = ['Context', 'Namespace', 'Name', 'Changed By'].includes(column)
  return isName ? 'natural' : meaningOf(column)
}

function rankKeys(column: Ranked, { ranks, emptyFrom }: Ranks, count: number): SortKeys {
  const ids = column.ids()
  const keys = new Float64Array(count)
  for (let row = 0; row < count; row++) keys[row] = ranks[ids[row] ?? 0] ?? 0
  return { keys, emptyFrom, end: ranks.length }
}

// The server's times are whole seconds; in milliseconds a time and a place would not fit into a double.
function timeKeys(times: Float64Array, count: number): SortKeys {
  const emptyFrom = 2 ** 33
  const keys = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const seconds = Math.floor((times[row] ?? Number.NaN) / 1_000)
    keys[row] = seconds >= 0 && seconds < emptyFrom ? seconds : emptyFrom
  }
  return { keys, emptyFrom, end: emptyFrom + 1 }
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

// One number for a row, made of its key and its place in the base order: sorting plain numbers is native and needs no
// comparing function.
function sortByKeys(
  of: SortKeys & { readonly descending: boolean; readonly inOrder: Uint32Array; readonly places: Uint32Array },
): Uint32Array {
  const { keys, emptyFrom, end, descending, inOrder, places } = of
  const count = keys.length
  for (let row = 0; row < count; row++) {
    const key = keys[row] ?? 0
    const directed = descending && key < emptyFrom ? end - 1 - key : key + end
    keys[row] = directed * count + (places[row] ?? 0)
  }
  keys.sort()
  return Uint32Array.from(keys, key => inOrder[key % count] ?? 0)
}
