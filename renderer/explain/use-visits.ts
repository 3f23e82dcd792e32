import { useReducer } from 'react'
import { equalPath, type IndexPath } from '../../core/path.ts'

/** The places of a schema that were looked at: `at` is the one on screen. */
export type Visits = {
  readonly places: readonly IndexPath[]
  readonly at: number
  /** Where the cursor was last. */
  readonly cursor: IndexPath
  /** Whether the place on screen came with the cursor: the next one then takes its place. */
  readonly followed: boolean
  /** Whether the cursor leads nowhere. */
  readonly pinned: boolean
}

export type VisitEvent =
  | { readonly kind: 'cursor'; readonly path: IndexPath }
  | { readonly kind: 'show'; readonly path: IndexPath }
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'pin' }

export const noVisits: Visits = { places: [[]], at: 0, cursor: [], followed: true, pinned: false }

const mostVisits = 100

/** The cursor is followed until somebody looks elsewhere, and again as soon as it goes on. */
export function stepVisits(visits: Visits, event: VisitEvent): Visits {
  switch (event.kind) {
    case 'cursor': {
      if (equalPath(event.path, visits.cursor)) return visits
      const { path: cursor } = event
      if (visits.pinned) return { ...visits, cursor }
      const kept = visits.followed ? visits.at : visits.at + 1
      return { ...visits, ...put(visits.places.slice(0, kept), cursor), cursor, followed: true }
    }
    case 'show': {
      if (equalPath(event.path, visits.places[visits.at] ?? [])) return { ...visits, followed: false }
      return { ...visits, ...put(visits.places.slice(0, visits.at + 1), event.path), followed: false }
    }
    case 'step': {
      const at = Math.min(visits.places.length - 1, Math.max(0, visits.at + event.by))
      return { ...visits, at, followed: false }
    }
    case 'pin':
      if (!visits.pinned) return { ...visits, pinned: true, followed: false }
      return { ...stepVisits({ ...visits, pinned: false }, { kind: 'show', path: visits.cursor }), followed: true }
  }
}

function put(before: readonly IndexPath[], path: IndexPath): Pick<Visits, 'places' | 'at'> {
  const places = [...before, path].slice(-mostVisits)
  return { places, at: places.length - 1 }
}

/** The visits of one pane. */
export function useVisits() {
  return useReducer(stepVisits, noVisits)
}
