import { formatAddress, parseAddress } from '../../contract/address.ts'
import type { Settings } from '../../contract/app.ts'
import type { Layout, SavedView } from '../../contract/list-settings.ts'
import type { ListAddress } from '../app/router.ts'
import { usualLayout } from './list-columns.ts'

/** The columns that a list shows where its address leaves them to its reader. */
export function layoutOf({ scope, columns }: ListAddress, looks: Settings['listLooks']): Layout {
  return columns ?? looks[kindOf(scope)]?.columns ?? usualLayout
}

/** What the lists of a kind are remembered by: the notation of favourites. */
export function kindOf({ group, resource }: ListAddress['scope']): string {
  return `${group}/${resource}`
}

/** The list with all that is seen of it in its address: what others open looks the same. */
export function wholeList(list: ListAddress, looks: Settings['listLooks']): ListAddress {
  return { ...list, columns: layoutOf(list, looks) }
}

/** The views with this list under a name; one of that name makes way for it and leaves it its place. */
export function savedAs(views: readonly SavedView[], name: string, list: ListAddress): SavedView[] {
  const saved = { name, address: formatAddress(list) }
  const at = views.findIndex(view => view.name === name)
  return at < 0 ? [...views, saved] : views.with(at, saved)
}

/** The views with one called otherwise; another one of that name is replaced by it. */
export function renamed(views: readonly SavedView[], from: string, to: string): SavedView[] {
  if (from === to) return [...views]
  return views.filter(view => view.name !== to).map(view => (view.name === from ? { ...view, name: to } : view))
}

/** The list that a view shows; null where its address is none (of another version, or written by hand). */
export function viewList({ address }: SavedView): ListAddress | null {
  const parsed = parseAddress(address)
  return parsed?.kind === 'list' ? parsed : null
}

/** Whether a view is the list on screen. */
export function isShown({ address }: SavedView, list: ListAddress | null, looks: Settings['listLooks']): boolean {
  return list !== null && formatAddress(wholeList(list, looks)) === address
}
