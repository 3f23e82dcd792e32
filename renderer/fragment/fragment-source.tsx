import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { SettingChoice } from '../app/setting-choice.tsx'
import { useAnswer } from '../app/use-host.ts'
import { takeFocus } from '../parts/focus.ts'
import { ProblemText } from '../parts/problem-text.tsx'

type Where = 'configMap' | 'file' | 'pasted'

/** Where the fragment comes from: a ConfigMap of the namespace, a file, or what is pasted. */
export function FragmentSource({
  opened,
  begun,
  onSource,
}: {
  readonly opened: OpenedEdit
  readonly begun: string
  readonly onSource: (text: string) => void
}) {
  const { t } = useTranslation('fragment')
  const [where, setWhere] = useState<Where>(begun === '' ? 'configMap' : 'pasted')
  const choose = (next: Where) => {
    setWhere(next)
    onSource('')
  }
  return (
    <>
      <SettingChoice
        label={t('from')}
        value={where}
        options={[
          ['configMap', t('sources.configMap')],
          ['file', t('sources.file')],
          ['pasted', t('sources.pasted')],
        ]}
        onChange={choose}
      />
      {where === 'configMap' && <FromConfigMap opened={opened} onSource={onSource} />}
      {where === 'file' && <FromFile onSource={onSource} />}
      {where === 'pasted' && <Pasted begun={begun} onSource={onSource} />}
    </>
  )
}

function FromConfigMap({
  opened: { context, ref },
  onSource,
}: {
  readonly opened: OpenedEdit
  readonly onSource: (text: string) => void
}) {
  const { t } = useTranslation('fragment')
  const field = useId()
  const [namespace, setNamespace] = useState(ref.namespace ?? 'default')
  const [asked, setAsked] = useState(namespace)
  const [chosen, setChosen] = useState<string | null>(null)
  const { result } = useAnswer(`fragments ${context} ${asked}`, (client, signal) =>
    client.fragments.find({ context, namespace: asked }, { signal }),
  )
  const found = result?.ok === true ? result.value.found : []
  return (
    <div className="fragment-found">
      <div className="fragment-namespace">
        <label htmlFor={field}>{t('namespace')}</label>
        <input
          id={field}
          className="field"
          spellCheck={false}
          value={namespace}
          onChange={event => setNamespace(event.target.value)}
          onBlur={() => namespace.trim() !== '' && setAsked(namespace.trim())}
        />
      </div>
      {result === null && <p role="status">{t('looking')}</p>}
      {result?.ok === false && <ProblemText problem={result.problem} />}
      {result?.ok === true && found.length === 0 && <p className="setting-note">{t('none', { namespace: asked })}</p>}
      {found.length > 0 && (
        <fieldset className="fragment-list">
          <legend className="visually-hidden">{t('sources.configMap')}</legend>
          {found.map(({ configMap, key, title, text }) => {
            const id = `${configMap} ${key}`
            return (
              <label key={id} className="fragment-item">
                <input
                  type="radio"
                  name={field}
                  checked={chosen === id}
                  onChange={() => {
                    setChosen(id)
                    onSource(text)
                  }}
                />
                <span>
                  <b>{configMap}</b> <code>{key}</code>
                  <span className="setting-note"> {title}</span>
                </span>
              </label>
            )
          })}
        </fieldset>
      )}
      {result?.ok === true && result.value.more && <p className="setting-note">{t('moreMaps')}</p>}
    </div>
  )
}

/** A fragment is small: a file beyond this is another thing. */
const largestFile = 1_000_000

function FromFile({ onSource }: { readonly onSource: (text: string) => void }) {
  const { t } = useTranslation('fragment')
  const [tooLarge, setTooLarge] = useState(false)
  async function read(file: File | undefined): Promise<void> {
    setTooLarge(file !== undefined && file.size > largestFile)
    if (file !== undefined && file.size <= largestFile) onSource(await file.text())
  }
  return (
    <label className="fragment-file">
      <span className="visually-hidden">{t('file')}</span>
      <input type="file" accept=".yaml,.yml,.json" onChange={event => void read(event.target.files?.[0])} />
      {tooLarge && <span className="setting-note">{t('tooLarge')}</span>}
    </label>
  )
}

function Pasted({ begun, onSource }: { readonly begun: string; readonly onSource: (text: string) => void }) {
  const { t } = useTranslation('fragment')
  const [typed, setTyped] = useState(begun)
  return (
    <textarea
      className="field fragment-text"
      aria-label={t('pasted')}
      placeholder={t('pastedHint')}
      spellCheck={false}
      ref={takeFocus}
      rows={8}
      value={typed}
      onChange={event => {
        setTyped(event.target.value)
        onSource(event.target.value)
      }}
    />
  )
}
