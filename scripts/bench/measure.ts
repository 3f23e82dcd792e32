/** Milliseconds of one run each, in the order they ran. */
export type Series = readonly number[]

/** The milliseconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The value below which the given part (0 to 1) of a series lies. */
export function quantile(series: Series, part: number): number {
  const sorted = [...series].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

/** A row of a report's table: median and the middle half, in milliseconds. */
export function row(what: string, series: Series, against: Series): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map(part => quantile(series, part).toFixed(1))
  const ratio = quantile(against, 0.5) / quantile(series, 0.5)
  return `| ${what} | ${middle} | ${low} to ${high} | ${ratio.toFixed(1)} |`
}
