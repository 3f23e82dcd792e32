import { createContext, useContext, useSyncExternalStore } from 'react'
import { type Address, formatAddress, parseAddress } from '../../contract/address.ts'

/** An address of a list. */
export type ListAddress = Extract<Address, { readonly kind: 'list' }>
/** An address of the history: its list, or one entry. */
export type HistoryAddress = Extract<Address, { readonly kind: 'history' }>
/** An address of a search over all kinds. */
export type SearchAddress = Extract<Address, { readonly kind: 'search' }>
/** The address of the page for new objects. */
export type NewAddress = Extract<Address, { readonly kind: 'new' }>
/** An address of two objects side by side. */
export type CompareAddress = Extract<Address, { readonly kind: 'compare' }>
/** The address of a kind's documentation. */
export type ExplainAddress = Extract<Address, { readonly kind: 'explain' }>
/** An address of an object's page. */
export type ObjectAddress = Extract<Address, { readonly kind: 'object' }>
/** An address of what tabs show beside the list: an object's page, its editor, or a creation. */
export type EditAddress = Extract<Address, { readonly kind: 'edit' | 'create' | 'object' }>

/**
 * Where the page is: a list, or the history or a search in its place, an edit or an object's page beside it, or one of the two; neither is the start. `acted` says which of the
 * two the address bar names. `invalid` holds an address that is none of ours.
 */
export type Place = {
  readonly list: ListAddress | null
  /** The history, a search, the page for new objects, a comparison or a kind's documentation, shown in the list's place, which stays behind it. */
  readonly over: HistoryAddress | SearchAddress | NewAddress | CompareAddress | ExplainAddress | null
  readonly edit: EditAddress | null
  readonly acted: 'list' | 'edit'
  readonly invalid: string | null
}

/** The page's place, told by the address bar and the history's state. */
export type Router = {
  /** Where the page is. */
  readonly place: () => Place
  /** What is to be drawn: where the page is, or for a moment where it was. */
  readonly drawn: () => Place
  readonly subscribe: (listener: () => void) => () => void
  /**
   * Lets `ready` hear of each place the moment it is gone to, and of the present one at once. Where it answers a promise
   * the page stays drawn as it was until that settles, a tenth of a second at most. One at a time.
   */
  readonly ahead: (ready: (place: Place) => Promise<void> | null) => void
  /** Shows a list; an edit beside it stays. */
  readonly showList: (list: ListAddress, how?: 'push' | 'replace') => void
  /** Shows the history in the list's place; null gives the list its place back. */
  readonly showHistory: (history: HistoryAddress | null, how?: 'push' | 'replace') => void
  /** Shows a search in the list's place; null gives the list its place back. */
  readonly showSearch: (search: SearchAddress | null, how?: 'push' | 'replace') => void
  /** Shows the page for new objects in the list's place; null gives the list its place back. */
  readonly showNew: (address: NewAddress | null, how?: 'push' | 'replace') => void
  /** Shows two objects side by side in the list's place; null gives the list its place back. */
  readonly showCompare: (address: CompareAddress | null, how?: 'push' | 'replace') => void
  /** Shows the documentation of a kind in the list's place; null gives the list its place back. */
  readonly showExplain: (address: ExplainAddress | null, how?: 'push' | 'replace') => void
  /** Shows an edit beside the list, or an object's page in its place. */
  readonly showEdit: (edit: EditAddress, how?: 'push' | 'replace') => void
  /** Shows an object's page beside the list. */
  readonly showObject: (object: ObjectAddress, how?: 'push' | 'replace') => void
  /** Puts a list beside the edit, which the address bar goes on naming. */
  readonly putBeside: (list: ListAddress) => void
  /** Puts the edit away; `null` list is the start. */
  readonly hideEdit: () => void
  /** True for a page that was just opened at `/` and has gone nowhere yet. */
  readonly fresh: () => boolean
  /** Goes to an address as if it had been typed. */
  readonly goTo: (address: string) => void
}

/** The place that an address names by itself. */
export function placeOf(address: string): Place {
  const parsed = parseAddress(address)
  const nowhere: Place = { list: null, over: null, edit: null, acted: 'list', invalid: null }
  if (parsed === null) return { ...nowhere, invalid: address }
  if (parsed.kind === 'start') return nowhere
  if (isOver(parsed)) return { ...nowhere, over: parsed }
  return parsed.kind === 'list' ? { ...nowhere, list: parsed } : { ...nowhere, edit: parsed, acted: 'edit' }
}

