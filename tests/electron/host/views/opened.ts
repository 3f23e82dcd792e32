import { afterEach } from 'vitest'
import type { Ask, Scope, ViewState } from '../../../../contract/browse.ts'
import type { Clusters } from '../../../../electron/host/clusters/clusters.ts'
import { openView, type View } from '../../../../electron/host/views/view.ts'

/** What ends after each test, the latest first. */
export const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const configMaps = { group: '', version: 'v1', resource: 'configmaps' }

/** The first hundred rows of all, in the server's order. */
export const everything: Ask = { filter: '', sort: null, labels: [], window: { start: 0, count: 100 } }

/** Opens a list, of the practice cluster's ConfigMaps unless the scope says otherwise, for as long as a test lasts. */
export function open(clusters: Clusters, scope: Partial<Scope>, ask: Partial<Ask> = {}): View {
  const leave = new AbortController()
  const full = { contexts: ['practice'], ...configMaps, namespaces: [], ...scope }
  const view = openView(clusters, { scope: full, ask: { ...everything, ...ask } }, leave.signal)
  ends.push(async () => {
    leave.abort()
    await view.states.return()
  })
  return view
}

export const names = (state: ViewState) => state.window.rows.map(row => row.name)
export const allLive = (state: ViewState) => state.sources.every(source => source.state === 'live')
