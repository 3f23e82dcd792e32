import type { SearchInput, SearchState } from '../../../contract/search.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { Store } from '../store/store.ts'
import { keepNames } from './known-names.ts'
import { openSearch, type Search } from './search.ts'

/** The searches of the pages. */
export type Searches = {
  /** Searches as long as it is read. */
  find(input: SearchInput, signal: AbortSignal): AsyncGenerator<SearchState, void>
  /** Lets an open search go on whose budget was spent. False where there is none. */
  goOn(id: string): boolean
}

/** Searches over those clusters; what they remember ends with the signal. */
export function createSearches(clusters: Clusters, store: Store, signal: AbortSignal): Searches {
  const open = new Map<string, Search>()
  const names = keepNames(signal)
  const chosen = () => [...store.settings().favourites, ...store.settings().recents]
  return {
    async *find(input, ended) {
      const search = openSearch({ clusters, names, chosen }, input, ended)
      open.set(input.search, search)
      try {
        yield* search.states
      } finally {
        if (open.get(input.search) === search) open.delete(input.search)
      }
    },
    goOn(id) {
      const search = open.get(id)
      search?.goOn()
      return search !== undefined
    },
  }
}
