import { useCallback, useEffect, useRef } from 'react'
import type { Ask, Scope, ViewState } from '../../contract/browse.ts'
import { type StreamState, useHost, useStream } from '../app/use-host.ts'

let views = 0
const page = Math.floor(Math.random() * 2 ** 40).toString(36)

/**
 * A list as the host answers it, for as long as the component lives. Another `ask` adjusts the open list; another
 * scope or `turn` opens a new one. A null scope lists nothing. `view` is the open list's id, for what reads more of it.
 */
export function useList(
  scope: Scope | null,
  ask: Ask,
  turn = 0,
): StreamState<ViewState> & { readonly view: () => string } {
  const host = useHost()
  const view = useRef('')
  const told = useRef('')
  const askKey = JSON.stringify(ask)
  const stream = useStream(scope === null ? null : `${turn} ${JSON.stringify(scope)}`, (client, signal) => {
    if (scope === null) throw new Error('no scope to list')
    views += 1
    view.current = `${page}-${views}`
    told.current = askKey
    return client.browse.view({ view: view.current, scope, ask }, { signal })
  })
  const arrived = stream.value !== null && stream.state === 'live'

  // An open list is adjusted once it has answered: before that the host may not know it yet.
  useEffect(() => {
    if (!arrived || told.current === askKey) return
    told.current = askKey
    host.client.browse.adjust({ view: view.current, ask: JSON.parse(askKey) }).then(
      known => {
        if (!known && told.current === askKey) told.current = ''
      },
      () => {
        // The host is gone: the list is opened anew with the latest ask when it is back.
      },
    )
  }, [arrived, askKey, host])
  return { ...stream, view: useCallback(() => view.current, []) }
}
