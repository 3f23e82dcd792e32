import { useEffect, useEffectEvent, useReducer, useState } from 'react'
import { formatAddress } from '../../contract/address.ts'
import type { OpenedEdit } from '../../contract/edit.ts'
import { answer } from './client.ts'
import { type EditAddress, usePlace, useRouter } from './router.ts'
import { editAddress, editIdOf, stepTabs, type Tab, tabAddress } from './tabs.ts'
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

/** Keeps the tabs in step with the address bar and with the edits that the host holds. */
export function useTabs(): Tabs {
  const host = useHost()
  const hostState = useHostState()
  const session = hostState.kind === 'open' ? hostState.session : 0
  const router = useRouter()
  const { edit: shown } = usePlace()
  const [tabs, step] = useReducer(stepTabs, [])
  const [dismissing, setDismissing] = useState<Tab | null>(null)
  const active = shown === null ? null : (tabs.find(tab => tab.address === tabAddress(shown)) ?? null)

  const open = useEffectEvent((target: EditAddress) => {
    if (target.kind === 'object') return step({ kind: 'shown', target })
    const tab = tabs.find(tab => tab.address === tabAddress(target))
    if (tab?.content.kind === 'open' || tab?.content.kind === 'opening') return
    const id = target.kind === 'create' ? target.edit : tab === undefined ? null : editIdOf(tab)
    step({ kind: 'opening', target })
    const asked =
      target.kind === 'edit' && id === null
        ? host.client.edit.open(target.target)
        : host.client.edit.resume({ edit: id ?? '' })
    answer(asked).then(result => {
      if (!result.ok) return step({ kind: 'failed', target, problem: result.problem })
      step({ kind: 'opened', target, edit: result.value })
      settle(target, result.value)
    })
  })

  // The host may name the object otherwise than the address did (an edit resumed, another served version).
  function settle(target: EditAddress, edit: OpenedEdit): void {
    const settled = editAddress(edit)
    if (formatAddress(settled) === formatAddress(target)) return
    step({ kind: 'moved', from: edit.edit, edit })
    router.showEdit(settled, 'replace')
  }

  const shownAddress = shown === null ? null : formatAddress(shown)
  const openShown = useEffectEvent(() => {
    if (shown !== null) open(shown)
  })
  // `shownAddress` is `shown` by value.
  useEffect(() => openShown(), [shownAddress])

  useEffect(() => {
    if (session === 0) return
    host.client.edit.list().then(
      edits => step({ kind: 'listed', edits }),
      // The next session asks again.
      () => undefined,
    )
  }, [host, session])

  function close(tab: Tab): void {
    const neighbour = tabs[tabs.indexOf(tab) + 1] ?? tabs[tabs.indexOf(tab) - 1]
    step({ kind: 'closed', address: tab.address })
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
    retry: tab => open(tab.target),
    keepPage: tab => step({ kind: 'kept', address: tab.address }),
    take: edit => {
      const target = editAddress(edit)
      step({ kind: 'opened', target, edit })
      router.showEdit(target)
    },
  }
}
