import { useTranslation } from 'react-i18next'
import type { Source } from '../../contract/browse.ts'

/** How far a list has come: rows held, and how many there will be about, null where no server tells. */
export type Progress = { readonly rows: number; readonly expected: number | null }

/** The progress of the sources that still load; null when none does. Those that are there already count as what they have. */
export function progressOf(sources: readonly Source[]): Progress | null {
  if (!sources.some(source => source.state === 'loading')) return null
  let rows = 0
  let expected: number | null = 0
  for (const source of sources) {
    rows += source.rows
    const own = source.state === 'loading' ? source.expected : source.rows
    expected = expected === null || own === null ? null : expected + Math.max(own, source.rows)
  }
  return { rows, expected }
}

/** A thin line under the bar that fills as rows come; it only moves to and fro where nobody knows how many there are. */
export function ListProgress({ sources }: { readonly sources: readonly Source[] }) {
  const { t } = useTranslation('list')
  const progress = progressOf(sources)
  if (progress === null) return null
  const { rows, expected } = progress
  const share = expected === null || expected === 0 ? null : rows / expected
  return (
    <div
      className="list-progress"
      role="progressbar"
      aria-label={t('progress.label')}
      aria-valuemin={0}
      aria-valuemax={expected ?? undefined}
      aria-valuenow={expected === null ? undefined : rows}
      data-unknown={share === null || undefined}
      style={{ '--share': share ?? 0 } as Record<string, number>}
    />
  )
}