function isOver(address: Address): address is NonNullable<Place['over']> {
  return ['history', 'search', 'new', 'compare', 'explain'].includes(address.kind)
}

/** The address that the bar shows for a place. */
export function addressOf(place: Place): string {
  if (place.invalid !== null) return place.invalid
  const behind = place.over ?? place.list
  const address = place.acted === 'edit' ? (place.edit ?? behind) : (behind ?? place.edit)
  return formatAddress(address ?? { kind: 'start' })
}

type Kept = { readonly beside: string | null }

/** The other half of a place, as the history keeps it beside the address. */
export function keepOf(place: Place): Kept {
  const other = place.acted === 'edit' ? (place.over ?? place.list) : place.edit
  return { beside: other === null ? null : formatAddress(other) }
}

/** The place of a history entry: its address and what was kept beside it. */
export function restorePlace(address: string, kept: unknown): Place {
  const place = placeOf(address)
  if (typeof kept !== 'object' || kept === null || !('beside' in kept) || typeof kept.beside !== 'string') return place
  const beside = parseAddress(kept.beside)
  if (place.acted === 'edit' && beside?.kind === 'list') return { ...place, list: beside }
  if (place.acted === 'edit' && beside !== null && isOver(beside)) return { ...place, over: beside }
  if (
    place.acted === 'list' &&
    (place.list ?? place.over) !== null &&
    (beside?.kind === 'edit' || beside?.kind === 'create' || beside?.kind === 'object')
  )
    return { ...place, edit: beside }
  return place
}

/** How long what is on screen stays while the next is asked for, in milliseconds: less than anybody waits for. */
const longestHold = 100

/** The router of a window, over its history. */
export function createRouter(window: Window): Router {
  const { history, location } = window
  const listeners = new Set<() => void>()
  const showEdit: Router['showEdit'] = (edit, how = 'push') =>
    enter({ ...place, edit, acted: 'edit', invalid: null }, how)
  const showOver = (over: Place['over'], how: 'push' | 'replace' = 'push') =>
    enter({ ...place, over, acted: 'list', invalid: null }, how)
  const here = () => location.pathname + location.search
  let place = restorePlace(here(), history.state)
  let drawn = place
  let ready: (place: Place) => Promise<void> | null = () => null
  let turn = 0
  let fresh = history.state === null && location.pathname === '/'

  function tell(next: Place): void {
    fresh = false
    place = next
    turn += 1
    const asked = turn
    const draw = () => {
      if (asked !== turn) return
      turn += 1
      drawn = place
      for (const listener of [...listeners]) listener()
    }
    const waiting = ready(next)
    if (waiting === null) draw()
    else {
      setTimeout(draw, longestHold)
      void waiting.finally(draw)
    }
  }
  function enter(next: Place, how: 'push' | 'replace'): void {
    const address = addressOf(next)
    if (how === 'push' && address !== here()) history.pushState(keepOf(next), '', address)
    else history.replaceState(keepOf(next), '', address)
    tell(next)
  }
  window.addEventListener('popstate', event => tell(restorePlace(here(), event.state)))

  return {
    place: () => place,
    drawn: () => drawn,
    ahead: next => {
      ready = next
      void ready(place)
    },
    fresh: () => fresh,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    showHistory: showOver,
    showSearch: showOver,
    showNew: showOver,
    showCompare: showOver,
    showExplain: showOver,
    showList: (list, how = 'push') => enter({ ...place, list, over: null, acted: 'list', invalid: null }, how),
    showEdit,
    showObject: showEdit,
    putBeside: list => enter({ ...place, list }, 'replace'),
    hideEdit: () => enter({ ...place, edit: null, acted: 'list', invalid: null }, 'push'),
    goTo: address => {
      const next = placeOf(address)
      enter(next.acted === 'edit' ? { ...next, list: place.list, over: place.over } : next, 'push')
    },
  }
}

/** The page's router; `renderer/app/app.tsx` provides it. */
export const RouterContext = createContext<Router | null>(null)

/** The router of this page. */
export function useRouter(): Router {
  const router = useContext(RouterContext)
  if (router === null) throw new Error('no router: render inside RouterContext')
  return router
}

/** Where the page is, as it is to be drawn. */
export function usePlace(): Place {
  const router = useRouter()
  return useSyncExternalStore(router.subscribe, router.drawn)
}
