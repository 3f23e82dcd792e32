/** An accepted write of one field: what its writer saw there, and what it wrote. Each value is written once only. */
export type Write = { readonly field: string; readonly from: string; readonly to: string }

/**
 * The writes that got lost. A field's writes must make one chain from its first value to its last: each writer has seen
 * just what it overwrote. A value that nobody overwrote and that is not there, or that two have overwritten, breaks it.
 */
export function chainsBroken(
  first: Readonly<Record<string, string>>,
  writes: readonly Write[],
  last: Readonly<Record<string, string>>,
): readonly string[] {
  const byField = Map.groupBy(writes, ({ field }) => field)
  return Object.keys(first).flatMap(field =>
    brokenChain(field, first[field] ?? '', byField.get(field) ?? [], last[field] ?? ''),
  )
}

function brokenChain(field: string, first: string, writes: readonly Write[], last: string): readonly string[] {
  const next = Map.groupBy(writes, ({ from }) => from)
  const twice = [...next]
    .filter(([, by]) => by.length > 1)
    .map(([from, by]) => `${field}: ${by.length} writes over ${from}`)
  const reached = new Set<string>([first])
  let value = first
  for (let following = next.get(value)?.[0]; following !== undefined; following = next.get(value)?.[0]) {
    value = following.to
    if (reached.has(value)) return [...twice, `${field}: ${value} comes twice`]
    reached.add(value)
  }
  const lost = writes
    .filter(({ to }) => !reached.has(to))
    .map(({ from, to }) => `${field}: ${to}, written over ${from}, is lost`)
  const end = value === last ? [] : [`${field}: holds ${last}, not ${value}`]
  return [...twice, ...lost, ...end]
}
