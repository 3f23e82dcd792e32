import { formatAddress, parseAddress } from '../../contract/address.ts'
import type { SavedView } from '../../contract/list-settings.ts'
import type { ListAddress } from '../app/router.ts'

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

/** Whether a view is what is on screen. */
export function isShown({ address }: SavedView, list: ListAddress | null): boolean {
  return list !== null && formatAddress(list) === address
}
