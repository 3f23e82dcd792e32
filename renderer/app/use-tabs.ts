import { useEffect, useState, useSyncExternalStore } from 'react'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { OpenTabs } from './open-tabs.ts'
import { usePlace, useRouter } from './router.ts'
import { editAddress, editIdOf, type Tab, tabAddress } from './tabs.ts'
import { useHost, useHostState } from './use-host.ts'

/** The open edits and objects' pages, and what can be done with them. */
export type Tabs = {
  readonly tabs: readonly Tab[]
  /** The tab on screen, null where the list has the window to itself. */
  readonly active: Tab | null
  readonly changed: (tab: Tab, changed: boolean) => void
  readonly alarmed: (tab: Tab, alarm: boolean) => void
  readonly moved: (tab: Tab, edit: OpenedEdit) => void
  /** Takes the tab away; what the host holds of it stays. */
  readonly close: (tab: Tab) => void
  /** Drops the edit, and the tab with it. */
  readonly discard: (tab: Tab) => void
  /** What a tab's close button does: a changed edit is asked about, another is dropped. */
  readonly dismiss: (tab: Tab) => void
  /** The changed edit that the person is asked about, null for none. */
  readonly dismissing: Tab | null
  readonly keep: () => void
  readonly retry: (tab: Tab) => void
  /** Keeps an object's page in its tab when the next one is shown. */
  readonly keepPage: (tab: Tab) => void
  /** Shows an edit that was opened elsewhere than by its address. */
  readonly take: (edit: OpenedEdit) => void
}

/** The open tabs as the frame draws them, in step with the edits that the host holds. */
export function useTabs(open: OpenTabs): Tabs {
  const host = useHost()
  const hostState = useHostState()
  const session = hostState.kind === 'open' ? hostState.session : 0
  const router = useRouter()
  const { edit: shown } = usePlace()
  const tabs = useSyncExternalStore(open.subscribe, open.tabs)
  const { step } = open
  const [dismissing, setDismissing] = useState<Tab | null>(null)
  const active = shown === null ? null : (tabs.find(tab => tab.address === tabAddress(shown)) ?? null)

  useEffect(() => {
    if (session === 0) return
    host.client.edit.list().then(
      edits => step({ kind: 'listed', edits }),
      // The next session asks again.
      () => undefined,
    )
  }, [host, session, step])

  function close(tab: Tab): void {
    const neighbour = tabs[tabs.indexOf(tab) + 1] ?? tabs[tabs.indexOf(tab) - 1]
    open.close(tab)
    if (tab !== active) return
    if (neighbour === undefined) router.hideEdit()
    else router.showEdit(neighbour.target)
  }
  function discard(tab: Tab): void {
    const edit = editIdOf(tab)
    setDismissing(null)
    close(tab)
    // Where the host is gone the edit is listed again when it is back: nothing is lost by it.
    if (edit !== null) void host.client.edit.discard({ edit }).catch(() => undefined)
  }

  return {
    tabs,
    active,
    changed: (tab, changed) => {
      const edit = editIdOf(tab)
      if (edit !== null && tab.changed !== changed) step({ kind: 'changed', edit, changed })
    },
    alarmed: (tab, alarm) => {
      const edit = editIdOf(tab)
      if (edit !== null && tab.alarm !== alarm) step({ kind: 'alarmed', edit, alarm })
    },
    moved: (tab, edit) => {
      const from = editIdOf(tab)
      if (from === null) return
      step({ kind: 'moved', from, edit })
      if (tab === active) router.showEdit(editAddress(edit), 'replace')
    },
    close: tab => {
      setDismissing(null)
      close(tab)
    },
    discard,
    dismiss: tab => (tab.changed ? setDismissing(tab) : discard(tab)),
    dismissing,
    keep: () => setDismissing(null),
    retry: open.retry,
    keepPage: tab => step({ kind: 'kept', address: tab.address }),
    take: edit => {
      const target = editAddress(edit)
      step({ kind: 'opened', target, edit })
      router.showEdit(target)
    },
  }
}
