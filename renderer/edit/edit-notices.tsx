import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { unlockMinutes } from '../../contract/guard.ts'
import { ownChoice } from '../../contract/own-choice.ts'
import type { WriteChoice } from '../../contract/strategy.ts'
import type { Problem } from '../../core/problem.ts'
import { useGuardActs } from '../guards/use-guard.ts'
import { JsonNotice } from '../json-view/json-notice.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { TakeOver } from '../review/take-over.tsx'
import { ConflictTable } from './conflict-table.tsx'
import type { EditStanding } from './edit-shared.ts'
import type { EditWork } from './edit-work.ts'
import { choiceMatters, remedyOf } from './flow.ts'
import { Notice } from './notice.tsx'
import { PartlyNotice } from './partly-notice.tsx'
import { SavedNotice, tellsMore } from './saved-notice.tsx'
import { SettledNotice } from './settled-notice.tsx'
import type { useNeighbours } from './subresource-commands.ts'
import type { TabState } from './use-work.ts'
import { VersionWarning } from './version-warning.tsx'

/** All that must be said above the text: why it cannot be changed, what became of the object, of a review or a submit. */
export function EditNotices({
  opened,
  neighbours,
  state,
  following,
  canMove,
  work,
}: {
  readonly opened: OpenedEdit
  /** What else of the object can be edited. */
  readonly neighbours: ReturnType<typeof useNeighbours>
  readonly state: TabState
  readonly following: boolean
  /** Whether the text can be moved onto what is live now. */
  readonly canMove: boolean
  readonly work: EditWork
}) {
  const { t } = useTranslation('edit')
  const { flow, live, trouble } = state
  const problem = flow.kind === 'editing' ? flow.problem : null
  // A review that met what keeps the live object from being read says it for both.
  const isTold = live?.live.kind === 'unreadable' && live.live.problem.code === problem?.code
  return (
    <div className="notices">
      {opened.readOnly !== null && (
        <Notice tone="info" lead={t('readOnly')}>
          <ProblemText problem={opened.readOnly} />
          {opened.readOnly.code === 'forbidden' && neighbours.length > 0 && (
            <div className="notice-ways">
              {neighbours.map(({ subresource, label, open }) => (
                <Button key={subresource} className="button button-small" onPress={open}>
                  {label}
                </Button>
              ))}
            </div>
          )}
        </Notice>
      )}
      <VersionWarning opened={opened} />
      {following && (
        <Notice tone="info" action={{ label: t('takeOver'), run: () => void work.takeOver() }}>
          <p>{t('following')}</p>
        </Notice>
      )}
      <JsonNotice json={state.json} work={work} />
      {state.lineBreaksChanged && (
        <Notice tone="info">
          <p>{t('lineBreaks')}</p>
        </Notice>
      )}
      {trouble?.kind === 'refused' && trouble.problem.code !== 'edit-busy' && (
        <ProblemNotice problem={trouble.problem} work={work} />
      )}
      {live !== null && live.unkept !== null && (
        <Notice tone="bad" role="alert">
          <ProblemText problem={live.unkept} />
        </Notice>
      )}
      {live !== null && <KeptNotice live={live} />}
      {opened.origin !== 'create' && live !== null && live.recreation === null && !isTold && (
        <LiveNotice live={live.live} work={work} />
      )}
      {flow.kind === 'editing' && state.partly !== null && state.inspection?.changed !== false && (
        <PartlyNotice steps={state.partly.steps} work={work} />
      )}
      {problem !== null && (
        <ProblemNotice
          problem={problem}
          lead={isTold ? t('unreadable') : null}
          work={work}
          canMove={canMove}
          choice={state.choice}
          onChoose={choice => void work.review(choice)}
        />
      )}
      {flow.kind === 'editing' &&
        flow.saved !== null &&
        (flow.saved !== state.partly?.saved || tellsMore(flow.saved)) && (
          <SavedNotice saved={flow.saved} opened={opened} onDismiss={work.dismiss} />
        )}
      {flow.kind === 'review' && state.partly?.saved && tellsMore(state.partly.saved) && (
        <SavedNotice saved={state.partly.saved} opened={opened} onDismiss={null} />
      )}
      {flow.kind === 'editing' && flow.settled !== null && (
        <SettledNotice settled={flow.settled} onDismiss={work.dismiss} />
      )}
    </div>
  )
}

