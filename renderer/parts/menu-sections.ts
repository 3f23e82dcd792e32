// By the end of an entry's id: what looks further, what is copied as text, what ends the object. All else changes it.
const further = /(^|\.)(list|explain|compare|copyTo|export|in\..+)$/
const copied = /(^|\.)(copy.*|address)$/
const ends = /(^|\.)delete$/
const first = ['open', 'edit']

/** The entries of an object's menu in sections: open and change, go further, copy, and at the end by itself what deletes. */
export function menuSections<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
): readonly (readonly Entry[])[] {
  const bySection = Map.groupBy(entries, ({ id }) => sectionOf(id))
  const opening = (bySection.get(0) ?? []).toSorted((a, b) => rankOf(a.id) - rankOf(b.id))
  return [opening, ...([1, 2, 3] as const).map(section => bySection.get(section) ?? [])].filter(
    section => section.length > 0,
  )
}

function sectionOf(id: string): 0 | 1 | 2 | 3 {
  if (ends.test(id)) return 3
  if (further.test(id)) return 1
  return copied.test(id) ? 2 : 0
}

function rankOf(id: string): number {
  const at = first.indexOf(id.replace(/^rows?\./, ''))
  return at < 0 ? first.length : at
}
