import './compare.css'
import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { Problem } from '../../core/problem.ts'
import { useClient } from '../app/use-host.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { CompareBar } from './compare-bar.tsx'
import type { Comparison } from './compare-task.ts'
import { CompareTexts } from './compare-texts.tsx'
import type { MergeEditor } from './merge-parts.ts'
import { useSideName } from './side-name.ts'
import { type CompareWith, readSides } from './sides.ts'
import { useCompareCommands } from './use-compare-commands.ts'
import { useCompareLayout } from './use-compare-layout.ts'

/** What became of reading the other side. */
type Read =
  | { readonly kind: 'reading' | 'nothing' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'read'; readonly comparison: NonNullable<Comparison> }

/** The text of an edit beside something else, from which it can be taken over piece by piece. */
export function ComparePane({
  work,
  opened,
  wanted,
  revision,
  readOnly,
  active,
  onWanted,
  onClose,
}: {
  readonly work: EditWork
  readonly opened: OpenedEdit
  readonly wanted: CompareWith
  /** Another one is another reason to read the live object again. */
  readonly revision: string
  readonly readOnly: boolean
  /** Whether it is on screen. */
  readonly active: boolean
  readonly onWanted: (wanted: CompareWith) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation('compare')
  const client = useClient()
  const nameOf = useSideName()
  const [noise, setNoise] = useState(false)
  const [values, setValues] = useState(false)
  const [all, setAll] = useState(false)
  const [count, setCount] = useState(0)
  const [read, setRead] = useState<Read>({ kind: 'reading' })
  const merge = useRef<MergeEditor | null>(null)
  const { place, layout, choose, turn } = useCompareLayout()
  const isLive = wanted.kind === 'live' || wanted.kind === 'applied'

  const compare = useEffectEvent(async (signal: AbortSignal) => {
    const text = () => work.editor()?.view.state.doc.toString() ?? ''
    const sides = await readSides(client, opened, work.state(), text(), wanted)
    if (signal.aborted) return
    if (!sides.ok) return setRead({ kind: 'failed', problem: sides.problem })
    const { theirs, mine } = sides.value
    const right = mine ?? ({ kind: 'text', text: text() } as const)
    const comparison = await doTextTask({ kind: 'compare', left: theirs, right, noise, values, schema: opened.schema })
    if (signal.aborted) return
    if (comparison === null) return setRead({ kind: 'nothing' })
    // Where the live object moved without another difference the editor stays, with its cursor and the focus.
    setRead(before =>
      before.kind === 'read' && isSame(before.comparison, comparison) ? before : { kind: 'read', comparison },
    )
  })
  const seen = isLive ? revision : ''
  // Whenever another side or another look of it is wanted.
  useEffect(() => {
    const left = new AbortController()
    void compare(left.signal)
    return () => left.abort()
  }, [wanted, noise, values, seen])

  const comparison = read.kind === 'read' ? read.comparison : null
  const known = comparison === null ? null : count
  useCompareCommands(merge, {
    active,
    count: known,
    canTake: comparison?.masked === false && !readOnly,
    switchAll: () => setAll(!all),
    switchNoise: () => setNoise(!noise),
    switchLayout: turn,
    layout,
    close: onClose,
  })

  async function drop(event: DragEvent): Promise<void> {
    const [file] = event.dataTransfer.files
    if (file === undefined) return
    event.preventDefault()
    onWanted({ kind: 'text', name: file.name, text: await file.text() })
  }

  return (
    <section
      ref={place}
      className="compare"
      aria-label={t('title')}
      onDragOver={event => event.preventDefault()}
      onDrop={event => void drop(event)}
    >
      <CompareBar
        left={nameOf(wanted)}
        right={t('mine')}
        count={known}
        noise={noise}
        onNoise={setNoise}
        all={all}
        onAll={setAll}
        layout={layout}
        onLayout={choose}
        walk={step => merge.current?.walk(step)}
      >
        {opened.secret && wanted.kind !== 'object' && (
          <label className="compare-choice">
            <input type="checkbox" checked={values} onChange={event => setValues(event.target.checked)} /> {t('values')}
          </label>
        )}
        <Button className="button button-small" onPress={onClose}>
          {t('done')}
        </Button>
      </CompareBar>
      {comparison?.masked === true && <p className="compare-note">{t('masked')}</p>}
      {comparison?.unread === true && <p className="compare-note">{t('unread')}</p>}
      {(read.kind === 'reading' || read.kind === 'nothing') && (
        <p className="compare-note" role="status">
          {t(read.kind === 'reading' ? 'reading' : 'noApplied')}
        </p>
      )}
      {read.kind === 'failed' && (
        <div className="compare-note" role="alert">
          <ProblemText problem={read.problem} />
        </div>
      )}
      {comparison !== null && (
        <CompareTexts
          comparison={comparison}
          names={{ left: nameOf(wanted), right: t('mine') }}
          mine={comparison.masked ? null : { work, readOnly }}
          layout={layout}
          all={all}
          merge={merge}
          onCount={setCount}
        />
      )}
    </section>
  )
}

/** Whether two comparisons are drawn alike: the person's own text is followed where it is typed. */
function isSame(before: NonNullable<Comparison>, now: NonNullable<Comparison>): boolean {
  const isRightSame = !now.masked || before.right === now.right
  return before.left === now.left && before.masked === now.masked && before.unread === now.unread && isRightSame
}
