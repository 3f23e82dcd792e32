import type { ListAddress } from '../app/router.ts'

const changedTerm = /(^|\s)changed:\S+/

/** Whether a list shows only what changed of late. */
export function isRecent({ filter }: Pick<ListAddress, 'filter'>): boolean {
  return changedTerm.test(filter)
}

/** The list with only what changed in the last hour, the latest first; who did it is then shown beside it. */
export function lastHour(list: ListAddress): ListAddress {
  const filter = list.filter.replace(changedTerm, '').trim()
  return {
    ...list,
    filter: filter === '' ? 'changed:1h' : `${filter} changed:1h`,
    sort: { column: 'Changed', descending: true },
  }
}

/** The list with what has not changed, too, in the order that it had (`sort`) before. */
export function notRecent(list: ListAddress, sort: ListAddress['sort']): ListAddress {
  const filter = list.filter.replace(changedTerm, '').trim()
  return { ...list, filter, sort: list.sort?.column === 'Changed' ? sort : list.sort }
}
