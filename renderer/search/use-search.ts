import { useRef, useState } from 'react'
import type { SearchInput, SearchState } from '../../contract/search.ts'
import { useClient, useStream } from '../app/use-host.ts'

let searches = 0
const page = Math.floor(Math.random() * 2 ** 40).toString(36)

/** A search as a component sees it. */
export type Searching = {
  /** The newest state; of another text while the first one of this text is on its way. */
  readonly value: SearchState | null
  /** Whether `value` answers what is asked now. */
  readonly isCurrent: boolean
  /** True where the person has stopped it. */
  readonly stopped: boolean
  readonly stop: () => void
  /** Searches what a spent budget or a stop has left. */
  readonly goOn: () => void
}

/** Searches as long as the component lives and asks the same; null asks nothing. Its requests end with it. */
export function useSearch(asked: Omit<SearchInput, 'search'> | null): Searching {
  const client = useClient()
  const id = useRef('')
  const key = asked === null ? null : JSON.stringify(asked)
  const [stopped, setStopped] = useState<string | null>(null)
  const isStopped = key !== null && stopped === key
  const stream = useStream(isStopped ? null : key, (client, signal) => {
    if (asked === null) throw new Error('nothing to search')
    searches += 1
    id.current = `${page}-${searches}`
    return client.search.find({ ...asked, search: id.current }, { signal })
  })
  const [held, setHeld] = useState<{ readonly key: string; readonly value: SearchState } | null>(null)
  if (key !== null && stream.value !== null && held?.value !== stream.value) setHeld({ key, value: stream.value })
  const goOn = () => {
    if (isStopped) return setStopped(null)
    // While the host is gone the search is opened anew by itself.
    client.search.goOn({ search: id.current }).catch(() => undefined)
  }
  return {
    value: key === null ? null : (stream.value ?? held?.value ?? null),
    isCurrent: stream.value !== null || held?.key === key,
    stopped: isStopped,
    stop: () => setStopped(key),
    goOn,
  }
}
