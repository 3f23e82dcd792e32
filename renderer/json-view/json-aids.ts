import { closeBrackets } from '@codemirror/autocomplete'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { type Aid, type AidPlace, settingsFollowed } from '../edit/aids.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { marks } from '../marks/marks-aid.ts'
import { setOwned } from '../owners/owners-aid.ts'
import { ownersGutter } from '../owners/owners-gutter.ts'
import { completing } from '../schema/completing.ts'
import { lazily } from '../text/lazily.ts'
import { keyAids } from '../text/text-aids.ts'

/** What helps with the JSON of an edit. Checks are those of the YAML, told at their places here. */
export const jsonAids: readonly Aid[] = [
  ...keyAids,
  {
    wanted: settings => settings.ownersGutter,
    extension: place => ViewPlugin.define(view => followOwners(view, place)),
  },
  ownersGutter,
  {
    wanted: settings => settings.schemaHelp,
    extension: place => [
      completing,
      closeBrackets(),
      lazily(async () => (await import('./json-schema-help.ts')).jsonSchemaHelp(place)),
    ],
  },
  ...marks,
]

/** Finds out who owns the lines of the JSON: it is YAML in other clothes, and read as such. */
function followOwners(view: EditorView, place: AidPlace) {
  let ended = false
  let looked: readonly unknown[] = []
  const unsubscribe = place.subscribe(consider)
  queueMicrotask(consider)

  function consider(): void {
    const { json, fresh, owners } = place.state()
    const now = [view.state.doc, owners]
    if (ended || json.ahead || !fresh || owners === null || now.every((part, at) => part === looked[at])) return
    looked = now
    void look(now, owners.managedFields)
  }

  async function look(asked: readonly unknown[], managedFields: string): Promise<void> {
    const { schema, secret } = place.opened
    const text = view.state.doc.toString()
    const task = { kind: 'owned', base: null, text, managedFields, schema, secret, everyLine: true } as const
    const owned = await doTextTask(task)
    if (!ended && looked === asked && owned !== null && asked[0] === view.state.doc)
      view.dispatch({ effects: setOwned.of(owned) })
  }

  return {
    update({ docChanged, transactions }: ViewUpdate): void {
      const asks = transactions.some(({ effects }) => effects.some(effect => effect.is(settingsFollowed)))
      if (docChanged || asks) queueMicrotask(consider)
    },
    destroy(): void {
      ended = true
      unsubscribe()
    },
  }
}
