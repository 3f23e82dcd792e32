/** The last change that an object's managedFields tell of. `at` is an ISO time; `subresource` is null for the object itself. */
export type Change = { readonly at: string; readonly by: string | null; readonly subresource: string | null }

/** The newest of some managedFields entries; of several of one second the last one. Null where none has a time. */
export function newestChange(entries: Iterable<unknown>): Change | null {
  let newest: Change | null = null
  for (const entry of entries) {
    const { time, manager, subresource } = Object(entry) as Record<string, unknown>
    // Times are UTC and of one form (`2026-01-02T03:04:05Z`): they compare as texts.
    if (typeof time !== 'string' || time === '' || (newest !== null && time < newest.at)) continue
    newest = { at: time, by: textOrNull(manager), subresource: textOrNull(subresource) }
  }
  return newest
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
