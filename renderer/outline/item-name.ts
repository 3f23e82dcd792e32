import type { Text } from '@codemirror/state'
import { childStart, entriesOf, type TextEntry } from '../edit/place/entries.ts'
import { readScalar } from '../edit/place/line.ts'

/** The keys by which people know an item, the most telling first; from the lists of Kubernetes' own kinds. */
const naming = [
  'name',
  'containerPort',
  'port',
  'key',
  'type',
  'mountPath',
  'devicePath',
  'topologyKey',
  'host',
  'path',
  'hostname',
  'ip',
  'kind',
  'uid',
  'operator',
] as const

// An item that names itself does so among its first keys.
const mostRead = 24

/** What an item of a list is called: by a key that tells it from the others, or itself where it is a scalar; null else. */
export function itemName(text: Text, item: TextEntry): string | null {
  if (item.value !== null) return item.value.kind === 'scalar' ? scalarOf(text, item) : null
  const start = childStart(text, item)
  if (start === null) return null
  const keys = new Map<string, string>()
  for (const entry of entriesOf(text, start).take(mostRead)) {
    if (entry.value?.kind === 'scalar') keys.set(String(entry.step), scalarOf(text, entry))
    if (entry.step === 'name') break
  }
  const key = naming.find(name => keys.has(name)) ?? [...keys.keys()][0]
  return key === undefined ? null : (keys.get(key) ?? null)
}

/** A scalar that stands on the line of its entry. */
export function scalarOf(text: Text, { line, value }: TextEntry): string {
  return value === null ? '' : readScalar(text.line(line).text.slice(value.from, value.to))
}
