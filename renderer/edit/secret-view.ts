import { invertedEffects } from '@codemirror/commands'
import { type ChangeSet, type EditorState, type Extension, StateEffect, StateField, type Text } from '@codemirror/state'
import { printJson } from '../../core/json.ts'
import { decodeSecret, encodeSecret, type SecretData } from '../../core/secret-data.ts'
import type { showSecretAs } from '../../core/secret-data-text.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import type { EditShared } from './edit-shared.ts'
import type { Inspecting } from './inspecting.ts'
import { changeSet } from './reporter.ts'
import type { Reviews } from './reviews.ts'
import { objectOfJson, objectOfYaml } from './text-objects.ts'
import { doTextTask } from './text-worker.ts'

/** A Secret's text, to be shown the other way. */
export type ShowTask = { readonly kind: 'show'; readonly text: string; readonly as: SecretData }

/** The changes that show it so, or why that cannot be done. */
export type Showing = ReturnType<typeof showSecretAs>

/** The JSON text of a Secret that the host sent, as a text of that view says it. */
export function secretJsonAs(json: string, as: SecretData): string {
  const object = objectOfJson(json)
  if (as === 'decoded') return printJson(decodeSecret(object))
  const encoded = encodeSecret(object)
  if (!encoded.ok) throw new Error('what the server has holds each key once')
  return printJson(encoded.value)
}

const setSecretData = StateEffect.define<SecretData>()

const secretDataField = StateField.define<SecretData>({
  create: () => 'encoded',
  update: (before, { effects }) => effects.find(effect => effect.is(setSecretData))?.value ?? before,
})

/** Keeps in the editor's state how its text shows a Secret's values: undo takes both back in one. */
export function secretDataState(first: SecretData): Extension {
  return [
    secretDataField.init(() => first),
    invertedEffects.of(({ effects, startState }) =>
      effects.some(effect => effect.is(setSecretData)) ? [setSecretData.of(startState.field(secretDataField))] : [],
    ),
  ]
}

/** How the text of the editor shows a Secret's values. */
export function secretDataOf(state: EditorState): SecretData {
  return state.field(secretDataField)
}

/** Says that a change of the text shows the values so from now on. */
export function showingAs(secretData: SecretData): StateEffect<SecretData> {
  return setSecretData.of(secretData)
}

/** A change of the text after which it shows the values another way. */
export type ShownChange = {
  readonly changes: ChangeSet
  readonly secretData: SecretData
  readonly before: Text
}

/** How one open edit's text shows the values of its Secret. */
export type SecretView = {
  /** The JSON text of an object from the host, as the text shows it now. */
  readonly jsonAsShown: (json: string) => string
  /** Shows the values the other way, as one step that undo takes back. Only while editing. */
  readonly show: (as: SecretData) => Promise<void>
  /** Told that the editor shows them so, by `show` or by undo. */
  readonly shown: (change: ShownChange) => void
  /** Told that the text was moved onto another base. */
  readonly moved: () => void
}

export function createSecretView(
  shared: EditShared,
  inspecting: Inspecting,
  need: { readonly settled: () => Promise<void>; readonly refuse: Reviews['refuse'] },
): SecretView {
  const { opened, state, enter, text, editor, reporter, ended } = shared
  // What undo brings back was written before others' changes came in.
  let movedSince = false

  async function show(as: SecretData): Promise<void> {
    await need.settled()
    for (;;) {
      const asked = inspecting.turn()
      if (state().flow.kind !== 'editing' || state().secretData === as || ended()) return
      const showing = await doTextTask({ kind: 'show', text: text().toString(), as })
      if (asked !== inspecting.turn() || state().flow.kind !== 'editing') continue
      if (!showing.ok) return need.refuse(showing.problem)
      editor()?.showAs(showing.value, as)
      return void inspecting.inspect()
    }
  }

  /** Others' values stay as they are, where undo has brought an older text of them back. */
  function repair(meant: Text, secretData: SecretData): void {
    const object = objectOfYaml(meant.toString())
    const encoded = object.ok ? encodeSecret(object.value) : null
    if (encoded === null || !encoded.ok) return
    const to = secretData === 'decoded' ? decodeSecret(encoded.value) : encoded.value
    const changes = editYaml(text().toString(), to)
    if (!changes.ok || changes.value.length === 0) return
    const set = changeSet(changes.value, text().length)
    editor()?.move(changes.value)
    reporter().changed(set)
  }

  return {
    jsonAsShown: json => (opened.secret ? secretJsonAs(json, state().secretData) : json),
    show,
    shown: ({ changes, secretData, before }) => {
      const { base } = state()
      enter({ secretData, base: base === null ? null : secretJsonAs(base, secretData), fresh: false })
      reporter().viewed(changes, secretData)
      if (movedSince) repair(before, secretData)
      movedSince = false
    },
    moved: () => {
      movedSince = true
    },
  }
}
