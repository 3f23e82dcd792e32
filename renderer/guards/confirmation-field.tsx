import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActingBadge } from '../contexts/acting-badge.tsx'
import { GuardedName } from './guard-mark.tsx'
import { useGuard } from './use-guard.ts'

/** What a submit still wants typed. The host checks it again. */
export type Confirmation = {
  readonly wanted: boolean
  readonly typed: string
  readonly given: boolean
  readonly type: (typed: string) => void
  readonly field: RefObject<HTMLInputElement | null>
}

/** The confirmation of a submit to that context; each plan wants one of its own. */
export function useConfirmation(context: string, plan: string): Confirmation {
  const { confirm } = useGuard(context)
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  // Another plan is another decision.
  useEffect(() => setTyped(''), [plan])
  return { wanted: confirm, typed, given: !confirm || typed.trim() === context, type: setTyped, field }
}

/** Where the context's name is typed (or pasted) before a submit; Enter submits once it is right. */
export function ConfirmationField({
  context,
  confirmation,
  disabled,
  onSubmit,
}: {
  readonly context: string
  readonly confirmation: Confirmation
  readonly disabled: boolean
  readonly onSubmit: () => void
}) {
  const { t } = useTranslation('guard')
  const { colour } = useGuard(context)
  const note = useId()
  const label = useId()
  const { typed, given, type, field } = confirmation
  const wrong = !given && typed.trim() !== '' && !context.startsWith(typed.trim())
  return (
    <div className="strip confirmation" data-guard={colour ?? undefined}>
      <span id={label}>
        {t('confirm.label')} <GuardedName context={context} /> <ActingBadge context={context} />
      </span>
      <input
        ref={field}
        className="field"
        aria-labelledby={label}
        aria-describedby={note}
        aria-invalid={wrong}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        disabled={disabled}
        value={typed}
        onChange={event => type(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || !given) return
          event.preventDefault()
          onSubmit()
        }}
      />
      <span id={note} className="setting-note" data-wrong={wrong || undefined} aria-live="polite">
        {wrong && t('confirm.wrong')}
      </span>
    </div>
  )
}
