import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommandSet } from '../app/commands.ts'
import { useRouter } from '../app/router.ts'
import { useApp } from '../app/use-host.ts'
import { useCauseWords, useProblemWords } from '../parts/problem-text.tsx'
import type { EditWork } from './edit-work.ts'
import { diagnosticsOf, editorWords, othersMarksOf } from './editor-words.ts'
import type { PlacedProblem, PlacedWarning } from './placed-problems.ts'
import type { Others } from './watching.ts'

/** The place of the CodeMirror editor, which lives outside React: it is told of what changes around it. */
export function EditorPane({
  work,
  readOnly,
  problems,
  warnings,
  others,
  onDecide,
  describedBy,
  focused,
  hidden,
}: {
  readonly work: EditWork
  readonly readOnly: boolean
  readonly problems: readonly PlacedProblem[]
  readonly warnings: readonly PlacedWarning[]
  readonly others: Others | null
  /** Opens the conflict view; null where nothing can be decided now. */
  readonly onDecide: (() => void) | null
  readonly describedBy: string
  /** Whether the editor should have the focus when it comes on screen. */
  readonly focused: boolean
  /** Whether the text is shown otherwise, in the editor's place. */
  readonly hidden: boolean
}) {
  const { t, i18n } = useTranslation('edit')
  const say = useProblemWords()
  const sayCause = useCauseWords()
  const { settings } = useApp()
  const commands = useCommandSet()
  const router = useRouter()
  const settingsNow = useRef(settings)
  const place = useRef<HTMLDivElement>(null)
  const show = useEffectEvent((parent: HTMLElement) =>
    work.show(parent, {
      words: editorWords(t),
      describedBy,
      readOnly,
      actOnOthers: () => decideAction(),
      messages: i18n,
      settings: () => settingsNow.current,
      showObject: target => router.showObject({ kind: 'object', section: null, target }),
      run: commands.run,
    }),
  )
  const decideAction = useEffectEvent(() => (onDecide === null ? null : { label: t('conflict.open'), run: onDecide }))

  useEffect(() => (place.current === null ? undefined : show(place.current)), [])
  useEffect(() => work.editor()?.setReadOnly(readOnly), [work, readOnly])
  useEffect(() => {
    settingsNow.current = settings
    work.editor()?.followSettings()
  }, [work, settings])
  const speak = useEffectEvent(() => work.editor()?.setWords(editorWords(t)))
  // The language is what `speak` reads.
  useEffect(() => speak(), [i18n.language])
  const mark = useEffectEvent(() => {
    const editor = work.editor()
    editor?.setProblems(diagnosticsOf(problems, warnings, { say, sayCause }, editor.view.state.doc.length))
  })
  // Problems, warnings and language are what `mark` reads.
  useEffect(() => mark(), [problems, warnings, i18n.language])
  const markOthers = useEffectEvent(() => work.editor()?.setOthers(othersMarksOf(others, t)))
  // What others changed and the language are what `markOthers` reads.
  useEffect(() => markOthers(), [others, i18n.language])
  useEffect(() => {
    if (focused) work.editor()?.view.focus()
  }, [work, focused])

  return <div className="editor-place" hidden={hidden} ref={place} />
}
