import '../styles/manifest.css'
import { type DragEvent, useId, useState } from 'react'
import { Button, FileTrigger } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ManifestDocument } from '../../contract/manifest.ts'
import type { Problem } from '../../core/problem.ts'
import { homeNamespace, placeScope } from '../browse/scope.ts'
import { takeFocus } from '../parts/focus.ts'
import { Icon } from '../parts/icon.tsx'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { answer } from './client.ts'
import { usePlace, useRouter } from './router.ts'
import { editAddress } from './tabs.ts'
import { useAnswer, useApp, useClient } from './use-host.ts'

/** As much as the contract takes, in bytes. */
const largestFile = 16_000_000

/** A manifest pasted, dropped or chosen, opened against the object that it names. Its text goes to the host only. */
export function ManifestDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('manifest')
  return (
    <PanelDialog title={t('title')} open={open} onClose={onClose}>
      <ManifestForm onClose={onClose} />
    </PanelDialog>
  )
}

/** What the form is about to say or do. */
type Step =
  | { readonly kind: 'text'; readonly refused: Problem | 'unreadable' | 'tooLarge' | null }
  | { readonly kind: 'opening' }
  | { readonly kind: 'several'; readonly documents: readonly ManifestDocument[] }

function ManifestForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('manifest')
  const { contexts, currentContext } = useApp()
  const place = placeScope(usePlace())
  const [context, setContext] = useState(place?.contexts[0] ?? currentContext ?? contexts[0]?.name ?? '')
  const [namespace, setNamespace] = useState(place?.namespaces[0] ?? '')
  const [text, setText] = useState('')
  const [step, setStep] = useState<Step>({ kind: 'text', refused: null })
  const openText = useOpen(context, namespace)
  const field = useId()

  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return
    if (file.size > largestFile) return setStep({ kind: 'text', refused: 'tooLarge' })
    try {
      setText(await file.text())
      setStep({ kind: 'text', refused: null })
    } catch {
      // Gone or not readable since it was chosen.
      setStep({ kind: 'text', refused: 'unreadable' })
    }
  }
  async function open(): Promise<void> {
    setStep({ kind: 'opening' })
    const result = await openText(text)
    if (!result.ok) return setStep({ kind: 'text', refused: result.problem })
    if (result.value.kind === 'several') return setStep(result.value)
    onClose()
  }
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files
    if (file === undefined) return
    event.preventDefault()
    void read(file)
  }

  if (step.kind === 'several') {
    return (
      <Several documents={step.documents} openText={openText} onBack={() => setStep({ kind: 'text', refused: null })} />
    )
  }
  const refused = step.kind === 'text' ? step.refused : null
  return (
    <form
      className="manifest"
      onSubmit={event => {
        event.preventDefault()
        void open()
      }}
    >
      <p className="setting-note">{t('explain')}</p>
      <div className="setting">
        <div className="manifest-head">
          <label htmlFor={field}>{t('text')}</label>
          <FileTrigger acceptedFileTypes={['.yaml', '.yml', '.json']} onSelect={files => void read(files?.[0])}>
            <Button className="button">{t('file')}</Button>
          </FileTrigger>
        </div>
        <textarea
          id={field}
          className="field manifest-text"
          rows={14}
          spellCheck={false}
          wrap="off"
          placeholder={t('placeholder')}
          ref={takeFocus}
          value={text}
          onChange={event => setText(event.target.value)}
          onDrop={drop}
        />
      </div>
      <Where context={context} onContext={setContext} namespace={namespace} onNamespace={setNamespace} />
      {refused !== null && (
        <div role="alert" className="manifest-refused">
          {typeof refused === 'string' ? <p>{t(refused)}</p> : <ProblemText problem={refused} />}
        </div>
      )}
      <div className="dialog-buttons">
        <Button
          type="submit"
          className="button button-accent"
          isDisabled={text.trim() === '' || step.kind === 'opening'}
        >
          {t(step.kind === 'opening' ? 'opening' : 'open')}
        </Button>
      </div>
    </form>
  )
}

