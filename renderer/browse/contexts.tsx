import { GridList, GridListItem, type Selection } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ContextState } from '../../contract/app.ts'
import { usePlace, useRouter } from '../app/router.ts'
import { useApp } from '../app/use-host.ts'
import { GuardMark, LockIcon } from '../guards/guard-mark.tsx'
import { GuardMenu, useGuardMenu } from '../guards/guard-menu.tsx'
import { LongName } from '../parts/long-name.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'
import { listIn, placeScope, scopeContexts } from './scope.ts'

/** The contexts of the kubeconfig, with what is known of their clusters. Ctrl or Cmd adds one to the list. */
export function Contexts() {
  const { t } = useTranslation('browse')
  const app = useApp()
  const router = useRouter()
  const place = usePlace()
  const scope = placeScope(place)
  const shown = scopeContexts(scope, app.contexts)

  function choose(keys: Selection): void {
    const chosen = keys === 'all' ? app.contexts : app.contexts.filter(context => keys.has(context.name))
    const list = listIn(app, scope, chosen)
    if (list !== null) router.showList(list)
  }

  return (
    <section className="side-section" aria-label={t('contexts.title')}>
      <h2 className="side-title">{t('contexts.title')}</h2>
      <GridList
        className="side-list contexts"
        aria-label={t('contexts.title')}
        selectionMode="multiple"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={shown.map(context => context.name)}
        onSelectionChange={choose}
        renderEmptyState={() => <p className="side-note">{t('contexts.none')}</p>}
      >
        {app.contexts.map(context => (
          <Context key={context.name} context={context} />
        ))}
      </GridList>
    </section>
  )
}

function Context({ context }: { readonly context: ContextState }) {
  const { t } = useTranslation('browse')
  const say = useProblemWords()
  const menu = useGuardMenu()
  const { connection } = context
  const state = t(`contexts.${connection.kind}`)
  const detail =
    connection.kind === 'failed'
      ? say(connection.problem).sentence
      : connection.kind === 'ready'
        ? connection.version
        : state
  return (
    <GridListItem
      id={context.name}
      textValue={`${context.name} ${state}`}
      className="side-row"
      data-guard={context.guard.colour ?? undefined}
      onContextMenu={menu.onContextMenu}
    >
      <span className="dot" data-state={connection.kind} title={detail} />
      <GuardMark context={context.name} />
      <LongName className="side-name" name={context.name} title={`${context.name}\n${context.server}`} />
      <span className="side-mark">
        {connection.kind === 'failed' && state}
        {connection.kind === 'connecting' && state}
        {connection.kind === 'ready' && connection.tooOld && t('contexts.readOnly')}
      </span>
      <LockIcon context={context.name} />
      <span className="visually-hidden">{state}</span>
      <GuardMenu context={context.name} open={menu.open} onOpen={menu.onOpen} />
    </GridListItem>
  )
}
