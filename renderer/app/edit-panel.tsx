import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ActingBadge } from '../contexts/acting-badge.tsx'
import { EditTab } from '../edit/edit-tab.tsx'
import { GuardMark } from '../guards/guard-mark.tsx'
import { ObjectPage } from '../object/object-page.tsx'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { LongName } from '../parts/long-name.tsx'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { useRouter } from './router.ts'
import type { Tab } from './tabs.ts'
import type { Tabs } from './use-tabs.ts'

/**
 * The open edits and objects' pages: a bar of tabs and what is on screen. Edits stay mounted, so that undo and cursor are
 * kept; a page is live only while it is looked at.
 */
export function EditPanel({
  tabs,
  full,
  onFull,
}: {
  readonly tabs: Tabs
  /** Whether the edit has the window to itself; null where it has to, for want of room. */
  readonly full: boolean | null
  readonly onFull: (full: boolean) => void
}) {
  const { t } = useTranslation('app')
  const router = useRouter()
  return (
    <section className="edit-panel" aria-label={t('edits.title')} hidden={tabs.active === null}>
      <div className="tab-bar">
        {full !== false && (
          <IconButton icon="back" label={t('edits.showList')} keys="Alt+L" onPress={router.hideEdit} />
        )}
        <TabList tabs={tabs} />
        {full !== null && (
          <IconButton
            icon={full ? 'shrink' : 'expand'}
            label={t(full ? 'edits.split' : 'edits.full')}
            keys="Alt+Enter"
            onPress={() => onFull(!full)}
          />
        )}
      </div>
      <DismissDialog tabs={tabs} />
      {tabs.tabs.map(tab => (
        <div
          key={tab.address}
          className="tab-panel"
          role="tabpanel"
          id={panelId(tab)}
          aria-labelledby={tabId(tab)}
          hidden={tab !== tabs.active}
        >
          <TabContent tab={tab} tabs={tabs} />
        </div>
      ))}
    </section>
  )
}

