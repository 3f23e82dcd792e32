import './conflict.css'
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Choice } from '../../core/merge.ts'
import { formatPath } from '../../core/path.ts'
import { type Command, onMac, showKeys, useCommands } from '../app/commands.ts'
import { ConflictCard } from './conflict-card.tsx'
import {
  canEdit,
  canTakeBoth,
  decided,
  decisionsOf,
  type Made,
  madeOf,
  printResult,
  readResult,
  resultOf,
} from './decisions.ts'
import type { EditWork } from './edit-work.ts'
import type { Deciding } from './flow.ts'
import type { Dispute } from './others.ts'
import type { Excerpt } from './result-preview.ts'

/** Where both sides changed the same: what shall stand is decided field by field. Nothing is sent; Escape goes back to the text. */
export function ConflictView({
  deciding: { live, disputes },
  made,
  active,
  work,
}: {
  readonly deciding: Deciding
  readonly made: readonly Made[]
  readonly active: boolean
  readonly work: EditWork
}) {
  const { t } = useTranslation('edit')
  const list = useRef<HTMLOListElement>(null)
  const [at, setAt] = useState(0)
  const current = Math.min(at, disputes.length - 1)
  const decisions = decisionsOf(made, disputes)
  const left = disputes.length - decisions.length
  const excerpts = usePreview(work, live, decisions, disputes)

  const focusCard = (index: number) => {
    setAt(index)
    list.current?.querySelectorAll<HTMLElement>('.conflict-card')[index]?.focus()
  }
  const begin = useEffectEvent(() => {
    if (active) focusCard(current)
  })
  useEffect(() => begin(), [])

  const choose = (dispute: Dispute, choice: Choice) => work.make(decided(made, taken(dispute, choice)))
  const type = (dispute: Dispute, draft: string) => work.make(decided(made, typed(dispute, draft)))
  const beginEdit = (dispute: Dispute) => {
    if (!canEdit(dispute.conflict)) return
    const now = madeOf(made, dispute)
    type(dispute, now?.draft ?? printResult(resultOf(dispute.conflict, now?.choice ?? 'mine')))
  }
  const chooseAll = (choice: 'mine' | 'theirs') =>
    work.make(disputes.reduce((all, dispute) => decided(all, taken(dispute, choice)), made))
  const finish = () => void work.settle(decisions, live)
  const isOpen = (dispute: Dispute | undefined) =>
    dispute !== undefined && (madeOf(made, dispute)?.choice ?? null) === null
  const goOn = () => {
    const next = [...disputes.keys()]
      .map(step => (current + 1 + step) % disputes.length)
      .find(index => isOpen(disputes[index]))
    if (left === 0) finish()
    else if (next !== undefined) focusCard(next)
  }
  const here = (run: (dispute: Dispute) => void) => () => {
    const dispute = disputes[current]
    if (dispute !== undefined) run(dispute)
  }
  const conflict = disputes[current]?.conflict
  const command = (id: string, label: string, keys: readonly string[], run: () => void, enabled = true): Command => ({
    id: `conflict.${id}`,
    label,
    group: t('conflict.group'),
    enabled,
    keys,
    run,
  })
  useCommands(
    active
      ? [
          command('next', t('conflict.next'), ['J', 'ArrowDown'], () =>
            focusCard(Math.min(current + 1, disputes.length - 1)),
          ),
          command('previous', t('conflict.previous'), ['K', 'ArrowUp'], () => focusCard(Math.max(current - 1, 0))),
          command(
            'mine',
            t('conflict.take.mine'),
            ['M'],
            here(dispute => choose(dispute, 'mine')),
          ),
          command(
            'theirs',
            t('conflict.take.theirs'),
            ['T'],
            here(dispute => choose(dispute, 'theirs')),
          ),
          command(
            'both',
            t('conflict.take.both'),
            ['B'],
            here(dispute => choose(dispute, 'both')),
            conflict !== undefined && canTakeBoth(conflict),
          ),
          command(
            'edit',
            t('conflict.take.value'),
            ['E'],
            here(beginEdit),
            conflict !== undefined && canEdit(conflict),
          ),
          command('goOn', t('conflict.goOn'), ['Enter'], goOn),
          command('allMine', t('conflict.all.mine'), [], () => chooseAll('mine')),
          command('allTheirs', t('conflict.all.theirs'), [], () => chooseAll('theirs')),
          command('finish', t('conflict.finish'), ['Mod+Enter'], finish, left === 0),
        ]
      : [],
  )
  // A button that has the focus would take these keys for a press of its own.
  const putIn = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    if (left === 0) finish()
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    // Out of a field that is being typed in, then out of the view.
    if (event.target instanceof HTMLTextAreaElement) focusCard(current)
    else work.back()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a second way of the button `Back to the text`.
    <div className="conflict-view" onKeyDownCapture={putIn} onKeyDown={leave}>
      <header>
        <h3>{t('conflict.title')}</h3>
        <p role="status">{left === 0 ? t('conflict.none') : t('conflict.left', { count: left })}</p>
        <div className="edit-actions">
          {disputes.length > 1 && (
            <>
              <Button className="button button-small" onPress={() => chooseAll('mine')}>
                {t('conflict.all.mine')}
              </Button>
              <Button className="button button-small" onPress={() => chooseAll('theirs')}>
                {t('conflict.all.theirs')}
              </Button>
            </>
          )}
          <Button className="button" onPress={work.back}>
            {t('conflict.back')}
          </Button>
          <Button className="button button-accent" isDisabled={left > 0} onPress={finish}>
            {t('conflict.finish')}
          </Button>
        </div>
      </header>
      <p className="conflict-keys">{t('conflict.keys', { finish: showKeys('Mod+Enter', onMac) })}</p>
      <ol ref={list} className="conflict-list">
        {disputes.map((dispute, index) => (
          <ConflictCard
            key={formatPath(dispute.conflict.path)}
            conflict={dispute.conflict}
            made={madeOf(made, dispute)}
            changedAgain={made.some(
              one => one.stamp !== dispute.stamp && formatPath(one.path) === formatPath(dispute.conflict.path),
            )}
            excerpt={excerpts?.find(({ path }) => path === formatPath(dispute.conflict.path)) ?? null}
            current={index === current}
            onFocus={() => setAt(index)}
            onChoose={choice => choose(dispute, choice)}
            onEdit={() => beginEdit(dispute)}
            onType={draft => type(dispute, draft)}
          />
        ))}
      </ol>
    </div>
  )
}

