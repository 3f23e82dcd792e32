import { EditorView } from '@codemirror/view'
import { useContext, useEffect } from 'react'
import { equalPath } from '../../core/path.ts'
import { KindsContext } from '../browse/use-kinds.ts'
import type { PaneProps } from '../edit/side/panes.ts'
import { placeOfCursor, useText } from '../edit/side/text-watch.ts'
import { ExplainView } from './explain-view.tsx'
import { entriesToField, insertField } from './insert-field.ts'
import { SchemaMissing } from './schema-missing.tsx'
import { useEditSchema } from './use-edit-schema.ts'
import { useVisits } from './use-visits.ts'

/** What the schema says of the field at the cursor, and of any other field of the kind. */
export function ExplainPane({ work, opened, entered }: PaneProps) {
  const { group, version, kind } = opened.ref
  const state = useText(work, true)
  const schema = useEditSchema(opened.edit)
  const [visits, step] = useVisits()
  const served = useContext(KindsContext)?.kinds ?? []
  const versions = new Set(served.filter(one => one.group === group && one.kind === kind).map(one => one.version))
  useEffect(() => {
    if (state !== null) step({ kind: 'cursor', path: placeOfCursor(state).path })
  }, [state, step])
  if (state === null) return null
  if (schema.kind !== 'known') return <SchemaMissing schema={schema} />
  const { root } = schema
  const { doc } = state

  return (
    <ExplainView
      kind={{ group, version, kind, others: [...versions].filter(one => one !== version) }}
      source={{ kind: 'edit', edit: opened.edit }}
      root={root}
      visits={visits}
      step={step}
      entered={entered}
      text={{
        isAt: path => equalPath(path, placeOfCursor(state).path),
        has: path => entriesToField(doc, path).length === path.length,
        goTo(path, focus) {
          const entry = entriesToField(doc, path)[path.length - 1]
          if (entry === undefined) return
          if (focus) return work.editor()?.goTo(entry.from)
          const effects = EditorView.scrollIntoView(entry.from, { y: 'center' })
          work.editor()?.view.dispatch({ selection: { anchor: entry.from }, effects })
        },
        insert: state.readOnly
          ? null
          : path => {
              const view = work.editor()?.view
              const insertion = view === undefined ? null : insertField(view.state.doc, root, path)
              if (insertion === null || view === undefined) return false
              const { change, cursor } = insertion
              view.dispatch({
                changes: change,
                selection: { anchor: cursor },
                scrollIntoView: true,
                userEvent: 'input.complete',
              })
              view.focus()
              return true
            },
      }}
    />
  )
}