/** Opens one text; where it holds one object, shows its edit. */
function useOpen(context: string, namespace: string) {
  const client = useClient()
  const router = useRouter()
  return async (text: string) => {
    const asked = { context, namespace: namespace.trim() || null, text }
    const result = await answer(client.manifest.open(asked))
    if (result.ok && result.value.kind === 'opened') router.showEdit(editAddress(result.value.opened))
    return result
  }
}

function Where({
  context,
  onContext,
  namespace,
  onNamespace,
}: {
  readonly context: string
  readonly onContext: (context: string) => void
  readonly namespace: string
  readonly onNamespace: (namespace: string) => void
}) {
  const { t } = useTranslation('manifest')
  const { contexts } = useApp()
  const id = useId()
  const { result } = useAnswer(context || null, (client, signal) =>
    answer(client.browse.namespaces({ context }, { signal })),
  )
  const here = contexts.find(({ name }) => name === context)
  const home = here === undefined ? '' : homeNamespace(here)
  return (
    <div className="manifest-where">
      <div className="setting">
        <label htmlFor={`${id}context`}>{t('context')}</label>
        <select id={`${id}context`} className="field" value={context} onChange={event => onContext(event.target.value)}>
          {contexts.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <div className="setting">
        <label htmlFor={`${id}namespace`}>{t('namespace')}</label>
        <input
          id={`${id}namespace`}
          className="field"
          list={`${id}names`}
          spellCheck={false}
          autoComplete="off"
          maxLength={253}
          placeholder={home}
          aria-describedby={`${id}note`}
          value={namespace}
          onChange={event => onNamespace(event.target.value)}
        />
        <datalist id={`${id}names`}>
          {result?.ok && result.value.names.map(name => <option key={name} value={name} />)}
        </datalist>
        <p id={`${id}note`} className="setting-note">
          {t('namespaceNote', { namespace: home })}
        </p>
      </div>
    </div>
  )
}

/** The objects of a text that holds several: each is opened by itself. */
function Several({
  documents,
  openText,
  onBack,
}: {
  readonly documents: readonly ManifestDocument[]
  readonly openText: ReturnType<typeof useOpen>
  readonly onBack: () => void
}) {
  const { t } = useTranslation('manifest')
  const [told, setTold] = useState<ReadonlyMap<number, 'opened' | Problem>>(new Map())
  async function open(index: number, text: string): Promise<void> {
    const result = await openText(text)
    setTold(before => new Map(before).set(index, result.ok ? 'opened' : result.problem))
  }
  return (
    <div className="manifest">
      <p>{t('several')}</p>
      <ul className="manifest-documents">
        {documents.map(({ text, line, kind, namespace, name, problem }, index) => {
          const what = `${kind ?? ''} ${name ?? t('unnamed')}`.trim()
          const became = told.get(index) ?? problem
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the documents of a text do not change; their lines may be equal.
            <li key={index}>
              <span className="manifest-document">
                {what} <small>{[namespace, t('line', { line })].filter(Boolean).join(' · ')}</small>
              </span>
              {became === 'opened' ? (
                <span role="status" className="manifest-opened">
                  <Icon name="check" /> {t('opened')}
                </span>
              ) : (
                problem === null && (
                  <Button className="button" aria-label={t('openOne', { what })} onPress={() => void open(index, text)}>
                    {t('open')}
                  </Button>
                )
              )}
              {became !== null && became !== 'opened' && (
                <div className="manifest-refused">
                  <ProblemText problem={became} />
                </div>
              )}
            </li>
          )
        })}
      </ul>
      <div className="dialog-buttons">
        <Button className="button" onPress={onBack}>
          {t('back')}
        </Button>
      </div>
    </div>
  )
}
