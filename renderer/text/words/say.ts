import cronstrue from 'cronstrue'
import 'cronstrue/locales/zh_CN'
import type { i18n } from 'i18next'
import type { Certificate } from '../../../core/certificate.ts'
import { nextRuns, parseCron } from '../../../core/cron.ts'
import type { Image, Meaning } from './recognise.ts'

/** A meaning in words, a line each, at the moment `now`; empty where there is nothing worth saying. */
export function wordsOf(meaning: Meaning, messages: i18n, now: Date): readonly string[] {
  const { t } = messages
  switch (meaning.kind) {
    case 'cores':
      return [t('text:words.cores', { count: meaning.cores })]
    case 'bytes':
      return [
        t('text:words.bytes', { count: Number(meaning.bytes), size: binarySize(meaning.bytes) }),
        ...(meaning.milli ? [t('text:words.milli')] : []),
      ]
    case 'number':
      return [t('text:words.number', { number: meaning.number })]
    case 'cron':
      return cronWords(meaning.schedule, meaning.timeZone, messages, now)
    case 'duration':
      return [durationWords(meaning.seconds, messages)]
    case 'time':
      return [agoWords(meaning.time, now, messages.language), localTime(meaning.time, messages.language)]
    case 'mode':
      return [
        t('text:words.mode', {
          rights: rightsOf(meaning.mode),
          octal: `0${meaning.mode.toString(8).padStart(3, '0')}`,
          decimal: String(meaning.mode),
        }),
      ]
    case 'base64':
      return [t('text:words.base64', { count: meaning.bytes })]
    case 'certificates':
      return meaning.certificates.flatMap(certificate => certificateWords(certificate, messages, now))
    case 'image':
      return imageWords(meaning.image, messages)
  }
}

/** `256 MiB`, with at most two decimals. */
function binarySize(bytes: bigint): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']
  let size = Number(bytes)
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${Number(size.toFixed(2))} ${units[unit]}`
}

function cronWords(schedule: string, timeZone: string | null, { t, language }: i18n, now: Date): readonly string[] {
  const cron = parseCron(schedule)
  if (cron === null) return []
  const described = cronstrue.toString(schedule, {
    locale: language === 'zh-CN' ? 'zh_CN' : 'en',
    use24HourTimeFormat: true,
    throwExceptionOnParseError: false,
  })
  const zone = timeZone ?? 'UTC'
  const runs = nextRuns(cron, now, zone, 5)
  if (runs === null) return [described, t('text:words.noZone', { zone })]
  const format = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const heading = timeZone === null ? t('text:words.runsUtc') : t('text:words.runs', { zone })
  return runs.length === 0
    ? [described, t('text:words.never')]
    : [described, heading, ...runs.map(run => `· ${format.format(run)}`)]
}

const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

function durationWords(seconds: number, { language }: i18n): string {
  let left = seconds
  const parts: string[] = []
  for (const [unit, length] of steps) {
    const count = Math.floor(left / length)
    left -= count * length
    if (count > 0) {
      parts.push(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count))
    }
  }
  return new Intl.ListFormat(language, { type: 'unit' }).format(parts)
}

function agoWords(time: Date, now: Date, language: string): string {
  const seconds = Math.round((time.getTime() - now.getTime()) / 1_000)
  const [unit, length] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / length), unit)
}

function localTime(time: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' }).format(time)
}

function rightsOf(mode: number): string {
  const signs = ['r', 'w', 'x']
  return Array.from({ length: 9 }, (_, bit) => (mode & (1 << (8 - bit)) ? signs[bit % 3] : '-')).join('')
}

function certificateWords(certificate: Certificate, { t, language }: i18n, now: Date): readonly string[] {
  const { subject, issuer, until, names } = certificate
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(until)
  const ago = agoWords(until, now, language)
  return [
    t('text:words.certificate', { subject }),
    ...(names.length === 0 ? [] : [t('text:words.names', { names: names.slice(0, 8) })]),
    t('text:words.issuer', { issuer }),
    until < now ? t('text:words.expired', { date, ago }) : t('text:words.until', { date, ago }),
  ]
}

function imageWords({ registry, repository, tag, digest }: Image, { t }: i18n): readonly string[] {
  return [
    t('text:words.registry', { registry }),
    t('text:words.repository', { repository }),
    ...(tag === null ? [] : [t('text:words.tag', { tag })]),
    ...(digest === null ? [] : [t('text:words.digest', { digest })]),
    ...(tag === null && digest === null ? [t('text:words.noTag')] : []),
  ]
}
