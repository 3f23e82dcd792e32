import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Moments in words, in the page's language and the person's own time zone. */
export type Days = {
  /** The day, with `today` and `yesterday` said so. */
  readonly day: (time: number) => string
  readonly time: (time: number) => string
  /** Day and time, to the second. */
  readonly moment: (time: number) => string
}

/** The words for moments in the page's language. */
export function useDays(): Days {
  const { t, i18n } = useTranslation('history')
  const { language } = i18n
  return useMemo(
    () => daysIn(language, () => Date.now(), { today: t('list.today'), yesterday: t('list.yesterday') }),
    [language, t],
  )
}

const oneDay = 24 * 60 * 60 * 1_000

/** The words for moments in a language, seen from `now`. */
export function daysIn(
  language: string,
  now: () => number,
  words: { readonly today: string; readonly yesterday: string },
): Days {
  const date = new Intl.DateTimeFormat(language, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' })
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  return {
    day(at) {
      const day = date.format(at)
      if (day === date.format(now())) return `${words.today}, ${day}`
      return day === date.format(now() - oneDay) ? `${words.yesterday}, ${day}` : day
    },
    time: at => time.format(at),
    moment: at => moment.format(at),
  }
}
