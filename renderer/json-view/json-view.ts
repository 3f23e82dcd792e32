import { type Diagnostic, nextDiagnostic, previousDiagnostic } from '@codemirror/lint'
import { StateEffect } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { Span } from '../../core/json-reader.ts'
import type { Problem } from '../../core/problem.ts'
import { changeText, type TextChange } from '../../core/session.ts'
import { type AidPlace, type AidsAtWork, startAids } from '../edit/aids.ts'
import type { EditShared } from '../edit/edit-shared.ts'
import { findings } from '../edit/findings.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { jsonAids } from './json-aids.ts'
import { createJsonEditor, type JsonEditor, type JsonShowHow } from './json-editor.ts'

/** What the tab draws of the JSON of an edit. */
export type JsonState = {
  /** Whether the person looks at the JSON, not at the YAML. */
  readonly shown: boolean
  /** Whether the JSON holds typing that the YAML, and so the draft, has not. */
  readonly ahead: boolean
  /** Why that is so for longer than a moment: what is wrong with the JSON. Placed in it. */
  readonly problems: readonly Problem[]
}

/** Before anyone asks for JSON. */
export const noJson: JsonState = { shown: false, ahead: false, problems: [] }

/** An edit's JSON: the same session in other words. The YAML stays the text; what is typed here goes back into it in place. */
export type JsonView = {
  /** Shows the JSON, with the cursor at the field where it is in the YAML. Refused while the YAML cannot be read. */
  readonly open: () => Promise<void>
  /** Shows the YAML again. JSON that cannot be read stays as it is typed, and holds up the review. */
  readonly close: () => Promise<void>
  /** Puts the JSON's editor into the page. */
  readonly place: (parent: HTMLElement, how: JsonShowHow) => () => void
  readonly setHow: (how: JsonShowHow) => void
  /** Lets what helps with it follow the settings. */
  readonly followSettings: () => void
  /** Told of every change of the YAML. */
  readonly yamlChanged: () => void
  /** Once what was typed is in the YAML, as far as it can be read. */
  readonly settled: () => Promise<void>
  /** Gives up JSON that cannot be read for what the YAML says. */
  readonly drop: () => void
  /** Goes to the place that stands there in the YAML. */
  readonly goTo: (offset: number) => Promise<void>
  /** Goes to a place of the JSON. */
  readonly goToOwn: (offset: number) => void
  /** To the next problem, or the previous one. */
  readonly walk: (step: 1 | -1) => void
  readonly focus: () => void
  /** Its editor, while it is on screen. */
  readonly view: () => EditorView | null
  readonly end: () => void
}

/** Typing rests this long, in milliseconds, before it goes into the YAML: longer in a text that takes longer to read. */
const restOf = (length: number) => (length > 64 * 1024 ? 400 : 150)

