import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState, Text } from '@codemirror/state'
import { describe, expect, test } from 'vitest'
import { openFields } from '../../../core/fields/open-fields.ts'
import type { JsonObject } from '../../../core/json.ts'
import { checkText } from '../../../renderer/edit/field-check.ts'
import { completed } from '../../../renderer/schema/completing.ts'
import { ownCompletion } from '../../../renderer/schema/own-completion.ts'
import { isLarge } from '../../../renderer/schema/own-size.ts'

const text = { type: 'string' }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const document: JsonObject = {
  components: {
    schemas: {
      Kind: {
        type: 'object',
        required: ['spec'],
        properties: { apiVersion: text, kind: text, metadata: { type: 'object' }, spec: ref('Spec') },
      },
      Spec: {
        type: 'object',
        required: ['replicas', 'given'],
        properties: {
          replicas: { type: 'integer', minimum: 0 },
          given: { type: 'string', default: 'x' },
          paused: { type: 'boolean' },
          policy: { type: 'string', enum: ['Always', 'Never', 'No'], default: 'Never' },
          size: { oneOf: [{ type: 'string' }, { type: 'number' }] },
          containers: { type: 'array', items: ref('Container') },
          labels: { type: 'object', additionalProperties: text },
          free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: text } },
        },
      },
      Container: { type: 'object', required: ['name'], properties: { name: text, image: text, ports: ref('Port') } },
      Port: { type: 'array', items: { type: 'integer' } },
    },
  },
}
const root = openFields(document, 'Kind')
const words = { required: 'required', default: 'default', deprecated: 'deprecated', values: 'values' }

/** What completion offers at the `|` of a text: the labels, `*` before what comes first. */
function offered(marked: string): string {
  const at = marked.indexOf('|')
  const state = EditorState.create({ doc: marked.replace('|', ''), extensions: completed })
  const result = ownCompletion(new CompletionContext(state, at, true), root, words)
  return (result?.options ?? []).map(({ label, boost }) => `${boost ? '*' : ''}${label}`).join(' ')
}

test.each([
  ['|', 'apiVersion kind metadata *spec'],
  ['kind: X\nspec:\n  re|', '*replicas *given paused policy size containers labels free'],
  ['spec:\n  replicas: 1\n  |', '*given paused policy size containers labels free'],
  ['spec:\n  repl|icas: 1\n  given: x\n', '*replicas paused policy size containers labels free'],
  ['spec:\n  containers:\n  - name: a\n    im|', 'image ports'],
  ['spec:\n  containers:\n  - |', '*name image ports'],
  ['spec:\n  policy: |', '*Never Always No'],
  ['spec:\n  paused: t|', 'true false'],
  ['spec:\n  labels:\n    a|', ''],
  ['spec:\n  replicas: |', ''],
  ['other:\n  a: |', ''],
])('completes %j', (marked, expected) => {
  expect(offered(marked)).toBe(expected)
})

describe('the check of a whole text', () => {
  const said = (yaml: string) =>
    checkText({ kind: 'check', text: yaml, schema: { document: JSON.stringify(document), name: 'Kind' } }).map(
      ({ from, to, said: { kind, ...facts } }) =>
        `${yaml.slice(from, to)}: ${kind} ${JSON.stringify(Object.values(facts))}`,
    )

  test.each<[string, string[]]>([
    ['spec: {replicas: 1, given: a}', []],
    ['spec: {replicas: 0400, paused: yes, size: 100m}', []],
    ['spec: {replicas: 1, size: null, policy: ~, labels: {}}', []],
    ['spec:\n  replica: 1\n  replicas: 2\n', ['replica: unknown ["replica",[]]']],
    ['spec:\n  replicsa: 1\n', ['replicsa: unknown ["replicsa",["replicas"]]', 'spec: missing ["replicas"]']],
    ['spec: {replicas: "2"}', ['"2": type [["integer"]]']],
    ['spec: {replicas: -2}', ['-2: minimum [0]']],
    ['spec: {replicas: 1, size: lots}', ['lots: type [["string","number"]]']],
    ['spec: {replicas: 1, policy: never}', ['never: value [["Always","Never","No"],["Never"]]']],
    ['spec:\n  replicas: 1\n  containers:\n  - image: a\n', ['image: missing ["name"]']],
    ['spec: {replicas: 1, free: {b: 1, a: 2}}', ['2: type [["string"]]']],
    ['kind: X', ['kind: missing ["spec"]']],
    // What cannot be read is said by those who read it.
    ['spec: [', []],
  ])('%j', (yaml, expected) => {
    expect(said(yaml)).toEqual(expected)
  })
})

test('a text is large by its lines of fields, not by those of its scripts', () => {
  const many = (line: string) => Text.of(`data:\n${line}\n`.repeat(6_000).split('\n'))
  expect(isLarge(many('  key: value'))).toBe(true)
  const script = `data:\n  run: |\n${'    key: value\n\n'.repeat(20_000)}`
  expect(isLarge(Text.of(script.split('\n')))).toBe(false)
  expect(isLarge(Text.of(`${script}${'a: b\n'.repeat(6_000)}`.split('\n')))).toBe(true)
})
