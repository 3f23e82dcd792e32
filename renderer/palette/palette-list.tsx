import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { onMac, showKeys } from '../app/commands.ts'
import { Marked } from '../parts/marked.tsx'
import type { Entry, FoundSection } from './finding.ts'

/** What the palette offers, under its headings. The field keeps the focus and the keys. */
export function PaletteList({
  ref,
  id,
  sections,
  current,
  onCurrent,
  onRun,
}: {
  readonly ref: Ref<HTMLDivElement>
  readonly id: string
  readonly sections: readonly FoundSection[]
  /** The entry that Enter runs, counted over all headings. */
  readonly current: number
  readonly onCurrent: (index: number) => void
  readonly onRun: (entry: Entry) => void
}) {
  const { t } = useTranslation('palette')
  let index = -1
  return (
    <div className="palette-list" id={id} role="listbox" aria-label={t('results')} ref={ref} tabIndex={-1}>
      {sections.map(({ section, found }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options; a fieldset is none.
        <div key={section} role="group" aria-label={t(`sections.${section}`)}>
          <div className="palette-group" aria-hidden="true">
            {t(`sections.${section}`)}
          </div>
          {found.map(({ entry, places }) => {
            index += 1
            const own = index
            return (
              // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field keeps focus and keys.
              <div
                key={entry.id}
                id={`${id}-${own}`}
                className="palette-entry"
                role="option"
                aria-selected={own === current}
                onPointerMove={() => onCurrent(own)}
                onClick={() => onRun(entry)}
              >
                <span className="palette-label">
                  <Marked text={entry.label} places={places} />
                  {entry.note !== '' && <span className="palette-note">{entry.note}</span>}
                </span>
                <span className="palette-leads">{entry.leads}</span>
                {entry.keys !== null && <kbd>{showKeys(entry.keys, onMac)}</kbd>}
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}
