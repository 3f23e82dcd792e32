import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectTarget, ObjectText } from '../../contract/object.ts'
import { useCommands } from '../app/commands.ts'
import { useClient, useStream } from '../app/use-host.ts'
import { editorWords } from '../edit/editor-words.ts'
import { createReveals } from '../review/reveals.ts'
import { CopyButton } from './copy-button.tsx'
import { createYamlViewer, type YamlViewer } from './yaml-viewer.ts'

/** The object as YAML, to be read, folded, searched and copied; a Secret's values are revealed one by one. */
export function YamlSection({ target }: { readonly target: ObjectTarget }) {
  const { t } = useTranslation('object')
  const [managedFields, setManagedFields] = useState(false)
  const key = `text ${managedFields} ${JSON.stringify(target)}`
  const { value } = useStream(key, (client, signal) => client.object.text({ target, managedFields }, { signal }))
  const toggle = () => setManagedFields(!managedFields)
  useCommands([
    {
      id: 'object.managedFields',
      label: t(managedFields ? 'commands.hideManagedFields' : 'commands.showManagedFields'),
      group: t('group'),
      enabled: true,
      run: toggle,
      keys: ['Shift+M'],
    },
  ])
  return (
    <div className="yaml-section">
      <div className="section-bar">
        <label>
          <input type="checkbox" checked={managedFields} onChange={toggle} /> {t('yaml.managedFields')}
        </label>
        {value !== null && value.masked.length > 0 && (
          <span className="object-quiet">{t('yaml.masked', { count: value.masked.length })}</span>
        )}
        {value !== null && <CopyButton text={value.text} label={t('yaml.copy')} />}
      </div>
      {value !== null && <Viewer key={key} target={target} text={value} />}
    </div>
  )
}

function Viewer({ target, text }: { readonly target: ObjectTarget; readonly text: ObjectText }) {
  const { t, i18n } = useTranslation(['object', 'review'])
  const { t: tEdit } = useTranslation('edit')
  const client = useClient()
  const place = useRef<HTMLDivElement>(null)
  const viewer = useRef<YamlViewer | null>(null)
  const open = useEffectEvent((parent: HTMLElement) => {
    const words = { ...editorWords(tEdit), label: t('yaml.label') }
    viewer.current = createYamlViewer({ parent, text: text.text, words })
  })
  useEffect(() => {
    if (place.current !== null) open(place.current)
    return () => viewer.current?.end()
  }, [])
  useEffect(() => viewer.current?.show(text.text), [text.text])

  const mark = useEffectEvent(() => {
    const lines = text.masked.map(({ line, path }) => ({ side: 'after' as const, line, path }))
    const reveals = createReveals(
      lines,
      async ({ path }, signal) => {
        const revealed = await client.object.reveal({ target, path }, { signal })
        return revealed.ok ? revealed.value : null
      },
      {
        reveal: path => t('review:reveal.show', { path }),
        hide: path => t('review:reveal.hide', { path }),
        base64: t('review:reveal.base64'),
        gone: t('yaml.valueGone'),
      },
    )
    viewer.current?.setButtons(lines.map(({ line }) => ({ line, make: () => reveals.button('after', line) })))
    return reveals
  })
  const maskedKey = JSON.stringify(text.masked)
  // Which values are masked, and the language, are what `mark` reads.
  useEffect(() => {
    const reveals = mark()
    return () => reveals.end()
  }, [maskedKey, i18n.language])
  return <div className="yaml-place" ref={place} />
}
