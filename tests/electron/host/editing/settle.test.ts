import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../core/json.ts'
import { type Outcome, type SentWrite, settleOutcome } from '../../../../electron/host/editing/settle.ts'

// One edit in all of it: `mine` from 1 to 2, dry-run at 10:00:05 by the manager `patchbay`.
const [early, asked, late] = ['2026-01-01T10:00:00Z', '2026-01-01T10:00:05Z', '2026-01-01T10:00:09Z']

type Writer = { readonly manager: string; readonly time: string; readonly fields: readonly string[] }

const owner = (manager: string, time: string, ...fields: string[]): Writer => ({ manager, time, fields })

function configMap(
  version: string,
  data: Record<string, string>,
  writers: readonly Writer[],
  more: Record<string, string | number> = {},
): JsonObject {
  const managedFields = writers.map(({ manager, time, fields }) => ({
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:data': Object.fromEntries(fields.map(field => [`f:${field}`, {}])) },
  }))
  const metadata = { name: 'one', uid: 'u', resourceVersion: version, creationTimestamp: early, managedFields, ...more }
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
}

const setter = owner('setter', early, 'mine')
const counter = owner('counter', early, 'count')
const before = configMap('1', { mine: '1', count: '1' }, [setter, counter])
const sent: SentWrite = {
  live: before,
  merged: { ...before, data: { mine: '2', count: '1' } },
  promised: configMap('1', { mine: '2', count: '1' }, [counter, owner('patchbay', asked, 'mine')]),
  fieldManager: 'patchbay',
}

const edits: readonly [string, JsonObject | null, Outcome][] = [
  ['the version is the planned one', before, 'not-written'],
  ['mine is there', configMap('2', { mine: '2', count: '1' }, [owner('patchbay', asked, 'mine')]), 'written'],
  ['mine is there beside theirs', configMap('3', { mine: '2', count: '9' }, [owner('patchbay', asked)]), 'written'],
  [
    'another field was written, mine rests with its old owner',
    configMap('2', { mine: '1', count: '2' }, [setter, owner('counter', late, 'count')]),
    'not-written',
  ],
  [
    'my field holds its old value, but its owner has written again',
    configMap('3', { mine: '1', count: '1' }, [counter, owner('setter', late, 'mine')]),
    'unknown',
  ],
  [
    'my field holds its old value, owned by somebody new',
    configMap('3', { mine: '1', count: '1' }, [counter, owner('reverter', late, 'mine')]),
    'unknown',
  ],
  ['a third value', configMap('3', { mine: '3', count: '1' }, [owner('other', late, 'mine')]), 'unknown'],
  ['no trace of owners', configMap('2', { mine: '1', count: '2' }, []), 'unknown'],
  ['another object of the name', { ...before, metadata: { uid: 'v', resourceVersion: '9' } }, 'unknown'],
  ['nothing is there any more', null, 'unknown'],
]

describe('an edit whose answer was lost', () => {
  test.each(edits)('%s', (_, now, outcome) => {
    expect(settleOutcome(sent, now, null)).toBe(outcome)
  })

  test('a generation that did not rise proves that nothing of it was done', () => {
    const at = (version: string, generation: number, mine: string) => configMap(version, { mine }, [], { generation })
    const write = { ...sent, live: at('1', 4, '1'), merged: at('1', 4, '2'), promised: at('1', 5, '2') }
    expect(settleOutcome(write, at('7', 4, '1'), null)).toBe('not-written')
    expect(settleOutcome(write, at('7', 6, '1'), null)).toBe('unknown')
  })

  test('an added field that is not there leaves open whether somebody took it away again', () => {
    const promised = configMap('1', { mine: '1', count: '1', added: 'x' }, [owner('patchbay', asked, 'added')])
    const write = { ...sent, merged: { ...before, data: { mine: '1', count: '1', added: 'x' } }, promised }
    const moved = configMap('2', { mine: '1', count: '2' }, [setter, owner('counter', late, 'count')])
    expect(settleOutcome(write, moved, null)).toBe('unknown')
    const known = configMap('1', { mine: '1', count: '1' }, [setter, counter, owner('patchbay', early, 'mine')])
    const still = configMap('2', { mine: '1', count: '2' }, [setter, owner('patchbay', early, 'mine')])
    expect(settleOutcome({ ...write, live: known }, still, null)).toBe('not-written')
  })

  test('what only the server decided about a field does not count: it may decide otherwise the next time', () => {
    const promised = configMap('1', { mine: '2', count: '1', chosen: '30001' }, [owner('patchbay', asked, 'mine')])
    const now = configMap('2', { mine: '2', count: '1', chosen: '30002' }, [owner('patchbay', asked, 'mine')])
    expect(settleOutcome({ ...sent, promised }, now, null)).toBe('written')
  })
})

describe('a creation whose answer was lost', () => {
  const mine = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { mine: '2' } }
  const created = (time: string, manager: string, data = { mine: '2' }) =>
    configMap('5', data, [owner(manager, time, 'mine')], { creationTimestamp: time })
  const creation: SentWrite = {
    live: null,
    merged: mine,
    promised: created(asked, 'patchbay'),
    fieldManager: 'patchbay',
  }

  test.each<[string, JsonObject | null, Outcome]>([
    ['nothing is there', null, 'not-written'],
    ['mine is there', created(late, 'patchbay'), 'written'],
    ['somebody else created the same', created(late, 'kubectl-create'), 'not-written'],
    ['one older than the dry run', created(early, 'patchbay'), 'not-written'],
    ['mine, changed since', created(late, 'patchbay', { mine: '3' }), 'unknown'],
    ['one without owners', configMap('5', { mine: '2' }, [], { creationTimestamp: late }), 'unknown'],
  ])('%s', (_, now, outcome) => {
    expect(settleOutcome(creation, now, null)).toBe(outcome)
  })
})
