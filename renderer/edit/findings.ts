import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { StateEffect, StateField } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

/** Who found something: the checks that a review waits for, the schema, the names of objects that are not there, the server's dry run in the background, the dangers, the owners of what is changed. */
export type FindingSource = 'problems' | 'schema' | 'names' | 'dry-run' | 'dangers' | 'owners'

const setFindings = StateEffect.define<{ readonly source: FindingSource; readonly found: readonly Diagnostic[] }>()

/** What each source found last, moved along with the text since. */
export const findings = StateField.define<ReadonlyMap<FindingSource, readonly Diagnostic[]>>({
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
  const others = [...view.state.field(findings)].flatMap(([of, theirs]) => (of === source ? [] : theirs))
  const { effects } = setDiagnostics(view.state, [...others, ...within])
  view.dispatch({ effects: [setFindings.of({ source, found: within }), ...[effects ?? []].flat()] })
}
