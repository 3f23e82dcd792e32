import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { homeList, placeScope, plainList, scopeContexts } from '../browse/scope.ts'
import { rehearse } from '../edit/rehearsal.ts'
import { type Place, useRouter } from './router.ts'
import type { Tab } from './tabs.ts'
import { useApp } from './use-host.ts'

/** The one context that is looked at: the edit's where that was acted on, else the list's; null for several. */
export function useShownContext(place: Place, active: Tab | null): string | null {
  const { contexts } = useApp()
  if (place.acted === 'edit' && active !== null) return active.context
  const [only, ...more] = scopeContexts(placeScope(place), contexts)
  return more.length > 0 ? null : (only?.name ?? null)
}

/** Puts the list of its kind and namespace beside a creation that was opened by its address. */
export function useBesideCreation(place: Place, active: Tab | null): void {
  const router = useRouter()
  const edit = active?.content.kind === 'open' ? active.content.edit : null
  const alone = place.list === null && place.edit?.kind === 'create' && edit?.origin === 'create'
  useEffect(() => {
    if (!alone || edit === null) return
    const { group, version, resource, namespace } = edit.ref
    const namespaces = namespace === null ? [] : [namespace]
    router.putBeside(plainList({ contexts: [edit.context], group, version, resource, namespaces }))
  }, [alone, edit, router])
}

/** Opens what the command line, or a second start, asks for. A page that is loaded again stays where it was. */
export function useTarget(): void {
  const { target } = useApp()
  const router = useRouter()
  const seen = useRef<number | null>(null)
  useEffect(() => {
    const before = seen.current
    seen.current = target?.serial ?? 0
    if (target === null || target.serial === before) return
    if (before !== null || router.fresh()) router.goTo(target.address)
  }, [target, router])
}

/** At the start goes to the list that is the obvious one, if any. */
export function useHome(place: Place): void {
  const app = useApp()
  const router = useRouter()
  const home = homeList(app)
  const lost = place.list === null && place.over === null && place.edit === null && place.invalid === null
  const homeKey = home === null ? null : JSON.stringify(home.scope)
  const goHome = useEffectEvent(() => {
    if (lost && home !== null && (app.target === null || !router.fresh())) router.showList(home, 'replace')
  })
  // `homeKey` is `home` by value.
  useEffect(() => goHome(), [lost, homeKey])
}

const overTitles = {
  history: 'history:title',
  search: 'search:title',
  new: 'create:title',
  compare: 'compare:page.title',
  explain: 'explain:page.title',
} as const

/** Names what is shown in the window's title. */
export function useTitle(place: Place): void {
  const { t } = useTranslation(['app', 'history', 'search', 'create', 'compare', 'explain'])
  const { list, over, edit, acted } = place
  const subject =
    acted === 'edit' && edit !== null && edit.kind !== 'create'
      ? `${edit.target.name} · ${edit.target.context}`
      : over !== null
        ? t(overTitles[over.kind])
        : list !== null
          ? `${list.scope.resource} · ${list.scope.contexts.join(', ') || t('allContexts')}`
          : null
  const title = subject === null ? t('name') : `${subject} · ${t('name')}`
  useEffect(() => {
    document.title = title
  }, [title])
}

/** How long the page stands still before it does what can wait, in milliseconds. */
const standingStill = 200

/** Makes the first edit as quick to open as the next ones, once the page has nothing to do; one that is open has done it. */
export function useRehearsal({ edit }: Place): void {
  const { i18n } = useTranslation()
  const { settings } = useApp()
  const done = useRef(false)
  const isEdit = edit !== null && edit.kind !== 'object'
  const rehearseOnce = useEffectEvent(() => {
    if (!done.current) rehearse(settings, i18n)
    done.current = true
  })
  useEffect(() => {
    if (isEdit) done.current = true
    if (done.current) return
    let idle = 0
    const timer = setTimeout(() => {
      // Not every browser tells when it has nothing to do.
      if (window.requestIdleCallback === undefined) rehearseOnce()
      else idle = window.requestIdleCallback(rehearseOnce)
    }, standingStill)
    return () => {
      clearTimeout(timer)
      if (idle !== 0) window.cancelIdleCallback(idle)
    }
  }, [isEdit])
}
