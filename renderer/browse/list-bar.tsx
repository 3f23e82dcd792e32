import type { RefObject } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Tooltip, TooltipTrigger } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ResourceKind, ViewState } from '../../contract/browse.ts'
import type { Layout } from '../../contract/list-settings.ts'
import { onMac, showKeys, useAllCommands } from '../app/commands.ts'
import type { ListAddress } from '../app/router.ts'
import { type StreamState, useApp } from '../app/use-host.ts'
import { ActingBadge } from '../contexts/acting-badge.tsx'
import { GuardedName, LockIcon, LockState } from '../guards/guard-mark.tsx'
import { isGuarded } from '../guards/use-guard.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { ColumnsPanel } from './columns-panel.tsx'
import { isRecent } from './last-hour.ts'
import type { ListShape } from './list-columns.ts'
import { ListFilter } from './list-filter.tsx'
import { ListMenu } from './list-menu.tsx'
import { progressOf } from './list-progress.tsx'
import { scopeContexts } from './scope.ts'
import { useKinds } from './use-kinds.ts'

/** What stands above a list: the kind, counts, filter, versions and columns, and whether it is live. */
export function ListBar({
  address,
  shape,
  title,
  stream,
  filterField,
  onChange,
  onLayout,
  onLeaveFilter,
}: {
  readonly address: ListAddress
  readonly shape: ListShape
  readonly title: string
  readonly stream: StreamState<ViewState>
  readonly filterField: RefObject<HTMLInputElement | null>
  readonly onChange: (part: Partial<ListAddress>) => void
  readonly onLayout: (layout: Layout | null) => void
  readonly onLeaveFilter: () => void
}) {
  const { t } = useTranslation('browse')
  const list = stream.value
  const { group, resource } = address.scope
  const versions = (useKinds().kinds ?? []).filter(one => one.group === group && one.resource === resource)
  return (
    <header className="list-bar">
      <h1 className="list-title">{title}</h1>
      <ListGuard address={address} />
      {versions.length > 1 && <Versions address={address} versions={versions} onChange={onChange} />}
      <Count list={list} filtered={address.filter !== ''} />
      <Liveness stream={stream} />
      <ListFilter address={address} list={list} field={filterField} onChange={onChange} onLeave={onLeaveFilter} />
      <LastHour address={address} />
      {list !== null && <ColumnsPanel shape={shape} labels={list.labelKeys} onLayout={onLayout} />}
      <CommandButton id="app.manifest" icon="upload" />
      <ListMenu />
      <span className="visually-hidden" role="status">
        {list !== null && address.filter !== '' && t('list.matched', { matched: list.matched, total: list.total })}
      </span>
    </header>
  )
}

/** A button for a command that has its own name and keys. */
function CommandButton({ id, icon }: { readonly id: string; readonly icon: IconName }) {
  const command = useAllCommands().find(one => one.id === id)
  if (command === undefined) return null
  const { label, keys, run } = command
  return <IconButton icon={icon} label={label} {...(keys[0] === undefined ? {} : { keys: keys[0] })} onPress={run} />
}

/** What changed here in the last hour: one click, and one back. */
function LastHour({ address }: { readonly address: ListAddress }) {
  const { t } = useTranslation('list')
  const command = useAllCommands().find(({ id }) => id === 'list.lastHour')
  return (
    <TooltipTrigger delay={600} closeDelay={80}>
      <Button
        className="bar-button last-hour"
        aria-label={t('lastHour.label')}
        aria-pressed={isRecent(address)}
        onPress={() => command?.run()}
      >
        <Icon name="clock" />
        <span className="bar-label">{t('lastHour.label')}</span>
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {t('lastHour.command')}
        {command?.keys[0] !== undefined && <kbd>{showKeys(command.keys[0], onMac)}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}

/** The context whose objects are listed, where it is guarded or acts as somebody else; of several, each row tells its own. */
function ListGuard({ address }: { readonly address: ListAddress }) {
  const [only, ...more] = scopeContexts(address.scope, useApp().contexts)
  if (only === undefined || more.length > 0 || (!isGuarded(only.guard) && only.actingAs === null)) return null
  return (
    <span className="list-guard">
      <GuardedName context={only.name} className="guard-tag" />
      <ActingBadge context={only.name} />
      <LockState context={only.name} />
      <LockIcon context={only.name} />
    </span>
  )
}

function Count({ list, filtered }: { readonly list: ViewState | null; readonly filtered: boolean }) {
  const { t } = useTranslation('browse')
  if (list === null) return <span className="count" />
  const loading = list.sources.some(source => source.state === 'loading')
  const failed = list.sources.length > 0 && list.sources.every(source => source.state === 'failed')
  if ((loading || failed) && list.total === 0) return <span className="count" />
  const progress = filtered ? null : progressOf(list.sources)
  if (progress !== null && progress.expected !== null && progress.expected > progress.rows) {
    return <span className="count">{t('list.progress', progress)}</span>
  }
  return (
    <span className="count">
      {filtered
        ? t('list.matched', { matched: list.matched, total: list.total })
        : t('list.total', { total: list.total })}
    </span>
  )
}

function Versions({
  address,
  versions,
  onChange,
}: {
  readonly address: ListAddress
  readonly versions: readonly ResourceKind[]
  readonly onChange: (part: Partial<ListAddress>) => void
}) {
  const { t } = useTranslation('browse')
  const { scope } = address
  return (
    <MenuTrigger>
      <Button className="bar-button" aria-label={t('list.version', { version: scope.version })}>
        {scope.version}
        <Icon name="chevron" />
      </Button>
      <Popover className="popover" placement="bottom start" offset={4}>
        <Menu
          className="menu"
          aria-label={t('list.versions')}
          selectionMode="single"
          selectedKeys={[scope.version]}
          onAction={version => onChange({ scope: { ...scope, version: String(version) }, columns: null })}
        >
          {versions.map(({ version, preferred }) => (
            <MenuItem key={version} id={version} className="menu-item" textValue={version}>
              <Icon name="check" />
              {version}
              {preferred && <span className="side-mark">{t('list.preferred')}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** Whether what is on screen is what the servers have. */
function Liveness({ stream }: { readonly stream: StreamState<ViewState> }) {
  const { t } = useTranslation('browse')
  const state = livenessOf(stream)
  return (
    <span className="liveness" role="status" title={t(`list.${state}`)}>
      <span className="dot" data-state={state} />
      <span className="liveness-text">{t(`list.${state}`)}</span>
    </span>
  )
}

/** The state of a whole list: `live` only when every source that answers is. */
export function livenessOf(stream: StreamState<ViewState>): 'loading' | 'live' | 'reconnecting' | 'failed' {
  if (stream.state === 'reconnecting' || stream.state === 'ended') return 'reconnecting'
  const states = new Set(stream.value?.sources.map(source => source.state))
  if (stream.value === null || states.has('loading')) return 'loading'
  if (states.has('reconnecting')) return 'reconnecting'
  return states.has('live') || states.size === 0 ? 'live' : 'failed'
}
