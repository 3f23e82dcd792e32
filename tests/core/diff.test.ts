import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Change, diffFields, diffObjects } from '../../core/diff.ts'
import { equalJson, type JsonObject, printJson } from '../../core/json.ts'
import { formatPath } from '../../core/path.ts'
import { arbitraryWorkload } from './arbitrary.ts'
import { containers, workload, workloadSchema } from './schemas.ts'

const lines = (changes: readonly Change[]) => changes.map(lineOf)

function lineOf(change: Change): string {
  const path = formatPath(change.path)
  if (change.kind === 'added') return `+ ${path} ${printJson(change.to)}`
  if (change.kind === 'removed') return `- ${path} ${printJson(change.from)}`
  if (change.kind === 'changed') return `~ ${path} ${printJson(change.from)} ${printJson(change.to)}`
  return `> ${path} ${formatPath(change.from)} ${formatPath(change.to)}`
}

const diff = (from: JsonObject, to: JsonObject) => lines(diffObjects(workload(from), workload(to), workloadSchema))

describe('diffObjects', () => {
  test('names the field that changed, in the item that it belongs to', () => {
    const [from, to] = [containers('a=1 b=1'), containers('c=1 b=2')]
    expect(diff({ containers: from }, { containers: to })).toEqual([
      '- spec.containers[name=a] {"name":"a","image":"1"}',
      '~ spec.containers[name=b].image "1" "2"',
      '+ spec.containers[name=c] {"name":"c","image":"1"}',
    ])
  })

  test('tells two ports 53 apart, a protocol left out being TCP', () => {
    const ports = (name: string) => [
      {
        name: 'a',
        ports: [
          { containerPort: 53, protocol: 'UDP' },
          { containerPort: 53, name },
        ],
      },
    ]
    expect(diff({ containers: ports('x') }, { containers: ports('y') })).toEqual([
      '~ spec.containers[name=a].ports[containerPort=53,protocol=TCP].name "x" "y"',
    ])
  })

  test('shows another order of the same items as a move', () => {
    expect(diff({ containers: containers('a b c') }, { containers: containers('c a d b') })).toEqual([
      '+ spec.containers[name=d] {"name":"d"}',
      '> spec.containers [name=a][name=b][name=c] [name=c][name=a][name=b]',
    ])
  })

  test('takes atomic lists, and lists whose items share an identity, as one value', () => {
    expect(diff({ tolerations: [{ key: 'a' }] }, { tolerations: [{ key: 'b' }] })).toEqual([
      '~ spec.tolerations [{"key":"a"}] [{"key":"b"}]',
    ])
    expect(diff({ containers: containers('a a=1') }, { containers: containers('a') })).toEqual([
      '~ spec.containers [{"name":"a"},{"name":"a","image":"1"}] [{"name":"a"}]',
    ])
  })

  test('a null says "absent", except where null is a value or nothing is known', () => {
    expect(diff({ replicas: null }, {})).toEqual([])
    expect(diff({ paused: null }, {})).toEqual(['- spec.paused null'])
    expect(diff({ unheardOf: null }, {})).toEqual(['- spec.unheardOf null'])
    expect(diff({}, { paused: null })).toEqual(['+ spec.paused null'])
    expect(diff({ replicas: null }, { replicas: 1 })).toEqual(['~ spec.replicas null 1'])
  })

  test('keys that every JavaScript object has are ordinary keys', () => {
    const [from, to] = ['{}', '{"__proto__":"x","constructor":"y"}'].map(text => JSON.parse(text))
    expect(lines(diffObjects(from, to, null))).toEqual(['+ __proto__ "x"', '+ constructor "y"'])
  })

  test('sees one digit of a 64-bit integer', () => {
    expect(diff({ replicas: 9007199254740992n }, { replicas: 9007199254740993n })).toHaveLength(1)
    expect(diff({ replicas: 1n }, { replicas: 1 })).toEqual([])
  })

  test('is empty only for equal objects', () => {
    fc.assert(
      fc.property(arbitraryWorkload, arbitraryWorkload, (a, b) => {
        expect(diffObjects(a, structuredClone(a), workloadSchema)).toEqual([])
        if (!equalJson(a, b)) expect(diffObjects(a, b, workloadSchema)).not.toEqual([])
      }),
    )
  })
})

test('diffFields takes apart what was added or removed as a whole', () => {
  const added = [{ name: 'a', env: [], args: ['x', 'y'], ports: [{ containerPort: 80 }] }]
  const fields = (from: JsonObject, to: JsonObject) => lines(diffFields(workload(from), workload(to), workloadSchema))
  expect(fields({}, { containers: added })).toEqual([
    '+ spec.containers[name=a].name "a"',
    '+ spec.containers[name=a].env []',
    '+ spec.containers[name=a].args ["x","y"]',
    '+ spec.containers[name=a].ports[containerPort=80,protocol=TCP].containerPort 80',
  ])
  expect(fields({ selector: { app: 'x', tier: 'y' } }, {})).toEqual([
    '- spec.selector.app "x"',
    '- spec.selector.tier "y"',
  ])
})
