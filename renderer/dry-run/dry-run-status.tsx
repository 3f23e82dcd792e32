import './dry-run.css'
import { useTranslation } from 'react-i18next'
import type { DryRunOff, LiveDryRun } from '../../contract/live-dry-run.ts'
import { useCommands } from '../app/commands.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { type PlacedProblem, placeProblems } from '../edit/placed-problems.ts'
import { usePart } from '../edit/use-work.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { usePopup } from '../parts/use-popup.ts'
import type { DryRunState } from './state.ts'

type Goes = {
  /** The line of an offset of the text, null while there is none. */
  readonly lineOf: (offset: number) => number | null
  readonly onGo: (offset: number) => void
}

/** What the server would say of the text, in a word; the rest on demand. Nothing while the text says nothing new. */
export function DryRunStatus({
  work,
  changed,
  active,
  ...goes
}: Goes & {
  readonly work: EditWork
  readonly changed: boolean
  readonly active: boolean
}) {
  const { t } = useTranslation('dryrun')
  const dryRun = usePart(work, state => state.dryRun)
  const { liveDryRun } = useApp().settings
  const save = useSaveSettings()
  const { panel, place } = usePopup()
  const toggle = (on: boolean) => save({ liveDryRun: on })
  const shown =
    changed && (!liveDryRun || (dryRun.told !== null && dryRun.told.kind !== 'unchanged') || isAsking(dryRun))
  const open = () => {
    if (panel.current === null) return
    panel.current.open = true
    panel.current.querySelector('summary')?.focus()
  }
  useCommands(
    active
      ? [
          {
            id: 'edit.liveDryRun',
            group: t('commands.group'),
            label: t(liveDryRun ? 'commands.off' : 'commands.on'),
            enabled: true,
            keys: [],
            run: () => toggle(!liveDryRun),
          },
          {
            id: 'edit.dryRun',
            group: t('commands.group'),
            label: t('commands.show'),
            enabled: shown,
            keys: [],
            run: open,
          },
        ]
      : [],
  )
  const words = useStatusWords()
  if (!shown) return null
  const told = liveDryRun ? dryRun.told : null
  const off = offOf(told, liveDryRun)
  const { word, tone } = words(dryRun, off)
  return (
    <details className="edit-others dry-run" ref={place} data-standing={dryRun.standing}>
      <summary data-tone={tone}>{word}</summary>
      <span className="visually-hidden" role="status">
        {tone === 'refused' && dryRun.standing === 'current' && word}
      </span>
      <div className="edit-others-panel dry-run-panel">
        <h3>{t('title')}</h3>
        {dryRun.standing !== 'current' && told !== null && <p className="edit-quiet">{t('old')}</p>}
        {off !== null ? (
          <p>{t(`off.${off}`)}</p>
        ) : (
          told !== null && <Told told={told} current={dryRun.standing === 'current'} {...goes} />
        )}
        <footer>
          <label>
            <input type="checkbox" checked={liveDryRun} onChange={event => toggle(event.target.checked)} />{' '}
            {t('toggle')}
          </label>
        </footer>
      </div>
    </details>
  )
}

function isAsking({ standing }: DryRunState): boolean {
  return standing === 'asking'
}

function offOf(told: LiveDryRun | null, liveDryRun: boolean): DryRunOff | 'setting' | null {
  if (!liveDryRun) return 'setting'
  return told?.kind === 'off' ? told.why : null
}

type Tone = 'quiet' | 'accepted' | 'remarks' | 'refused'

function useStatusWords() {
  const { t } = useTranslation('dryrun')
  return ({ told, standing }: DryRunState, off: string | null): { readonly word: string; readonly tone: Tone } => {
    if (off !== null) return { word: t('status.off'), tone: 'quiet' }
    if (standing === 'asking' || told === null) return { word: t('status.asking'), tone: 'quiet' }
    if (told.kind === 'refused') {
      return { word: t('status.refused', { count: placeProblems([told.problem]).length }), tone: 'refused' }
    }
    if (told.kind !== 'accepted') return { word: t('status.unasked'), tone: 'quiet' }
    const count = told.warnings.length + told.fates.length
    return count === 0
      ? { word: t('status.accepted'), tone: 'accepted' }
      : { word: t('status.remarks', { count }), tone: 'remarks' }
  }
}

function Told({ told, current, ...goes }: Goes & { readonly told: LiveDryRun; readonly current: boolean }) {
  const { t } = useTranslation('dryrun')
  switch (told.kind) {
    case 'refused':
      return (
        <>
          <ProblemText problem={told.problem} />
          {current && <Places places={placeProblems([told.problem])} {...goes} />}
        </>
      )
    case 'unasked':
      return <ProblemText problem={told.problem} />
    case 'accepted':
      return (
        <>
          <p>{t('accepted')}</p>
          {told.warnings.length > 0 && (
            <>
              <h4>{t('warnings')}</h4>
              <ul lang="en">
                {told.warnings.map(({ message }) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            </>
          )}
          {told.fates.length > 0 && (
            <>
              <h4>{t('fates')}</h4>
              <ul>
                {told.fates.map(({ path, fate, answer }) => (
                  <li key={path}>
                    {fate === 'ignored'
                      ? t('ignored', { path })
                      : t('overridden', { path, answer: answer ?? t('absent') })}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )
    default:
      return null
  }
}

/** The lines of a refusal, to go to. */
function Places({ places, lineOf, onGo }: Goes & { readonly places: readonly PlacedProblem[] }) {
  const { t } = useTranslation('dryrun')
  const lines = places.flatMap(({ from }) => (from === null ? [] : [{ from, line: lineOf(from) }]))
  return (
    <p className="dry-run-lines">
      {lines.map(({ from, line }) => (
        <button key={from} type="button" className="text-button" onClick={() => onGo(from)}>
          {line !== null && t('line', { line })}
        </button>
      ))}
    </p>
  )
}
