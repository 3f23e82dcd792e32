import './json-view.css'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectTarget } from '../../contract/object.ts'
import { useCommandSet } from '../app/commands.ts'
import { useRouter } from '../app/router.ts'
import { useApp } from '../app/use-host.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { editorWords } from '../edit/editor-words.ts'

/** The place of the JSON's editor, which lives outside React; mounted while the JSON is shown. */
export function JsonPane({
  work,
  readOnly,
  describedBy,
}: {
  readonly work: EditWork
  readonly readOnly: boolean
  readonly describedBy: string
}) {
  const { t, i18n } = useTranslation(['edit', 'json'])
  const place = useRef<HTMLDivElement>(null)
  const { t: ofEdit } = useTranslation('edit')
  const { settings } = useApp()
  const commands = useCommandSet()
  const router = useRouter()
  const settingsNow = useRef(settings)
  const how = useEffectEvent(() => ({
    words: { ...editorWords(ofEdit), label: t('json:label') },
    describedBy,
    readOnly,
    messages: i18n,
    settings: () => settingsNow.current,
    run: commands.run,
    showObject: (target: ObjectTarget) => router.showObject({ kind: 'object', section: null, target }),
  }))
  const show = useEffectEvent((parent: HTMLElement) => work.json.place(parent, how()))
  useEffect(() => (place.current === null ? undefined : show(place.current)), [])
  // Language and access are what `how` reads.
  useEffect(() => work.json.setHow(how()), [work, readOnly, i18n.language])
  useEffect(() => {
    settingsNow.current = settings
    work.json.followSettings()
  }, [work, settings])
  return <div className="editor-place" ref={place} />
}
