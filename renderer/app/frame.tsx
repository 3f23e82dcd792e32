import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wholeHistory } from '../../contract/history.ts'
import { ListPage } from '../browse/list-page.tsx'
import { NamespacePicker } from '../browse/namespace-picker.tsx'
import { SavedViews, useSavedViewCommands } from '../browse/saved-views.tsx'
import { homeList, placeScope, plainList, scopeContexts } from '../browse/scope.ts'
import { KindsContext, useServedKinds } from '../browse/use-kinds.ts'
import { useContextCommands } from '../contexts/context-commands.ts'
import { ContextsPanel } from '../contexts/contexts-panel.tsx'
import { PluginNotices } from '../contexts/plugin-notices.tsx'
import { CreatePage } from '../create/create-page.tsx'
import { useGuardCommands } from '../guards/guard-commands.ts'
import { GuardDialog } from '../guards/guard-dialog.tsx'
import { GuardOffer } from '../guards/guard-offer.tsx'
import { GuardDialogContext } from '../guards/use-guard.ts'
import { HistoryPage } from '../history/history-page.tsx'
import { KindsPanel } from '../kinds/kinds-panel.tsx'
import { Palette } from '../palette/palette.tsx'
import { useRecentObjects } from '../palette/recent-objects.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Splitter } from '../parts/splitter.tsx'
import { SearchPage } from '../search/search-page.tsx'
import { useCommands } from './commands.ts'
import { EditPanel } from './edit-panel.tsx'
import { KeptEdits } from './kept-edits.tsx'
import { ManifestDialog } from './manifest-dialog.tsx'
import { type Place, usePlace, useRouter } from './router.ts'
import { SettingsDialog } from './settings-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { Start } from './start.tsx'
import { StatusBar } from './status-bar.tsx'
import type { Tab } from './tabs.ts'
import { useApp } from './use-host.ts'
import { useKeys } from './use-keys.ts'
import { type Tabs, useTabs } from './use-tabs.ts'
import { useWide } from './use-wide.ts'
import { Welcome } from './welcome.tsx'

const usualShare = 0.44
type OpenDialog = 'palette' | 'manifest' | 'settings' | 'shortcuts' | null

/** The window's frame: sidebar, list, edits, status bar, and the dialogs over them. */
export function Frame() {
  const { t } = useTranslation(['app', 'palette'])
  const place = usePlace()
  const tabs = useTabs()
  const roomForSidebar = useWide(760)
  const roomForBoth = useWide(1080)
  const [sidebar, setSidebar] = useState<boolean | null>(null)
  const [share, setShare] = useState(usualShare)
  const [full, setFull] = useState(false)
  const [dialog, setDialog] = useState<OpenDialog>(null)
  const [guarding, setGuarding] = useState<string | null>(null)
  const sidebarShown = sidebar ?? roomForSidebar
  const editShown = tabs.active !== null
  const listShown = !editShown || (roomForBoth && !full)

  useKeys()
  useSavedViewCommands()
  useTarget()
  useHome(place)
  useTitle(place)
  useRecentObjects(place.edit)
  useFrameCommands({
    tabs,
    setDialog,
    toggleSidebar: () => setSidebar(!sidebarShown),
    toggleFull: roomForBoth && editShown ? () => setFull(!full) : null,
  })

  const shown = useShownContext(place, tabs.active)
  useBesideCreation(place, tabs.active)

  const scope = placeScope(place)
  // A creation is shown beside its list as soon as it is known where it belongs.
  const creating = place.edit?.kind === 'create' && tabs.active?.content.kind !== 'failed'
  const openGuard = (context: string) => {
    setDialog(null)
    setGuarding(context)
  }
  const list = place.list ?? (scope === null ? null : plainList(scope))
  return (
    <GuardDialogContext value={openGuard}>
      <KindsContext value={useServedKinds(scope)}>
        <div className="frame">
          <GuardCommands context={shown} />
          <ContextCommands context={shown} />
          <div className="frame-body">
            {sidebarShown && (
              <aside className="sidebar" aria-label={t('sidebar.title')}>
                <header className="sidebar-head">
                  <span className="brand">
                    <Mark />
                    {t('name')}
                  </span>
                  <IconButton
                    icon="search"
                    label={t('palette:title')}
                    keys="Mod+K"
                    onPress={() => setDialog('palette')}
                  />
                </header>
                <ContextsPanel />
                <NamespacePicker />
                <SavedViews />
                <KindsPanel />
              </aside>
            )}
            <main
              className="workspace"
              style={{ '--share': share } as Record<string, number>}
              data-split={(editShown && listShown) || undefined}
            >
              <div className="browse-pane" hidden={!listShown}>
                <KeptEdits tabs={tabs.tabs} />
                <Welcome />
                <ErrorBoundary>
                  {place.over?.kind === 'history' ? (
                    <HistoryPage address={place.over} onOpened={tabs.take} />
                  ) : place.over?.kind === 'search' ? (
                    <SearchPage address={place.over} />
                  ) : place.over?.kind === 'new' ? (
                    <CreatePage address={place.over} />
                  ) : list === null ? (
                    creating ? null : (
                      <Start />
                    )
                  ) : (
                    <ListPage address={list} />
                  )}
                </ErrorBoundary>
              </div>
              {editShown && listShown && (
                <Splitter label={t('split.label')} share={share} usual={usualShare} onShare={setShare} />
              )}
              <EditPanel tabs={tabs} full={roomForBoth ? full : null} onFull={setFull} />
            </main>
          </div>
          <PluginNotices />
          {shown !== null && <GuardOffer context={shown} />}
          <StatusBar onDialog={setDialog} onSidebar={() => setSidebar(!sidebarShown)} />
          <Palette open={dialog === 'palette'} tabs={tabs.tabs} onClose={() => setDialog(null)} />
          <ManifestDialog open={dialog === 'manifest'} onClose={() => setDialog(null)} />
          <SettingsDialog open={dialog === 'settings'} onClose={() => setDialog(null)} />
          <ShortcutsDialog open={dialog === 'shortcuts'} onClose={() => setDialog(null)} />
          <GuardDialog context={guarding} onClose={() => setGuarding(null)} />
        </div>
      </KindsContext>
    </GuardDialogContext>
  )
}

