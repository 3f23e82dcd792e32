import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../core/problem.ts'
import { useCommandSet } from '../app/commands.ts'
import { useApp } from '../app/use-host.ts'
import { startAids } from '../edit/aids.ts'
import { createEditor, type Editor, pageNonce } from '../edit/editor.ts'
import { diagnosticsOf, editorWords } from '../edit/editor-words.ts'
import { placeProblems } from '../edit/placed-problems.ts'
import { useCauseWords, useProblemWords } from '../parts/problem-text.tsx'
import { typingAids } from '../text/text-aids.ts'
import { useTextCommands } from '../text/use-text-commands.ts'

/** What the page does with its editor. */
export type CreateEditorHandle = {
  /** Puts another text in its place, as one step that can be undone, and the cursor at its beginning. */
  readonly replace: (text: string) => void
  readonly goTo: (offset: number) => void
  readonly focus: () => void
}

/** What the commands of an edit are here: nothing is reviewed before it is checked. */
const instead: Readonly<Record<string, string>> = {
  'edit.review': 'create.check',
  'edits.closeActive': 'create.close',
  'edit.discardNow': 'create.close',
}

/** The YAML of the new objects. `problems` are those of the text as it was checked. */
export function CreateEditor({
  text,
  problems,
  onText,
  ref,
}: {
  readonly text: string
  readonly problems: readonly Problem[]
  readonly onText: (text: string) => void
  readonly ref: Ref<CreateEditorHandle>
}) {
  const { t, i18n } = useTranslation(['edit', 'create'])
  const say = useProblemWords()
  const sayCause = useCauseWords()
  const commands = useCommandSet()
  const { settings } = useApp()
  const settingsNow = useRef(settings)
  const place = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | null>(null)
  const words = () => ({ ...editorWords(t), label: t('create:textLabel') })
  const tell = useEffectEvent((now: string) => onText(now))
  const show = useEffectEvent((parent: HTMLElement) => {
    const made = createEditor({
      parent,
      text,
      readOnly: false,
      secretData: 'encoded',
      words: words(),
      describedBy: '',
      nonce: pageNonce(),
      onChange: () => tell(made.view.state.doc.toString()),
      onShown: () => undefined,
      actOnOthers: () => null,
      aids: startAids(typingAids, {
        messages: i18n,
        settings: () => settingsNow.current,
        run: command => commands.run(instead[command] ?? command),
      }),
    })
    editor.current = made
    made.view.focus()
    return () => {
      editor.current = null
      made.end()
    }
  })
  useEffect(() => (place.current === null ? undefined : show(place.current)), [])
  useEffect(() => {
    settingsNow.current = settings
    editor.current?.followSettings()
  }, [settings])
  useTextCommands(() => editor.current?.view ?? null, true, null)
  const speak = useEffectEvent(() => editor.current?.setWords(words()))
  // The language is what `speak` reads.
  useEffect(() => speak(), [i18n.language])
  const mark = useEffectEvent(() => {
    const length = editor.current?.view.state.doc.length ?? 0
    editor.current?.setProblems(diagnosticsOf(placeProblems(problems), [], { say, sayCause }, length))
  })
  // Problems and language are what `mark` reads.
  useEffect(() => mark(), [problems, i18n.language])

  useImperativeHandle(ref, () => ({
    replace(next) {
      const view = editor.current?.view
      view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, selection: { anchor: 0 } })
      view?.focus()
    },
    goTo: offset => editor.current?.goTo(offset),
    focus: () => editor.current?.view.focus(),
  }))
  return <div className="create-editor" ref={place} />
}