function TabList({ tabs }: { readonly tabs: Tabs }) {
  const { t } = useTranslation('app')
  const router = useRouter()
  const bar = useRef<HTMLDivElement>(null)
  // One context needs no saying; of several each tab says its own, or objects of one name are all alike.
  const severalContexts = new Set(tabs.tabs.map(tab => tab.context)).size > 1

  // Of many tabs the one on screen must be seen in the bar, wherever it was opened from.
  // Whenever another tab is on screen.
  useEffect(() => {
    bar.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [tabs.active?.address])

  function press(event: KeyboardEvent): void {
    const at = tabs.active === null ? -1 : tabs.tabs.indexOf(tabs.active)
    const tab = tabs.tabs[at]
    if (tab === undefined) return
    if (event.key === 'Delete') tabs.dismiss(tab)
    else {
      const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
      const next = tabs.tabs[at + by]
      if (by === 0 || next === undefined) return
      router.showEdit(next.target)
      bar.current?.querySelectorAll<HTMLElement>('[role=tab]')[at + by]?.focus()
    }
    event.preventDefault()
  }

  return (
    <div className="tab-list" role="tablist" aria-label={t('edits.title')} ref={bar} onKeyDown={press}>
      {tabs.tabs.map(tab => {
        const active = tab === tabs.active
        return (
          <div
            key={tab.address}
            className="tab"
            data-active={active || undefined}
            data-passing={isPassing(tab) || undefined}
            role="presentation"
          >
            <button
              type="button"
              role="tab"
              id={tabId(tab)}
              className="tab-button"
              aria-selected={active}
              aria-controls={panelId(tab)}
              aria-keyshortcuts="Delete"
              tabIndex={active ? 0 : -1}
              title={fullName(tab)}
              onClick={() => router.showEdit(tab.target)}
              onDoubleClick={() => tabs.keepPage(tab)}
              onAuxClick={event => event.button === 1 && tabs.dismiss(tab)}
            >
              {tab.content.kind === 'failed' && <Icon name="warning" />}
              {tab.content.kind === 'object' && <Icon name="object" />}
              {tab.context !== null && <GuardMark context={tab.context} />}
              {tab.context !== null && <ActingBadge context={tab.context} short />}
              <span className="tab-name">
                <span className="tab-title">{tab.title || t('edits.untitled')}</span>
                {severalContexts && tab.context !== null && <LongName className="tab-context" name={tab.context} />}
              </span>
              {tab.alarm && (
                <span className="tab-alarm" role="img" aria-label={t('edits.alarm')}>
                  <Icon name="warning" />
                </span>
              )}
              {tab.changed && <span className="tab-changed" role="img" aria-label={t('edits.changed')} />}
            </button>
            <button
              type="button"
              className="tab-close"
              // For the pointer alone: a list of tabs holds nothing but tabs, which the Delete key closes.
              aria-hidden="true"
              tabIndex={-1}
              aria-label={t('edits.close', { name: tab.title || t('edits.untitled') })}
              onClick={() => tabs.dismiss(tab)}
            >
              <Icon name="close" />
            </button>
          </div>
        )
      })}
    </div>
  )
}

/** An object's page that gives its tab to the next one. */
function isPassing({ content }: Tab): boolean {
  return content.kind === 'object' && !content.kept
}

function TabContent({ tab, tabs }: { readonly tab: Tab; readonly tabs: Tabs }) {
  const { t } = useTranslation('app')
  const { content, target } = tab
  switch (content.kind) {
    case 'object':
      if (tab !== tabs.active || target.kind !== 'object') return null
      return (
        <ErrorBoundary key={tab.address}>
          <ObjectPage address={target} />
        </ErrorBoundary>
      )
    case 'resting':
    case 'opening':
      return (
        <div className="tab-opening" role="status">
          {t('edits.opening', { name: tab.title })}
        </div>
      )
    case 'failed':
      return (
        <div className="tab-failed" role="alert">
          <ProblemText problem={content.problem} />
          <button type="button" className="button" onClick={() => tabs.retry(tab)}>
            {t('again')}
          </button>
        </div>
      )
    case 'open':
      return (
        <ErrorBoundary key={content.edit.edit}>
          <EditTab
            opened={content.edit}
            active={tab === tabs.active}
            onChanged={changed => tabs.changed(tab, changed)}
            onAlarm={alarm => tabs.alarmed(tab, alarm)}
            onMoved={edit => tabs.moved(tab, edit)}
            onClosed={() => tabs.close(tab)}
          />
        </ErrorBoundary>
      )
  }
}

/** A changed edit is not dropped by a click: its text may be kept in the host, and is there when the object is opened again. */
function DismissDialog({ tabs }: { readonly tabs: Tabs }) {
  const { t } = useTranslation('app')
  const { dismissing: tab } = tabs
  const name = tab?.title || t('edits.untitled')
  return (
    <PanelDialog title={t('dismiss.title', { name })} open={tab !== null} onClose={tabs.keep}>
      <p>{t('dismiss.text')}</p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => tab !== null && tabs.discard(tab)}>
          {t('dismiss.discard')}
        </button>
        <button type="button" className="button button-accent" onClick={() => tab !== null && tabs.close(tab)}>
          {t('dismiss.later')}
        </button>
      </div>
    </PanelDialog>
  )
}

function tabId(tab: Tab): string {
  return `tab ${tab.address}`.replaceAll(/[^\w-]/g, '_')
}

function panelId(tab: Tab): string {
  return `panel ${tab.address}`.replaceAll(/[^\w-]/g, '_')
}

function fullName(tab: Tab): string {
  if (tab.target.kind === 'create') return [tab.context, tab.title].filter(Boolean).join(' / ')
  const { context, resource, namespace, name } = tab.target.target
  return [context, namespace, `${resource}/${name}`].filter(part => part !== null).join(' / ')
}