/** The app's mark, drawn: two sockets and a cable. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M12 10h4c5 0 3 12 4 12" />
      <circle cx="9" cy="10" r="3" />
      <circle cx="23" cy="22" r="3" />
    </svg>
  )
}

/** Offers the commands of the shown context's guard; inside the frame, whose dialog they open. */
function GuardCommands({ context }: { readonly context: string | null }) {
  useGuardCommands(context)
  return null
}

/** Offers the commands of the shown context; inside what opens their dialogs. */
function ContextCommands({ context }: { readonly context: string | null }) {
  useContextCommands(context)
  return null
}

/** The one context that is looked at: the edit's where that was acted on, else the list's; null for several. */
function useShownContext(place: Place, active: Tab | null): string | null {
  const { contexts } = useApp()
  if (place.acted === 'edit' && active !== null) return active.context
  const [only, ...more] = scopeContexts(placeScope(place), contexts)
  return more.length > 0 ? null : (only?.name ?? null)
}

/** Puts the list of its kind and namespace beside a creation that was opened by its address. */
function useBesideCreation(place: Place, active: Tab | null): void {
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
function useTarget(): void {
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
function useHome(place: Place): void {
  const app = useApp()
  const router = useRouter()
  const home = homeList(app)
  const lost = place.list === null && place.over === null && place.edit === null && place.invalid === null
  const homeKey = home === null ? null : JSON.stringify(home.scope)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `homeKey` is `home` by value.
  useEffect(() => {
    if (lost && home !== null && (app.target === null || !router.fresh())) router.showList(home, 'replace')
  }, [lost, homeKey])
}

const overTitles = { history: 'history:title', search: 'search:title', new: 'create:title' } as const

function useTitle(place: Place): void {
  const { t } = useTranslation(['app', 'history', 'search', 'create'])
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

function useFrameCommands({
  tabs,
  setDialog,
  toggleSidebar,
  toggleFull,
}: {
  readonly tabs: Tabs
  readonly setDialog: (dialog: OpenDialog) => void
  readonly toggleSidebar: () => void
  readonly toggleFull: (() => void) | null
}): void {
  const { t } = useTranslation(['app', 'manifest', 'history', 'palette', 'search', 'create'])
  const router = useRouter()
  const { tabs: open, active } = tabs
  const at = active === null ? -1 : open.indexOf(active)
  const show = (index: number) => {
    const tab = open.at(index % open.length)
    if (tab !== undefined) router.showEdit(tab.target)
  }
  const app = t('groups.app')
  const edits = t('groups.edits')
  useCommands([
    {
      id: 'app.palette',
      label: t('palette:title'),
      group: app,
      enabled: true,
      run: () => setDialog('palette'),
      keys: ['Mod+K'],
      hidden: true,
    },
    {
      id: 'app.shortcuts',
      label: t('shortcuts.title'),
      group: app,
      enabled: true,
      run: () => setDialog('shortcuts'),
      keys: ['?'],
    },
    {
      id: 'app.settings',
      label: t('settings.title'),
      group: app,
      enabled: true,
      run: () => setDialog('settings'),
      keys: ['Mod+,'],
    },
    { id: 'app.sidebar', label: t('sidebar.toggle'), group: app, enabled: true, run: toggleSidebar, keys: ['Mod+B'] },
    {
      id: 'app.nextPart',
      label: t('parts.next'),
      group: app,
      enabled: true,
      run: () => focusPart(1),
      keys: ['F6'],
      hidden: true,
    },
    {
      id: 'app.previousPart',
      label: t('parts.previous'),
      group: app,
      enabled: true,
      run: () => focusPart(-1),
      keys: ['Shift+F6'],
      hidden: true,
    },
    {
      id: 'app.history',
      label: t('history:command'),
      group: app,
      enabled: true,
      run: () => router.showHistory({ kind: 'history', entry: null, filter: wholeHistory }),
      keys: ['H'],
    },
    {
      id: 'app.search',
      label: t('search:commands.open'),
      group: app,
      enabled: true,
      run: () => router.showSearch({ kind: 'search', text: '', contexts: [] }),
      keys: ['Mod+Shift+F'],
    },
    {
      id: 'app.create',
      label: t('create:command'),
      group: edits,
      enabled: true,
      run: () => router.showNew({ kind: 'new', from: null }),
      keys: ['C'],
    },
    {
      id: 'app.manifest',
      label: t('manifest:command'),
      group: edits,
      enabled: true,
      run: () => setDialog('manifest'),
      keys: ['M'],
    },
    {
      id: 'edits.next',
      label: t('edits.next'),
      group: edits,
      enabled: open.length > 0,
      run: () => show(at + 1),
      keys: ['Alt+PageDown'],
    },
    {
      id: 'edits.previous',
      label: t('edits.previous'),
      group: edits,
      enabled: open.length > 0,
      run: () => show(at < 0 ? -1 : at - 1 + open.length),
      keys: ['Alt+PageUp'],
    },
    {
      id: 'edits.closeActive',
      label: t('edits.closeActive'),
      group: edits,
      enabled: active !== null,
      run: () => active !== null && tabs.dismiss(active),
      keys: ['Alt+W'],
    },
    {
      id: 'edits.keep',
      label: t('edits.keep'),
      group: edits,
      enabled: active?.content.kind === 'object' && !active.content.kept,
      run: () => active !== null && tabs.keepPage(active),
      keys: ['Alt+K'],
    },
    {
      id: 'edits.full',
      label: t('edits.full'),
      group: edits,
      enabled: toggleFull !== null,
      run: () => toggleFull?.(),
      keys: ['Alt+Enter'],
    },
    {
      id: 'edits.showList',
      label: t('edits.showList'),
      group: edits,
      enabled: active !== null,
      run: () => {
        router.hideEdit()
        focusGrid()
      },
      keys: ['Alt+L'],
    },
  ])
}

/** Puts the focus into the list, once it is drawn. */
function focusGrid(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.grid')?.focus())
}

/** Puts the focus into the next part of the window, round and round. */
function focusPart(by: number): void {
  const parts = [
    ...document.querySelectorAll<HTMLElement>(
      '.contexts, .kinds .field, .grid, .filter input, .tab-panel:not([hidden]), .status-bar',
    ),
  ]
  const at = parts.findIndex(part => part.contains(document.activeElement))
  const next = parts.at((at + by + parts.length) % parts.length)
  const stop = next?.matches('input, [tabindex="0"]')
    ? next
    : next?.querySelector<HTMLElement>('[contenteditable=true], [tabindex="0"], button:not([tabindex="-1"]), input')
  stop?.focus()
}
