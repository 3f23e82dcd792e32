import { formatAddress } from '../../contract/address.ts'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { Result } from '../../core/problem.ts'
import { answer, type Host } from './client.ts'
import type { EditAddress, Place, Router } from './router.ts'
import { editAddress, editIdOf, stepTabs, type Tab, type TabEvent, tabAddress } from './tabs.ts'

/** The tabs of a page, and the one that asks the host for their edits. */
export type OpenTabs = {
  readonly tabs: () => readonly Tab[]
  readonly subscribe: (listener: () => void) => () => void
  readonly step: (event: TabEvent) => void
  /** Asks for a tab's edit once more. */
  readonly retry: (tab: Tab) => void
  /** Takes a tab away; an edit that is being opened for it is let go. */
  readonly close: (tab: Tab) => void
}

/**
 * Keeps the tabs in step with where the page is. An edit is asked for at the key or click that leads to it, before anything
 * is drawn: its text is on its way while the page works, and as a rule there before what was on screen is taken down.
 */
export function createOpenTabs(host: Pick<Host, 'client' | 'ready'>, router: Router): OpenTabs {
  let tabs: readonly Tab[] = []
  const listeners = new Set<() => void>()
  /** The requests under way, by the address of their tab. One that is not in here any more is not wanted. */
  const asked = new Map<string, Promise<Result<OpenedEdit>>>()

  function step(event: TabEvent): void {
    tabs = stepTabs(tabs, event)
    for (const listener of [...listeners]) listener()
  }

  /** Asks for the edit of an address, once at a time; null where nothing has to be asked. */
  function ask(target: EditAddress): Promise<void> | null {
    if (target.kind === 'object') {
      step({ kind: 'shown', target })
      return null
    }
    const address = tabAddress(target)
    const tab = tabs.find(tab => tab.address === address)
    if (tab?.content.kind === 'open') return null
    const under = asked.get(address)
    if (under !== undefined) return under.then(() => undefined)
    const id = target.kind === 'create' ? target.edit : tab === undefined ? null : editIdOf(tab)
    const request = answer(
      target.kind === 'edit' && id === null
        ? host.client.edit.open(target.target)
        : host.client.edit.resume({ edit: id ?? '' }),
    )
    asked.set(address, request)
    return request.then(result => {
      if (asked.get(address) !== request) return letGo(result)
      asked.delete(address)
      if (!result.ok) return step({ kind: 'failed', target, problem: result.problem })
      step({ kind: 'opened', target, edit: result.value })
      settle(target, result.value)
    })
  }

  function letGo(result: Result<OpenedEdit>): void {
    if (!result.ok) return
    const { edit, lease } = result.value
    // Where the host is gone the edit is listed again when it is back.
    void host.client.edit.release({ edit, lease }).catch(() => undefined)
  }

  // The host may name the object otherwise than the address did (an edit resumed, another served version).
  function settle(target: EditAddress, edit: OpenedEdit): void {
    const settled = editAddress(edit)
    if (formatAddress(settled) === formatAddress(target)) return
    step({ kind: 'moved', from: edit.edit, edit })
    const { edit: shown } = router.place()
    if (shown !== null && tabAddress(shown) === tabAddress(target)) router.showEdit(settled, 'replace')
  }

  /** An edit that is not there by the time that its place is drawn has a tab that says so. */
  function drawn(): void {
    const { edit: target } = router.place()
    if (target === null || !asked.has(tabAddress(target))) return
    const tab = tabs.find(tab => tab.address === tabAddress(target))
    if (tab?.content.kind !== 'opening') step({ kind: 'opening', target })
  }

  let last: string | null = null
  /** What is asked of a place where it leads to another edit than the last one did. */
  function askAnew({ edit }: Place): Promise<void> | null {
    const address = edit && formatAddress(edit)
    if (address === last) return null
    last = address
    return edit === null ? null : ask(edit)
  }

  void host.ready(new AbortController().signal).then(() => {
    router.ahead(askAnew)
    router.subscribe(drawn)
    drawn()
  })

  return {
    tabs: () => tabs,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    step,
    retry: tab => {
      void ask(tab.target)
      step({ kind: 'opening', target: tab.target })
    },
    close: tab => {
      asked.delete(tab.address)
      step({ kind: 'closed', address: tab.address })
    },
  }
}
