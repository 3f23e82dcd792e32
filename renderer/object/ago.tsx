import { useTranslation } from 'react-i18next'
import { ageAt } from '../browse/age.ts'
import { useNow } from '../parts/use-now.ts'

/** How long ago a time (RFC 3339) was, as kubectl counts; the time itself on hover. */
export function Ago({ time }: { readonly time: string }) {
  const { t } = useTranslation('object')
  // A server's clock may be a little before this one's.
  const age = useNow(now => ageAt(time, Math.max(now, Date.parse(time) || 0)))
  return (
    <time className="ago" dateTime={time} title={time}>
      {t('ago', { age })}
    </time>
  )
}
