import { GridListItem } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ContextState } from '../../contract/app.ts'
import { GuardMark, LockIcon } from '../guards/guard-mark.tsx'
import { LongName } from '../parts/long-name.tsx'
import { ActingBadge } from './acting-badge.tsx'
import { ContextMenu, useContextMenu } from './context-menu.tsx'
import { StandingShape } from './standing-shape.tsx'
import { useStandingWords } from './use-standing.ts'

/** A context: how it stands, its name, whom it acts as, and its menu. */
export function ContextRow({ context }: { readonly context: ContextState }) {
  const { t } = useTranslation('contexts')
  const menu = useContextMenu()
  const { standing, word, sentence } = useStandingWords()(context)
  const { name, server, guard, actingAs } = context
  const acting = actingAs === null ? '' : ` ${t('acting.as', { user: actingAs.user })}`
  return (
    <GridListItem
      id={name}
      textValue={`${name} ${word}${acting}`}
      className="side-row"
      data-guard={guard.colour ?? undefined}
      onContextMenu={menu.onContextMenu}
    >
      <StandingShape standing={standing} title={sentence} />
      <GuardMark context={name} />
      <LongName className="side-name" name={name} title={`${name}\n${server}\n${sentence}`} />
      <ActingBadge context={name} />
      <span className={standing === 'ready' ? 'visually-hidden' : 'side-mark'} data-standing={standing}>
        {word}
      </span>
      <LockIcon context={name} />
      <ContextMenu context={name} open={menu.open} onOpen={menu.onOpen} />
    </GridListItem>
  )
}
