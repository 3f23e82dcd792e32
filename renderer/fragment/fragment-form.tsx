import './fragment.css'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { FragmentConflicts } from './fragment-conflicts.tsx'
import { FragmentSource } from './fragment-source.tsx'
import type { FragmentChoices } from './fragment-task.ts'
import { OwnerOffer } from './owner-offer.tsx'
import { useFragment } from './use-fragment.ts'

const mostPaths = 12

/** Chooses a fragment, shows what it brings and where it differs from what is there, and puts it into the text. */
export function FragmentForm({
  opened,
  work,
  begun,
  onClose,
}: {
  readonly opened: OpenedEdit
  readonly work: EditWork
  /** A text to begin with; '' for none. */
  readonly begun: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation('fragment')
  const [source, setSource] = useState(begun)
  const [index, setIndex] = useState(0)
  const [choices, setChoices] = useState<FragmentChoices>({})
  const { fragments, change, problem, current } = useFragment(opened, work, { source, index, choices })
  const choose = (text: string) => {
    setSource(text)
    setIndex(0)
    setChoices({})
  }
  const put = () => {
    if (change === null || !current) return
    onClose()
    if (work.state().flow.kind !== 'editing') work.back()
    const [first] = change.changes
    if (first === undefined) return
    work.editor()?.change(change.changes)
    // The dialog gives the focus back first.
    setTimeout(() => work.editor()?.goTo(first.from))
  }
  return (
    <form
      className="fragment"
      onSubmit={event => {
        event.preventDefault()
        put()
      }}
    >
      {opened.ref.kind === 'Pod' && opened.ref.group === '' && (
        <OwnerOffer opened={opened} text={source} onClose={onClose} />
      )}
      <FragmentSource opened={opened} begun={begun} onSource={choose} />
      {fragments.length > 1 && (
        <label className="fragment-which">
          <span>{t('which')}</span>
          <select className="field" value={index} onChange={event => setIndex(Number(event.target.value))}>
            {fragments.map(({ title }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: documents of a text are told apart by their place alone.
              <option key={at} value={at}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {problem !== null && <ProblemText problem={problem} />}
      {change !== null && (
        <>
          <section className="fragment-paths" aria-label={t('brings')}>
            <h3>{t('brings')}</h3>
            {change.paths.length === 0 ? (
              <p className="setting-note">{t('nothing')}</p>
            ) : (
              <ul>
                {change.paths.slice(0, mostPaths).map(path => (
                  <li key={path}>
                    <code>{path}</code>
                  </li>
                ))}
              </ul>
            )}
            {change.paths.length > mostPaths && (
              <p className="setting-note">{t('more', { count: change.paths.length - mostPaths })}</p>
            )}
          </section>
          {change.conflicts.length > 0 && (
            <FragmentConflicts
              conflicts={change.conflicts}
              choices={choices}
              onChoose={(path, choice) => setChoices({ ...choices, [path]: choice })}
            />
          )}
        </>
      )}
      <div className="dialog-buttons">
        <p className="fragment-note">{t('note')}</p>
        <Button className="button" onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button
          type="submit"
          className="button button-accent"
          isDisabled={change === null || !current || change.changes.length === 0}
        >
          {t('put')}
        </Button>
      </div>
    </form>
  )
}
