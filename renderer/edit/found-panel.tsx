import type { Diagnostic } from '@codemirror/lint'
import './found.css'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditWork } from './edit-work.ts'
import { foundBeside } from './findings.ts'
import { useText } from './side/text-watch.ts'

/**
 * What was found in the text that no review waits for: by the schema, the server's dry run, the dangers. One line with how
 * much of it there is, until somebody wants to see it; nothing where there is none.
 */
export function FoundPanel({ work, active }: { readonly work: EditWork; readonly active: boolean }) {
  const { t } = useTranslation('edit')
  const text = useText(work, active)
  const [open, setOpen] = useState(false)
  const [title, list] = [useId(), useId()]
  const found = text === null ? [] : foundBeside(text)
  if (text === null || found.length === 0) return null
  const count = (of: Diagnostic['severity']) => found.filter(({ severity }) => severity === of).length
  const counts = (['error', 'warning', 'info'] as const).filter(severity => count(severity) > 0)
  return (
    <section className="problems found" aria-labelledby={title}>
      <header>
        <h3 id={title}>
          <button type="button" aria-expanded={open} aria-controls={list} onClick={() => setOpen(!open)}>
            {t('found.title')}
          </button>
        </h3>
        {counts.map(severity => (
          <span key={severity} className="found-count" data-severity={severity}>
            {t(`found.${severity}`, { count: count(severity) })}
          </span>
        ))}
      </header>
      <ol id={list} aria-labelledby={title} hidden={!open}>
        {open &&
          found.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two findings may be equal in all they say; their order is the text's.
            <li key={index}>
              <button type="button" data-severity={one.severity} onClick={() => work.editor()?.goTo(one.from)}>
                <span className="problems-line">{t('problems.line', { line: text.doc.lineAt(one.from).number })}</span>
                <span className="problems-words">
                  {one.message} {one.source !== undefined && <small>{one.source}</small>}
                </span>
              </button>
            </li>
          ))}
      </ol>
    </section>
  )
}