function taken({ conflict, stamp }: Dispute, choice: Choice): Made {
  return { path: conflict.path, stamp, choice, draft: null }
}

function typed({ conflict, stamp }: Dispute, draft: string): Made {
  const reading = readResult(draft, conflict)
  return { path: conflict.path, stamp, choice: reading.kind === 'value' ? { value: reading.value } : null, draft }
}

/** How the text will stand, as of the last decision that could be followed. */
function usePreview(
  work: EditWork,
  live: Deciding['live'],
  decisions: ReturnType<typeof decisionsOf>,
  disputes: readonly Dispute[],
): readonly Excerpt[] | null {
  const [excerpts, setExcerpts] = useState<readonly Excerpt[] | null>(null)
  const ask = useEffectEvent(async (stopped: () => boolean) => {
    const shown = disputes.filter(({ conflict }) => conflict.masked === undefined)
    const next = await work.preview(
      live,
      decisions,
      shown.map(({ conflict }) => conflict.path),
    )
    if (!stopped()) setExcerpts(next)
  })
  const asked = JSON.stringify([decisions, live.baseVersion], (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  // `asked` says when what `ask` reads is another.
  useEffect(() => {
    let stopped = false
    void ask(() => stopped)
    return () => {
      stopped = true
    }
  }, [asked])
  return excerpts
}
