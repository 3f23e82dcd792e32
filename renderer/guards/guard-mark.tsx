import { useTranslation } from 'react-i18next'
import { unlockMinutes } from '../../contract/guard.ts'
import { Icon } from '../parts/icon.tsx'
import { LongName } from '../parts/long-name.tsx'
import { useNow } from '../parts/use-now.ts'
import { isLocked, useGuard, useGuardActs, useGuardDialog } from './use-guard.ts'

/** A context's name in the colour of its guard; plain where it has none. */
export function GuardedName({ context, className = '' }: { readonly context: string; readonly className?: string }) {
  const { colour } = useGuard(context)
  return (
    <span className={`guarded-name ${className}`} data-guard={colour ?? undefined}>
      {colour !== null && <span className="guard-mark" />}
      <LongName name={context} />
    </span>
  )
}

/** A small square in the colour of a context's guard; nothing where it has none. Stands beside the name. */
export function GuardMark({ context }: { readonly context: string }) {
  const { colour } = useGuard(context)
  return colour === null ? null : <span className="guard-mark" data-guard={colour} />
}

/**
 * Whether a context can be written to, in a word, and the way to change that: unlock, lock, or the guard's dialog,
 * unless a way to that stands beside it already.
 */
export function LockState({
  context,
  dialogBeside = false,
}: {
  readonly context: string
  readonly dialogBeside?: boolean
}) {
  const { t } = useTranslation('guard')
  const guard = useGuard(context)
  const { lock, unlock } = useGuardActs()
  const openDialog = useGuardDialog()
  if (guard.writes === 'allowed') return null
  if (guard.unlockedUntil !== null) {
    return (
      <span className="lock-state" data-state="unlocked">
        <Icon name="unlock" />
        <Countdown context={context} until={guard.unlockedUntil} />
        <button type="button" className="text-button" title={t('lock')} onClick={() => void lock(context)}>
          {t('lockShort')}
        </button>
      </span>
    )
  }
  return (
    <span className="lock-state" data-state="locked">
      <Icon name="lock" />
      <span>{t(guard.writes === 'never' ? 'readOnly' : 'locked')}</span>
      {guard.writes === 'after-unlock' && (
        <button
          type="button"
          className="text-button"
          title={t('unlock', { minutes: unlockMinutes })}
          onClick={() => void unlock(context)}
        >
          {t('unlockShort')}
        </button>
      )}
      {guard.writes === 'never' && openDialog !== null && !dialogBeside && (
        <button type="button" className="text-button" onClick={() => openDialog(context)}>
          {t('open')}
        </button>
      )}
    </span>
  )
}

function Countdown({ context, until }: { readonly context: string; readonly until: number }) {
  const { t } = useTranslation('guard')
  const left = useNow(now => clock(until - now))
  return (
    // A timer is not read out each second; who asks it hears the whole sentence.
    <span role="timer" aria-label={t('unlockedLong', { name: context, left })}>
      {t('unlocked', { left })}
    </span>
  )
}

/** The icon of a context that cannot be written to now, for where there is no room for more; nothing else. */
export function LockIcon({ context }: { readonly context: string }) {
  const { t } = useTranslation('guard')
  const guard = useGuard(context)
  if (!isLocked(guard)) return null
  const word = t(guard.writes === 'never' ? 'readOnly' : 'locked')
  return (
    <span className="lock-icon" title={word}>
      <Icon name="lock" />
      <span className="visually-hidden">{word}</span>
    </span>
  )
}

/** Milliseconds as minutes and seconds, `14:05`; never negative. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
