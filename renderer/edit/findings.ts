import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { type EditorState, StateEffect, StateField, type Text } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

/** Who found something: the checks that a review waits for, the schema, the names of objects that are not there, the server's dry run in the background, the dangers, the owners of what is changed. */
export type FindingSource = 'problems' | 'schema' | 'names' | 'dry-run' | 'dangers' | 'owners'

type Findings = ReadonlyMap<FindingSource, readonly Diagnostic[]>

const setFindings = StateEffect.define<{ readonly source: FindingSource; readonly found: readonly Diagnostic[] }>()

/** What each source found last, moved along with the text since. */
export const findings = StateField.define<Findings>({
  create: () => new Map(),
  update(before, transaction) {
    const { changes, docChanged, effects } = transaction
    let next = before
    if (docChanged) {
      const moved = (one: Diagnostic) => {
        const from = changes.mapPos(one.from, 1)
        return { ...one, from, to: Math.max(from, changes.mapPos(one.to, -1)) }
      }
      next = new Map([...before].map(([source, found]) => [source, found.map(moved)]))
    }
    for (const effect of effects) {
      if (effect.is(setFindings)) next = new Map(next).set(effect.value.source, effect.value.found)
    }
    return next
  },
})

/** Draws what a source has found in the place of what it found before; what others found stays. */
export function putFindings(view: EditorView, source: FindingSource, found: readonly Diagnostic[]): void {
  // Drawing anew would close the words that somebody is reading.
  if (found.length === 0 && (view.state.field(findings).get(source) ?? []).length === 0) return
  const { length } = view.state.doc
  const within = found.map(one => {
    const from = Math.min(one.from, length)
    return { ...one, from, to: Math.min(Math.max(one.to, from), length) }
  })
  const all = new Map(view.state.field(findings)).set(source, within)
  const { effects } = setDiagnostics(view.state, [...saidOnce(all, view.state.doc).values()].flat())
  view.dispatch({ effects: [setFindings.of({ source, found: within }), ...[effects ?? []].flat()] })
}

/** All that was found beside the problems that a review waits for, in the order of the text; hints do not count. */
export function foundBeside(state: EditorState): readonly Diagnostic[] {
  const beside = [...saidOnce(state.field(findings), state.doc)].flatMap(([of, found]) =>
    of === 'problems' ? [] : found,
  )
  return beside.filter(({ severity }) => severity !== 'hint').sort((a, b) => a.from - b.from)
}

/**
 * What the schema says of a place of which the server or the text's own checks speak is left to them; how to put it right,
 * which the schema alone knows, goes with their words.
 */
function saidOnce(all: Findings, text: Text): Findings {
  const bySchema = new Set(all.get('schema'))
  if (bySchema.size === 0) return all
  const beforeSchema = (['problems', 'dry-run'] as const).map(source => {
    const found = (all.get(source) ?? []).map(one => {
      const end = Math.min(one.to, text.lineAt(one.from).to)
      const same = [...bySchema].filter(({ from }) => from >= one.from && from <= end)
      for (const each of same) bySchema.delete(each)
      return { ...one, actions: [one, ...same].flatMap(({ actions = [] }) => actions) }
    })
    return [source, found] as const
  })
  return new Map([...all, ...beforeSchema, ['schema', [...bySchema]]])
}
