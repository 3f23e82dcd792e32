import { expect, test } from 'vitest'
import { printJson } from '../../../core/json.ts'
import { type CompareTask, compareSides } from '../../../renderer/compare/compare-task.ts'
import { lineDiff } from '../../../renderer/compare/merge-parts.ts'

const mine = `# ours
kind: ConfigMap
apiVersion: v1
metadata: {name: x, uid: u1, resourceVersion: "7"} # one line
data:
  b: 'two' # quoted
  a: one
`
const other = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'x', uid: 'u2', resourceVersion: '9', creationTimestamp: 'now' },
  data: { a: 'one', b: 'three' },
}

function compare(task: Partial<CompareTask>) {
  const left = { kind: 'object', json: printJson(other) } as const
  const right = { kind: 'text', text: mine } as const
  return compareSides({ kind: 'compare', left, right, noise: false, values: false, schema: null, ...task })
}

test('only what is said otherwise differs, in the layout of my text', () => {
  expect(compare({})).toEqual({
    left: mine.replace("'two'", 'three'),
    right: mine,
    masked: false,
    unread: false,
  })
})

test('bookkeeping is shown when it is asked for', () => {
  expect(compare({ noise: true })?.left).toContain('uid: u2')
})

test('a text that is no object stands as it was written', () => {
  expect(compare({ left: { kind: 'text', text: 'no: [object' } })).toMatchObject({ left: 'no: [object', unread: true })
})

test('what kubectl apply remembers is read from the live object; null where there is none', () => {
  expect(compare({ left: { kind: 'applied', json: printJson(other) } })).toBeNull()
  const annotations = {
    'kubectl.kubernetes.io/last-applied-configuration': printJson({ ...other, data: { a: 'was' } }),
  }
  const live = { ...other, metadata: { ...other.metadata, annotations } }
  const applied = compare({ left: { kind: 'applied', json: printJson(live) } })
  expect(applied?.left).toContain('a: was')
  expect(applied?.left).not.toContain('three')
})

test('a Secret’s values are compared wherever each side has them, and shown by choice alone', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' } }
  const left = { kind: 'object', json: printJson({ ...secret, data: { same: 'YQ==', other: 'Yg==' } }) } as const
  const text = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  same: a\n  other: planted\n'
  const masked = compare({ left, right: { kind: 'text', text } })
  expect(masked).toMatchObject({ masked: true })
  expect(masked?.left).toContain("other: '*** (before)'\n  same: '***'")
  expect(masked?.right).toContain("other: '*** (after)'\n  same: '***'")
  expect(compare({ left, right: { kind: 'text', text }, values: true })).toMatchObject({ masked: false, right: text })
})

test('lines that differ are told with the words in them', () => {
  const [change, ...more] = lineDiff('a\nimage: x:1\nb\n', 'a\nimage: x:2\nb\n')
  expect(more).toEqual([])
  expect(change).toMatchObject({ fromA: 11, toA: 12, fromB: 11, toB: 12 })
})
