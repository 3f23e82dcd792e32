/** A schedule in five fields: the values that each matches. `anyDay` where one of the two days is `*`, so that both must match. */
export type Cron = {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
  readonly anyDay: boolean
}

const macros: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/** Reads a schedule as Kubernetes does (robfig/cron v3, `ParseStandard`): `7` is no weekday there. Null where it is none. */
export function parseCron(text: string): Cron | null {
  const fields = (macros[text.trim()] ?? text.trim()).split(/\s+/)
  const [minute, hour, day, month, weekday] = fields
  if (fields.length !== 5 || weekday === undefined) return null
  const read = {
    minutes: valuesOf(minute, 0, 59),
    hours: valuesOf(hour, 0, 23),
    days: valuesOf(day, 1, 31),
    months: valuesOf(month, 1, 12, months, 1),
    weekdays: valuesOf(weekday, 0, 6, weekdays, 0),
  }
  const { minutes, hours, days, months: inMonths, weekdays: onWeekdays } = read
  if (minutes === null || hours === null || days === null || inMonths === null || onWeekdays === null) return null
  const isAny = (field = '') => field.split(',').some(part => /^[*?](\/1)?$/.test(part))
  return { minutes, hours, days, months: inMonths, weekdays: onWeekdays, anyDay: isAny(day) || isAny(weekday) }
}

function valuesOf(
  field = '',
  least: number,
  most: number,
  names: readonly string[] = [],
  first = 0,
): ReadonlySet<number> | null {
  const values = new Set<number>()
  const read = (word: string) => {
    const name = names.indexOf(word.toUpperCase())
    return name >= 0 ? name + first : /^\d+$/.test(word) ? Number(word) : Number.NaN
  }
  for (const part of field.split(',')) {
    const [range = '', step = '1', ...rest] = part.split('/')
    const [from = '', to, ...more] = range.split('-')
    const isAny = range === '*' || range === '?'
    const begin = isAny ? least : read(from)
    const end = isAny || (to === undefined && part.includes('/')) ? most : to === undefined ? begin : read(to)
    const by = Number(/^\d+$/.test(step) ? step : 0)
    const isGood = begin >= least && end <= most && begin <= end && by > 0
    if (!isGood || rest.length > 0 || more.length > 0) return null
    for (let value = begin; value <= end; value += by) values.add(value)
  }
  return values
}

// A schedule such as the 30th of February never comes.
const daysAhead = 366 * 5

/** The next times at which a schedule fires after `after`, as its time zone's clock shows; null where there is no such zone. */
export function nextRuns(cron: Cron, after: Date, timeZone: string, count: number): readonly Date[] | null {
  const clock = clockOf(timeZone)
  if (clock === null) return null
  const runs: Date[] = []
  const today = clock(after)
  for (let ahead = 0; ahead < daysAhead && runs.length < count; ahead += 1) {
    const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + ahead))
    if (!firesOn(cron, day)) continue
    for (const hour of [...cron.hours].sort((a, b) => a - b)) {
      for (const minute of [...cron.minutes].sort((a, b) => a - b)) {
        const run = instantOf(day.getTime() + (hour * 60 + minute) * 60_000, clock)
        if (run !== null && run > after && runs.length < count) runs.push(run)
      }
    }
  }
  return runs
}

function firesOn({ days, months: inMonths, weekdays: onWeekdays, anyDay }: Cron, day: Date): boolean {
  if (!inMonths.has(day.getUTCMonth() + 1)) return false
  const [isDay, isWeekday] = [days.has(day.getUTCDate()), onWeekdays.has(day.getUTCDay())]
  return anyDay ? isDay && isWeekday : isDay || isWeekday
}

/** What a zone's clock shows at an instant, as if it were UTC. */
type Clock = (instant: Date) => Date

function clockOf(timeZone: string): Clock | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    return instant => {
      const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
      const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
      return new Date(
        Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')),
      )
    }
  } catch {
    // The platform knows no such zone.
    return null
  }
}

/** When a clock shows a time; null where it skips it, as in the night in which summer time begins. */
function instantOf(shown: number, clock: Clock): Date | null {
  let instant = shown
  for (let turn = 0; turn < 2; turn += 1) instant += shown - clock(new Date(instant)).getTime()
  return clock(new Date(instant)).getTime() === shown ? new Date(instant) : null
}
