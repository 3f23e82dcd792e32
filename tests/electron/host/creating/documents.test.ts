import { describe, expect, test } from 'vitest'
import { readManifest } from '../../../../core/manifest.ts'
import type { Problem, TextRange } from '../../../../core/problem.ts'
import { documentsOf } from '../../../../electron/host/creating/documents.ts'
import { creationOrder, makerOfKind, makerOfNamespace } from '../../../../electron/host/creating/order.ts'

const a = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'

/** Where a problem on the word `here` of the last document lands in the whole text. */
function landing(whole: string): string {
  const document = documentsOf(whole, readManifest(whole)).at(-1)
  const { text } = document ?? { text: '' }
  const from = text.indexOf('here')
  const line = text.slice(0, from).split('\n').length
  const range: TextRange = { from, to: from + 4, line, column: 1 }
  const moved = document?.shift({ code: 'unknown-field', field: 'here', range } satisfies Problem).range
  return `${moved?.line} ${whole.slice(moved?.from, moved?.to)}`
}

describe('a problem of a document lands on its line of the whole text', () => {
  test.each([
    ['alone', `${a}here: x\n`, '4 here'],
    ['the second', `${a}---\n${a}here: x\n`, '8 here'],
    ['with comments of its own', `${a}---\n# about it\n${a}here: x\n`, '9 here'],
    ['with comments before its mark', `${a}---\n# about it\n# more\n---\n${a}here: x\n`, '11 here'],
    ['on the line of its mark', `${a}--- {kind: B, here: x}\n`, '4 here'],
    ['with Windows line ends', `${a}---\n${a}here: x\n`.replaceAll('\n', '\r\n'), '8 here'],
  ])('%s', (_, whole, expected) => {
    expect(landing(whole)).toBe(expected)
  })

  test("a List's items stand nowhere: their problems land where it begins", () => {
    expect(landing(`${a}---\nkind: List\napiVersion: v1\nitems: [{apiVersion: v1, kind: B, here: x}]\n`)).toBe('5 ')
  })
})

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  spec: {
    group: 'example.com',
    names: { kind: 'Widget' },
    versions: [
      { name: 'v1', served: true },
      { name: 'v0', served: false },
    ],
  },
}
const widget = { apiVersion: 'example.com/v1', kind: 'Widget' }

test('namespaces go first, then definitions, then the rest as the text has them; what cannot be read comes last', () => {
  expect(creationOrder([widget, null, definition, namespace, { apiVersion: 'v1', kind: 'Pod' }])).toEqual([
    3, 2, 0, 4, 1,
  ])
})

test('who makes a namespace or a kind, in a version that is served', () => {
  const objects = [widget, null, definition, namespace]
  expect(makerOfNamespace(objects, 'shop')).toBe(3)
  expect(makerOfNamespace(objects, 'other')).toBeNull()
  expect(makerOfKind(objects, widget)).toBe(2)
  expect(makerOfKind(objects, { ...widget, apiVersion: 'example.com/v0' })).toBeNull()
  expect(makerOfKind(objects, { apiVersion: 'v1', kind: 'Widget' })).toBeNull()
})
