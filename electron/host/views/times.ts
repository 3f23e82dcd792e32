/** A column of times: milliseconds since 1970 for each row, NaN where there is none. */
export type TimeColumn = {
  /** Each row's time. Valid up to the count of rows. */
  times(): Float64Array
  get(row: number): number
  /** Takes what `Date.parse` reads. */
  set(row: number, time: string | null): void
  copy(from: number, to: number): void
}

/** An empty column. */
export function makeTimes(): TimeColumn {
  let times = new Float64Array(64)
  return {
    times: () => times,
    get: row => times[row] ?? Number.NaN,
    set(row, time) {
      if (row >= times.length) {
        const larger = new Float64Array(Math.max(row + 1, times.length * 2))
        larger.set(times)
        times = larger
      }
      times[row] = time === null ? Number.NaN : Date.parse(time)
    },
    copy(from, to) {
      times[to] = times[from] ?? Number.NaN
    },
  }
}
