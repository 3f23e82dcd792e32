import './export.css'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { KustomizeForm } from '../../core/export/kustomize.ts'
import type { NotExported } from '../../core/export/manifest.ts'
import type { SchemaText } from '../edit/text-objects.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { CopyButton } from '../object/copy-button.tsx'
import { Choice } from '../parts/choice.tsx'
import { scrolls } from '../parts/focus.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { saveFile } from '../parts/save-file.ts'
import type { Exported } from './export-task.ts'

/** What is exported: a text, and what it was before my change, if there is one. */
export type ExportSubject = {
  readonly text: string
  readonly base: string | null
  readonly schema: SchemaText | null
  readonly kind: string
  readonly name: string
  /** Whether a Secret's values are in the text, so that they can be exported by choice. */
  readonly values: boolean
}

/** Writes an object, or my change of it, for Git. Mounted while it is open. */
export function ExportDialog({ subject, onClose }: { readonly subject: ExportSubject; readonly onClose: () => void }) {
  const { t } = useTranslation('export')
  const [chosen, setChosen] = useState<'manifest' | 'patch' | null>(null)
  const [form, setForm] = useState<KustomizeForm | null>(null)
  const [values, setValues] = useState(false)
  const exported = useExported(subject, form, values)
  const file = `${subject.kind.toLowerCase()}-${subject.name || 'new'}.yaml`
  const patch = exported?.ok ? exported.patch : null
  // Whoever has changed nothing came for the whole.
  const what = chosen ?? (patch === null ? 'manifest' : 'patch')
  return (
    <PanelDialog title={t('title', { kind: subject.kind, name: subject.name })} open wide onClose={onClose}>
      <div className="export-bar">
        {subject.base !== null && exported !== null && (
          <Choice
            label={t('what')}
            value={what}
            options={[
              { id: 'patch', name: t('patch') },
              { id: 'manifest', name: t('manifest') },
            ]}
            onValue={value => setChosen(value === 'patch' ? 'patch' : 'manifest')}
          />
        )}
        {what === 'patch' && patch !== null && patch.forms.length > 1 && (
          <Choice
            label={t('form')}
            value={patch.form}
            options={patch.forms.map(id => ({ id, name: t(`forms.${id}`) }))}
            onValue={value => setForm(value === 'merge' ? 'merge' : 'json6902')}
          />
        )}
        {subject.values && (
          <label>
            <input type="checkbox" checked={values} onChange={event => setValues(event.target.checked)} /> {t('values')}
          </label>
        )}
      </div>
      {exported?.ok === false &&
        exported.problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: problems have no name; their order is that of the text.
          <ProblemText key={index} problem={problem} />
        ))}
      {exported?.ok === true && what === 'manifest' && (
        <>
          <ExportFile name={file} text={exported.manifest} />
          <LeftOut leftOut={exported.leftOut} />
        </>
      )}
      {exported?.ok === true && what === 'patch' && patch === null && <p>{t('nothing')}</p>}
      {exported?.ok === true && what === 'patch' && patch !== null && (
        <>
          <ExportFile name={patch.file} text={patch.patch} />
          <ExportFile name="kustomization.yaml" text={patch.kustomization} />
          <p className="export-note">{t(`notes.${patch.form}`)}</p>
        </>
      )}
    </PanelDialog>
  )
}

function useExported(subject: ExportSubject, form: KustomizeForm | null, values: boolean): Exported | null {
  const [exported, setExported] = useState<Exported | null>(null)
  useEffect(() => {
    let wanted = true
    const { text, base, schema } = subject
    doTextTask({ kind: 'export', text, base, schema, form, values }).then(answer => {
      if (wanted) setExported(answer)
    })
    return () => {
      wanted = false
    }
  }, [subject, form, values])
  return exported
}

function ExportFile({ name, text }: { readonly name: string; readonly text: string }) {
  const { t } = useTranslation('export')
  return (
    <section className="export-file" aria-label={name}>
      <header>
        <h3>{name}</h3>
        <CopyButton text={text} label={t('copy', { name })} />
        <Button className="button button-small" onPress={() => saveFile([text], name, 'application/yaml')}>
          {t('save')}
        </Button>
      </header>
      <pre {...scrolls}>{text}</pre>
    </section>
  )
}

function LeftOut({ leftOut }: { readonly leftOut: readonly NotExported[] }) {
  const { t } = useTranslation('export')
  if (leftOut.length === 0) return null
  const byReason = [...Map.groupBy(leftOut, ({ why }) => why)]
  return (
    <details className="export-left">
      <summary>{t('leftOut', { count: leftOut.length })}</summary>
      <dl>
        {byReason.map(([why, fields]) => (
          <div key={why}>
            <dt>{t(`why.${why}`)}</dt>
            <dd>
              {fields.map(({ path }) => (
                <code key={path}>{path}</code>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
