/** Of some names, those that a name may have been meant to be or begins, nearest first; at most three, none where none is near. */
export function nearest(name: string, names: readonly string[]): readonly string[] {
  const written = name.toLowerCase()
  const farthest = name.length < 4 ? 1 : name.length < 8 ? 2 : 3
  const stepsTo = (each: string) => {
    const isBeginning = written.length > 2 && each.startsWith(written)
    return isBeginning ? farthest : distance(written, each, farthest)
  }
  return names
    .map(each => ({ each, steps: stepsTo(each.toLowerCase()) }))
    .filter(({ steps }) => steps <= farthest)
    .sort((a, b) => a.steps - b.steps)
    .slice(0, 3)
    .map(({ each }) => each)
}

/** How many letters must be typed, deleted, replaced or swapped with their neighbour; more than `most` is not counted out. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : replaced
      row.push(Math.min(replaced, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? 0
}
