import { json } from '@codemirror/lang-json'
import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { jsonTextPlace } from '../../../renderer/json-view/json-place.ts'

/** The place at the bar, as `on path [what stands there]`. */
function placeAt(text: string): string {
  const position = text.indexOf('|')
  const doc = text.replace('|', '')
  const state = EditorState.create({ doc, extensions: json() })
  ensureSyntaxTree(state, doc.length, 1_000)
  const place = jsonTextPlace(state, position)
  if (place === null) return 'nowhere'
  const { on, path, from, to, beside, hasValue } = place
  const more = [...(beside.length > 0 ? [`beside ${beside.join()}`] : []), ...(hasValue ? ['has a value'] : [])]
  return [`${on} ${path.join('.')} [${doc.slice(from, to)}]`, ...more].join(', ')
}

test.each([
  ['{"spec": {"re|": 1}}', 'key spec ["re"], has a value'],
  ['{"spec": {"a": 1, "re|"}}', 'key spec ["re"], beside a'],
  ['{"spec": {"a": 1, |}}', 'key spec [], beside a'],
  ['{"spec": {"a": |}}', 'value spec.a []'],
  ['{"spec": {"a": "Al|"}}', 'value spec.a ["Al"]'],
  ['{"spec": {"list": [{"x": 1}, {"na|": 2}]}}', 'key spec.list.1 ["na"], has a value'],
  ['{"list": ["a", "b|"]}', 'value list.1 ["b"]'],
  ['|', 'nowhere'],
])('%s', (text, expected) => expect(placeAt(text)).toBe(expected))
