import { useTranslation } from 'react-i18next'
import { wholeHistory } from '../../contract/history.ts'
import { useCommands } from './commands.ts'
import { useRouter } from './router.ts'
import type { Tabs } from './use-tabs.ts'

/** The dialog over the frame, if any. */
export type OpenDialog = 'palette' | 'manifest' | 'settings' | 'shortcuts' | null

/** Offers what can be done anywhere in the window. */
export function useFrameCommands({
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
      '.contexts, .kinds .field, .grid, .filter input, .tab-panel:not([hidden]), .tab-panel:not([hidden]) .edit-side, .status-bar',
    ),
  ]
  // The side beside a text is a part of its tab, and a part of its own.
  const at = parts.findLastIndex(part => part.contains(document.activeElement))
  const next = parts.at((at + by + parts.length) % parts.length)
  const stop = next?.matches('input, [tabindex="0"]')
    ? next
    : next?.querySelector<HTMLElement>('[contenteditable=true], [tabindex="0"], button:not([tabindex="-1"]), input')
  stop?.focus()
}
