import type { RefObject } from 'react'
import { Button, Dialog, DialogTrigger, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ResourceKind, ViewState } from '../../contract/browse.ts'
import { useCommandSet } from '../app/commands.ts'
import type { ListAddress } from '../app/router.ts'
import { type StreamState, useApp } from '../app/use-host.ts'
import { GuardedName, LockIcon, LockState } from '../guards/guard-mark.tsx'
import { isGuarded } from '../guards/use-guard.ts'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'
import { useTyped } from '../parts/use-typed.ts'
import { scopeContexts } from './scope.ts'

/** What stands above a list: the kind, counts, filter, versions and columns, and whether it is live. */
export function ListBar({
  address,
  title,
  versions,
  stream,
  filterField,
  onChange,
  onLeaveFilter,
}: {
  readonly address: ListAddress
  readonly title: string
  readonly versions: readonly ResourceKind[]
  readonly stream: StreamState<ViewState>
  readonly filterField: RefObject<HTMLInputElement | null>
  readonly onChange: (part: Partial<ListAddress>) => void
  readonly onLeaveFilter: () => void
}) {
  const { t } = useTranslation('browse')
  const list = stream.value
  return (
    <header className="list-bar">
      <h1 className="list-title">{title}</h1>
      <ListGuard address={address} />
      {versions.length > 1 && <Versions address={address} versions={versions} onChange={onChange} />}
      <Count list={list} filtered={address.filter !== ''} />
      <Liveness stream={stream} />
      <Filter address={address} list={list} field={filterField} onChange={onChange} onLeave={onLeaveFilter} />
      {list !== null && <Columns address={address} list={list} onChange={onChange} />}
      <ManifestButton />
      <span className="visually-hidden" role="status">
        {list !== null && address.filter !== '' && t('list.matched', { matched: list.matched, total: list.total })}
      </span>
    </header>
  )
}

function ManifestButton() {
  const { t } = useTranslation('manifest')
  const commands = useCommandSet()
  const open = () =>
    commands
      .all()
      .find(({ id }) => id === 'app.manifest')
      ?.run()
  return <IconButton icon="upload" label={t('command')} keys="M" onPress={open} />
}

/** The context whose objects are listed, where it is guarded; of several, each row tells its own. */
function ListGuard({ address }: { readonly address: ListAddress }) {
  const [only, ...more] = scopeContexts(address.scope, useApp().contexts)
  if (only === undefined || more.length > 0 || !isGuarded(only.guard)) return null
  return (
    <span className="list-guard">
      <GuardedName context={only.name} className="guard-tag" />
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
  return (
    <span className="count">
      {filtered
        ? t('list.matched', { matched: list.matched, total: list.total })
        : t('list.total', { total: list.total })}
    </span>
  )
}

function Filter({
  address,
  list,
  field,
  onChange,
  onLeave,
}: {
  readonly address: ListAddress
  readonly list: ViewState | null
  readonly field: RefObject<HTMLInputElement | null>
  readonly onChange: (part: Partial<ListAddress>) => void
  readonly onLeave: () => void
}) {
  const { t } = useTranslation('browse')
  const say = useProblemWords()
  const [typed, setTyped] = useTyped(address.filter, filter => onChange({ filter }))
  const problem = list?.filterProblem ?? null
  return (
    <div className="filter" data-wrong={problem !== null || undefined}>
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={t('filter.label')}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : 'filter-problem'}
        placeholder={t('filter.placeholder')}
        spellCheck={false}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' || event.key === 'ArrowDown') onLeave()
          else if (event.key === 'Escape' && typed !== '') setTyped('')
          else if (event.key === 'Escape') onLeave()
          else return
          event.preventDefault()
        }}
      />
      <DialogTrigger>
        <Button className="icon-button" aria-label={t('filter.help')}>
          <Icon name="help" />
        </Button>
        <Popover className="popover" placement="bottom end" offset={8}>
          <Dialog className="popover-dialog filter-help" aria-label={t('filter.help')}>
            <FilterHelp />
          </Dialog>
        </Popover>
      </DialogTrigger>
      {problem !== null && (
        <p className="filter-problem" id="filter-problem" role="alert">
          {say(problem).sentence}
        </p>
      )}
    </div>
  )
}

function FilterHelp() {
  const { t } = useTranslation('browse')
  return (
    <>
      <h2 className="help-title">{t('filter.help')}</h2>
      <dl className="help-list">
        <dt>
          <code>nginx crash</code>
        </dt>
        <dd>{t('filter.words')}</dd>
        <dt>
          <code>app=nginx</code> <code>tier!=cache</code>
        </dt>
        <dd>{t('filter.labels')}</dd>
        <dt>
          <code>app in (web,api)</code>
        </dt>
        <dd>{t('filter.sets')}</dd>
        <dt>
          <code>field:status.phase=Running</code>
        </dt>
        <dd>{t('filter.fields')}</dd>
      </dl>
    </>
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

function Columns({
  address,
  list,
  onChange,
}: {
  readonly address: ListAddress
  readonly list: ViewState
  readonly onChange: (part: Partial<ListAddress>) => void
}) {
  const { t } = useTranslation('browse')
  const extras = list.columns.filter(column => column.priority > 0)
  if (extras.length === 0) return null
  const chosen = address.columns ?? []
  return (
    <MenuTrigger>
      <Button className="bar-button" aria-label={t('columns.title')}>
        <Icon name="columns" />
        <span className="bar-label">{t('columns.title')}</span>
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu
          className="menu"
          aria-label={t('columns.title')}
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={keys => {
            const names = extras.map(column => column.name).filter(name => keys === 'all' || keys.has(name))
            onChange({ columns: names.length === 0 ? null : names })
          }}
        >
          {extras.map(column => (
            <MenuItem key={column.name} id={column.name} className="menu-item" textValue={column.name}>
              <Icon name="check" />
              {column.name}
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
