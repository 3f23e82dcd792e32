import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../browse/list-page.tsx'
import { NamespacePicker } from '../browse/namespace-picker.tsx'
import { SavedViews, useSavedViewCommands } from '../browse/saved-views.tsx'
import { placeScope, plainList } from '../browse/scope.ts'
import { KindsContext, useServedKinds } from '../browse/use-kinds.ts'
import { ComparePage } from '../compare/compare-page.tsx'
import { useContextCommands } from '../contexts/context-commands.ts'
import { ContextsPanel } from '../contexts/contexts-panel.tsx'
import { PluginNotices } from '../contexts/plugin-notices.tsx'
import { CreatePage } from '../create/create-page.tsx'
import { ExplainPage } from '../explain/explain-page.tsx'
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
import { UnfinishedRuns } from '../quick/unfinished-runs.tsx'
import { SearchPage } from '../search/search-page.tsx'
import { EditPanel } from './edit-panel.tsx'
import { type OpenDialog, useFrameCommands } from './frame-commands.ts'
import { KeptEdits } from './kept-edits.tsx'
import { ManifestDialog } from './manifest-dialog.tsx'
import { Mark } from './mark.tsx'
import type { OpenTabs } from './open-tabs.ts'
import { useBesideCreation, useHome, useRehearsal, useShownContext, useTarget, useTitle } from './place-effects.ts'
import { usePlace } from './router.ts'
import { SettingsDialog } from './settings-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { Start } from './start.tsx'
import { StatusBar } from './status-bar.tsx'
import { useKeys } from './use-keys.ts'
import { useTabs } from './use-tabs.ts'
import { useWide } from './use-wide.ts'
import { Welcome } from './welcome.tsx'

const usualShare = 0.44

/** The window's frame: sidebar, list, edits, status bar, and the dialogs over them. */
export function Frame({ openTabs }: { readonly openTabs: OpenTabs }) {
  const { t } = useTranslation(['app', 'palette'])
  const place = usePlace()
  const tabs = useTabs(openTabs)
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
  useRehearsal(place)
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
                <UnfinishedRuns />
                <Welcome />
                <ErrorBoundary>
                  {place.over?.kind === 'history' ? (
                    <HistoryPage address={place.over} onOpened={tabs.take} />
                  ) : place.over?.kind === 'search' ? (
                    <SearchPage address={place.over} />
                  ) : place.over?.kind === 'new' ? (
                    <CreatePage address={place.over} />
                  ) : place.over?.kind === 'compare' ? (
                    <ComparePage address={place.over} />
                  ) : place.over?.kind === 'explain' ? (
                    <ExplainPage address={place.over} />
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
