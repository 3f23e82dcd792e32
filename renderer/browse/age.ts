const minute = 60
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

/** An age in seconds as kubectl prints it (`duration.HumanDuration` of k8s.io/apimachinery): `45s`, `3m20s`, `5h`, `2d4h`, `400d`. */
export function humanAge(seconds: number): string {
  const s = Math.trunc(seconds)
  // A clock that is a little behind the server's is not an error.
  if (s < -1) return '<invalid>'
  if (s < 0) return '0s'
  if (s < 2 * minute) return `${s}s`
  if (s < 10 * minute) return pair(s, minute, 'm', 1, 's')
  if (s < 3 * hour) return `${Math.floor(s / minute)}m`
  if (s < 8 * hour) return pair(s, hour, 'h', minute, 'm')
  if (s < 2 * day) return `${Math.floor(s / hour)}h`
  if (s < 8 * day) return pair(s, day, 'd', hour, 'h')
  if (s < 2 * year) return `${Math.floor(s / day)}d`
  if (s < 8 * year) return pair(s, year, 'y', day, 'd')
  return `${Math.floor(s / year)}y`
}

function pair(s: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((s % big) / small)
  return `${Math.floor(s / big)}${bigUnit}${rest === 0 ? '' : `${rest}${smallUnit}`}`
}

/** The age of what was created at an ISO time, at `now` (milliseconds); `<unknown>` as kubectl says when it is not known. */
export function ageAt(created: string | null, now: number): string {
  const time = created === null ? Number.NaN : Date.parse(created)
  return Number.isNaN(time) ? '<unknown>' : humanAge((now - time) / 1000)
}
