import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { Text } from '@codemirror/state'
import type { IndexPath } from '../../core/path.ts'
import { namedKind, namedPart, namedSubject, namesNamespace } from '../../core/reference-fields.ts'
import { selectedPorts } from '../../core/selected-ports.ts'
import { isPlainWord, printQuoted } from '../../core/yaml-string.ts'
import { answer, type Client } from '../app/client.ts'
import { pathAt } from '../edit/path-at.ts'
import { nothingForWord } from '../schema/completing.ts'
import { type OfferedText, ownNames } from './own-names.ts'
import { lookInText, mapInText } from './text-look.ts'

/** What an edited text's fields are completed with, beside what its schema says. */
export type NamesPlace = { readonly client: Client; readonly edit: string }

/** Fields of ports, whose numbers are numbers. */
const portFields: ReadonlySet<string> = new Set(['port', 'number', 'targetPort'])

/**
 * Completes the value of a field that names something: another object that the person may list, a key or port of one, or
 * a part of this very object. Nothing for any other field.
 */
export async function completeName(context: CompletionContext, place: NamesPlace): Promise<CompletionResult | null> {
  const { state, pos } = context
  const at = pathAt(state.doc, pos)
  if (at.on !== 'value' || at.from < state.doc.lineAt(pos).from) return nothingForWord(context)
  const offered = await offeredFor(state.doc, at.path, place, context)
  if (context.aborted) return null
  if (offered.length === 0) return nothingForWord(context)
  const quote = state.sliceDoc(at.from, at.from + 1)
  const isQuoted = quote === '"' || quote === "'"
  const from = isQuoted ? at.from + 1 : at.from
  const isPort = portFields.has(String(at.path.at(-1)))
  const options = offered.map(({ text, note }): Completion => {
    const apply = isQuoted || isPlainWord(text) || (isPort && /^\d+$/.test(text)) ? text : printQuoted(text)
    return { label: text, type: 'constant', apply, ...(note === '' ? {} : { detail: note }) }
  })
  // A value that is whole already leaves Enter to a new line.
  const isWhole = (text: string) => offered.some(one => one.text === text)
  if (!context.explicit && isWhole(state.sliceDoc(from, pos))) return null
  return { from, options, validFor: text => /^[\w./-]*$/.test(text) && !isWhole(text) }
}

async function offeredFor(
  text: Text,
  path: IndexPath,
  { client, edit }: NamesPlace,
  context: CompletionContext,
): Promise<readonly OfferedText[]> {
  const own = ownNames(text, path)
  if (own.length > 0) return own.filter(one => one.text !== '')
  const look = lookInText(text)
  const stop = new AbortController()
  context.addEventListener('abort', () => stop.abort())
  const { signal } = stop
  try {
    const part = namedPart(path, look)
    if (part !== null) {
      const parts = await answer(client.names.parts({ edit, ...part }, { signal }))
      return parts.ok ? parts.value : []
    }
    const selected = selectedPorts(path, look)
    if (selected !== null) {
      const labels = mapInText(text, selected.labels)
      if (!selected.orAll && Object.keys(labels).length === 0) return []
      const ports = await answer(client.names.ports({ edit, of: selected.of, labels }, { signal }))
      return ports.ok ? ports.value : []
    }
    const namespaces = namesNamespace(path, look) ? { group: '', kind: 'Namespace', namespace: null } : null
    const kind = namespaces ?? namedKind(path, look) ?? namedSubject(path, look)
    if (kind === null) return []
    const names = await answer(client.names.list({ edit, ...kind }, { signal }))
    return names.ok ? names.value.names.map(name => ({ text: name, note: kind.kind })) : []
  } catch (error) {
    if (signal.aborted) return []
    throw error
  }
}