/** That the text came back from disk; and what became of a submit that the app's end had cut off from its answer. */
function KeptNotice({ live: { restored, settled } }: { readonly live: EditStanding }) {
  const { t } = useTranslation('edit')
  const [dismissed, setDismissed] = useState(false)
  if (dismissed || (restored === null && settled === null)) return null
  const words =
    settled === null
      ? t('kept.restored', { at: restored })
      : settled.outcome === 'written' && settled.step !== null && settled.step.number < settled.step.of
        ? t('kept.writtenPart', { at: settled.sent, number: settled.step.number, of: settled.step.of })
        : t(`kept.${settled.outcome}`, { at: settled.sent })
  return (
    <Notice
      tone={settled?.outcome === 'unknown' ? 'warn' : 'info'}
      role="status"
      action={{ label: t('dismiss'), run: () => setDismissed(true) }}
    >
      <p>{words}</p>
    </Notice>
  )
}

function LiveNotice({ live, work }: { readonly live: EditStanding['live']; readonly work: EditWork }) {
  const { t } = useTranslation('edit')
  switch (live.kind) {
    case 'gone':
      return (
        <Notice tone="warn" role="status" action={{ label: t('createAgain'), run: () => void work.recreate() }}>
          <p>{t('gone')}</p>
        </Notice>
      )
    case 'replaced':
      return (
        <Notice tone="warn" role="status" action={{ label: t('openAgain'), run: () => void work.reopen() }}>
          <p>{t('replaced')}</p>
        </Notice>
      )
    case 'unreadable':
      return (
        <Notice tone="warn" role="status" lead={t('unreadable')}>
          <ProblemText problem={live.problem} />
        </Notice>
      )
    default:
      return null
  }
}

/** A refusal with what can be done about it: also another choice of how to write, where one was made and may be the reason. */
export function ProblemNotice({
  problem,
  lead = null,
  work,
  canMove = false,
  choice = ownChoice,
  onChoose = null,
}: {
  readonly problem: Problem
  readonly lead?: string | null
  readonly work: EditWork
  readonly canMove?: boolean
  readonly choice?: WriteChoice
  readonly onChoose?: ((choice: WriteChoice) => void) | null
}) {
  const { t } = useTranslation(['edit', 'guard', 'strategy'])
  const { unlock } = useGuardActs()
  const remedies = {
    again: { label: t('tryAgain'), run: () => void work.review() },
    recreate: { label: t('createAgain'), run: () => void work.recreate() },
    reopen: { label: t('openAgain'), run: () => void work.reopen() },
    againstLive: { label: t('againstLive'), run: () => void work.againstLive() },
    unlock: {
      label: t('guard:unlock', { minutes: unlockMinutes }),
      run: () => void (problem.code === 'context-read-only' && unlock(problem.context).then(() => work.review())),
    },
  }
  const usual = {
    label: t('strategy:useRecommended'),
    run: () => onChoose?.({ ...choice, strategy: null, guard: null, force: false }),
  }
  const remedy = remedyOf(problem)
  const mayChoose = onChoose !== null && choice.strategy !== null && choiceMatters(problem)
  const decide = { label: t('conflict.open'), run: () => void work.decide() }
  const mayDecide = canMove && problem.code === 'merge-conflict'
  const action = mayDecide ? decide : remedy !== null ? remedies[remedy] : mayChoose ? usual : null
  return (
    <Notice tone="bad" role="alert" {...(lead === null ? {} : { lead })} {...(action === null ? {} : { action })}>
      {problem.code === 'owner-conflict' && onChoose !== null ? (
        <TakeOver owners={problem.owners} onTakeOver={() => onChoose({ ...choice, strategy: 'apply', force: true })} />
      ) : (
        <ProblemText problem={problem} />
      )}
      {problem.code === 'merge-conflict' && <ConflictTable conflicts={problem.conflicts} />}
    </Notice>
  )
}