/** The JSON of one open edit; nothing is done for it before it is asked for. */
export function createJsonView(shared: EditShared, subscribe: AidPlace['subscribe']): JsonView {
  const { opened, state, enter, text, editor, ended } = shared
  let json: JsonEditor | null = null
  // The YAML that both texts said last.
  let said = ''
  let turn = 0
  let applying = false
  let timer: ReturnType<typeof setTimeout> | null = null
  let syncing: Promise<boolean> | null = null
  let heard: EditorView | null = null

  const tell = (next: Partial<JsonState>) => enter({ json: { ...state().json, ...next } })
  const stop = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  const soon = () => {
    stop()
    timer = setTimeout(() => void sync(), restOf(text().length))
  }

  function aidsFor(how: JsonShowHow): AidsAtWork {
    // Who owns the lines of the YAML is of no use here.
    return startAids(jsonAids, { ...shared, ...how, subscribe, state: () => ({ ...state(), owned: null }) })
  }

  function typed(): void {
    turn += 1
    if (!state().json.ahead) tell({ ahead: true })
    soon()
  }

  /** Carries what is new in each text into the other. False where a text was changed meanwhile. */
  function sync(): Promise<boolean> {
    stop()
    syncing ??= syncOnce().finally(() => {
      syncing = null
    })
    return syncing
  }

  async function syncOnce(): Promise<boolean> {
    if (json === null) return true
    const [asked, yaml, own] = [turn, text().toString(), json.text()]
    const { base } = state()
    const task = { kind: 'json-sync', said, json: own, yaml, base, schema: opened.schema } as const
    const done = await doTextTask(task)
    if (ended()) return true
    if (asked !== turn) return false
    if (!done.ok) {
      tell(done.of === 'json' ? { ahead: true, problems: done.problems } : { shown: false })
      mark()
      return true
    }
    said = changeText(yaml, done.yaml)
    intoYaml(done.yaml)
    if (done.json.length > 0) json.move(done.json)
    json.setLines(done.lines)
    tell({ ahead: false, problems: [] })
    mark()
    return true
  }

  function intoYaml(changes: readonly TextChange[]): void {
    if (changes.length === 0) return
    applying = true
    editor()?.change(changes)
    applying = false
  }

  async function settled(): Promise<void> {
    if (json === null || !(state().json.ahead || state().json.shown)) return
    while (!(await sync()) && !ended()) stop()
  }

  async function made(): Promise<JsonEditor | null> {
    for (;;) {
      if (json !== null) return json
      const [asked, yaml] = [turn, text().toString()]
      const { base } = state()
      const done = await doTextTask({ kind: 'json-sync', said: yaml, json: null, yaml, base, schema: null })
      if (asked !== turn) continue
      if (!done.ok || ended()) return null
      json ??= createJsonEditor(done.json[0]?.insert ?? '', typed, aidsFor)
      json.setLines(done.lines)
      said = yaml
      return json
    }
  }

  async function open(): Promise<void> {
    const shown = await made()
    if (shown === null) return
    tell({ shown: true })
    await settled()
    if (!state().json.shown) return
    hearFindings()
    const { head } = editor()?.view.state.selection.main ?? { head: 0 }
    const [place] = await across('yaml', [{ from: head, to: head }])
    // Who went into it meanwhile stays at the place of their own.
    if (shown.view()?.dom.contains(document.activeElement)) return
    if (place) shown.goTo(place.from)
    shown.focus()
  }

  async function close(): Promise<void> {
    await settled()
    const head = json?.head() ?? 0
    const [place] = await across('json', [{ from: head, to: head }])
    tell({ shown: false })
    const shown = editor()
    // The YAML has no size while it is hidden.
    requestAnimationFrame(() => {
      shown?.view.requestMeasure()
      if (place) shown?.goTo(place.from)
      else shown?.view.focus()
    })
  }

  /** The same places in the other text; none where it says something else. */
  async function across(from: 'yaml' | 'json', ranges: readonly Span[]): Promise<readonly (Span | null)[]> {
    if (json === null || state().json.ahead || ranges.length === 0) return []
    const asked = turn
    const places = await doTextTask({ kind: 'json-places', from, yaml: text().toString(), json: json.text(), ranges })
    return asked === turn && !ended() ? places : []
  }

  /** What anyone finds in the YAML is shown at its place in the JSON, too. */
  function hearFindings(): void {
    const view = editor()?.view ?? null
    if (view === null || view === heard) return
    heard = view
    const listener = EditorView.updateListener.of(update => {
      if (update.startState.field(findings) !== update.state.field(findings) && !update.docChanged) mark()
    })
    view.dispatch({ effects: StateEffect.appendConfig.of(listener) })
  }

  let marking = 0
  function mark(): void {
    if (!state().json.shown || json === null) return
    cancelAnimationFrame(marking)
    marking = requestAnimationFrame(() => void markNow())
  }

  async function markNow(): Promise<void> {
    const found = [...(editor()?.view.state.field(findings).values() ?? [])].flat()
    const places = await across('yaml', found)
    if (json === null || state().json.ahead) return
    json.setProblems(
      found.flatMap((one, index): Diagnostic[] => {
        const place = places[index]
        return place ? [{ ...one, from: place.from, to: place.to, actions: [] }] : []
      }),
    )
  }

  return {
    open,
    close,
    place: (parent, how) => json?.show(parent, how) ?? (() => undefined),
    setHow: how => json?.setHow(how),
    followSettings: () => json?.followSettings(),
    yamlChanged: () => {
      turn += 1
      if (!applying && json !== null && state().json.shown) soon()
    },
    settled,
    drop: () => {
      stop()
      json = null
      turn += 1
      enter({ json: noJson })
      editor()?.view.focus()
    },
    goTo: async offset => {
      const [place] = await across('yaml', [{ from: offset, to: offset }])
      if (place) json?.goTo(place.from)
    },
    goToOwn: offset => json?.goTo(offset),
    walk: step => {
      const view = json?.view()
      if (view) (step === 1 ? nextDiagnostic : previousDiagnostic)(view)
    },
    focus: () => json?.focus(),
    view: () => json?.view() ?? null,
    end: () => {
      stop()
      cancelAnimationFrame(marking)
    },
  }
}
