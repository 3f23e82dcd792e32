import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import {
  type Guard,
  type GuardColour,
  guardColours,
  guardWrites,
  noGuard,
  unlockMinutes,
} from '../../contract/guard.ts'
import type { Problem } from '../../core/problem.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { isGuarded, useGuard, useGuardActs } from './use-guard.ts'

/** What is proposed where nothing was chosen yet. */
const proposed: Guard = { colour: 'red', writes: 'after-unlock', confirm: true }

/** Chooses the guard of a context's cluster; a null context shows nothing. Nothing holds before it is saved. */
export function GuardDialog({ context, onClose }: { readonly context: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('guard')
  return (
    <PanelDialog title={t('dialog.title', { name: context ?? '' })} open={context !== null} onClose={onClose}>
      {context !== null && <GuardForm context={context} onDone={onClose} />}
    </PanelDialog>
  )
}

function GuardForm({ context, onDone }: { readonly context: string; readonly onDone: () => void }) {
  const { t } = useTranslation('guard')
  const state = useGuard(context)
  const guarded = isGuarded(state)
  const { colour, writes, confirm } = guarded ? state : proposed
  const [guard, setGuard] = useState<Guard>({ colour, writes, confirm })
  const [problem, setProblem] = useState<Problem | null>(null)
  const { set } = useGuardActs()
  const change = (part: Partial<Guard>) => setGuard(before => ({ ...before, ...part }))
  async function save(next: Guard): Promise<void> {
    const result = await set(context, next)
    if (result.ok) onDone()
    else setProblem(result.problem)
  }
  return (
    <form
      className="guard-form"
      onSubmit={event => {
        event.preventDefault()
        void save(guard)
      }}
    >
      <p className="setting-note">{t('dialog.about')}</p>
      <Colours value={guard.colour} onChange={colour => change({ colour })} />
      <Writes value={guard.writes} onChange={writes => change({ writes })} />
      <label className="guard-confirm">
        <input type="checkbox" checked={guard.confirm} onChange={event => change({ confirm: event.target.checked })} />
        {t('dialog.confirm')}
      </label>
      {problem !== null && (
        <div role="alert">{problem.code === 'not-kept' ? t('dialog.notKept') : <ProblemText problem={problem} />}</div>
      )}
      <div className="dialog-buttons">
        {guarded && (
          <button type="button" className="button" onClick={() => void save(noGuard)}>
            {t('dialog.remove')}
          </button>
        )}
        <button type="button" className="button" onClick={onDone}>
          {t('dialog.cancel')}
        </button>
        <button type="submit" className="button button-accent">
          {t('dialog.save')}
        </button>
      </div>
    </form>
  )
}

function Colours({
  value,
  onChange,
}: {
  readonly value: GuardColour | null
  readonly onChange: (colour: GuardColour | null) => void
}) {
  const { t } = useTranslation('guard')
  return (
    <RadioGroup
      className="setting"
      orientation="horizontal"
      value={value ?? 'none'}
      onChange={chosen => onChange(guardColours.find(colour => colour === chosen) ?? null)}
    >
      <Label>{t('dialog.colour')}</Label>
      <div className="guard-colours">
        {([...guardColours, 'none'] as const).map(colour => (
          <Radio
            key={colour}
            value={colour}
            className="guard-colour"
            data-guard={colour === 'none' ? undefined : colour}
          >
            <span className="guard-mark" />
            {t(`colours.${colour}`)}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

function Writes({
  value,
  onChange,
}: {
  readonly value: Guard['writes']
  readonly onChange: (writes: Guard['writes']) => void
}) {
  const { t } = useTranslation('guard')
  return (
    <RadioGroup
      className="setting"
      value={value}
      onChange={chosen => onChange(guardWrites.find(writes => writes === chosen) ?? value)}
    >
      <Label>{t('dialog.writes')}</Label>
      <div className="guard-writes">
        {guardWrites.map(writes => (
          <Radio key={writes} value={writes} className="radio">
            <span className="radio-dot" />
            <span>
              {t(`dialog.${writes}`)}
              <span className="setting-note">{t(`dialog.${writes}Note`, { minutes: unlockMinutes })}</span>
            </span>
          </Radio>
        ))}
      </div>
      <p className="setting-note">{t('dialog.dryRuns')}</p>
    </RadioGroup>
  )
}
