import { describe, expect, test } from 'vitest'
import type { ClusterIdentity, ObjectRef } from '../../core/object.ts'
import { snapshotOf } from '../../core/object.ts'
import {
  baseVersion,
  changeText,
  createSession,
  type EditEvent,
  type EditSession,
  openSession,
  type SessionId,
  step,
} from '../../core/session.ts'
import { plainView } from '../../core/view.ts'

const ref: ObjectRef = {
  // Any text is an identity here.
  cluster: 'test' as ClusterIdentity,
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespace: 'default',
  name: 'c',
  uid: 'u',
}
const snapshot = (resourceVersion: string) => snapshotOf({ metadata: { uid: 'u', resourceVersion } })
// Any text is an id here.
const id = 's' as SessionId
const opened = openSession(id, ref, snapshot('1'), plainView, 'a: 1\n')

const edited = (fromVersion: number, textVersion: number, from: number, to: number, insert: string): EditEvent => ({
  kind: 'edited',
  fromVersion,
  textVersion,
  changes: [{ from, to, insert }],
})

/** The session after the events, or the code of the first that was refused. */
function sessionAfter(...events: EditEvent[]): EditSession | string {
  let session = opened
  for (const event of events) {
    const next = step(session, event)
    if (!next.ok) return next.problem.code
    session = next.value
  }
  return session
}

describe('step', () => {
  test('follows the person’s typing, change by change', () => {
    expect(sessionAfter(edited(0, 1, 3, 4, '2'), edited(1, 2, 5, 5, 'b: 3\n'))).toMatchObject({
      text: 'a: 2\nb: 3\n',
      textVersion: 2,
    })
  })

  test('asks for the whole text after a gap, and takes it', () => {
    expect(step(opened, edited(1, 2, 0, 0, 'x'))).toEqual({
      ok: false,
      problem: { code: 'text-behind', hostVersion: 0 },
    })
    expect(sessionAfter({ kind: 'retyped', textVersion: 2, text: 'x', secretData: null })).toMatchObject({
      text: 'x',
      textVersion: 2,
    })
    expect(
      sessionAfter(edited(0, 3, 0, 0, 'x'), { kind: 'retyped', textVersion: 2, text: 'old', secretData: null }),
    ).toBe('text-behind')
  })

  test('others’ writes move live, never base or text', () => {
    const live = { kind: 'present', snapshot: snapshot('2') } as const
    expect(sessionAfter({ kind: 'liveChanged', live })).toEqual({ ...opened, live })
    expect(sessionAfter({ kind: 'liveChanged', live: { kind: 'gone' } })).toEqual({ ...opened, live: { kind: 'gone' } })
  })

  const rebased = (fromBase: string, fromVersion: number): EditEvent => ({
    kind: 'rebased',
    fromBase,
    base: snapshot('2'),
    fromVersion,
    textVersion: fromVersion + 1,
    changes: [{ from: 5, to: 5, insert: 'theirs: 1\n' }],
  })

  test('a rebase moves base and text together, and only from where it began', () => {
    const session = sessionAfter(rebased('1', 0))
    expect(session).toMatchObject({ text: 'a: 1\ntheirs: 1\n', textVersion: 1 })
    expect(baseVersion(session as EditSession)).toBe('2')
    expect(sessionAfter(rebased('0', 0))).toBe('base-moved')
    expect(sessionAfter(edited(0, 1, 0, 0, 'x'), rebased('1', 0))).toBe('text-behind')
    expect(sessionAfter(rebased('1', 0), rebased('1', 1))).toBe('base-moved')
  })

  test('a save makes what was edited the base, until the text is moved onto the server’s answer', () => {
    const answer = snapshotOf({ metadata: { uid: 'u', resourceVersion: '9', managedFields: [] }, data: { added: 'x' } })
    const object = { metadata: { uid: 'u', resourceVersion: '1' }, data: { mine: 'y' } }
    const saved: EditEvent = { kind: 'saved', fromBase: '1', edited: object, answer }
    expect(sessionAfter(saved)).toMatchObject({
      text: opened.text,
      live: { kind: 'present', snapshot: answer },
      origin: { base: { object: { data: { mine: 'y' }, metadata: { managedFields: [] } }, resourceVersion: '1' } },
    })
    expect(baseVersion(sessionAfter(saved, rebased('1', 0)) as EditSession)).toBe('2')
    expect(sessionAfter(rebased('1', 0), saved)).toBe('base-moved')
  })
})

test('a creation has no base and no live object', () => {
  const session = createSession(id, ref, plainView, { text: 'kind: ConfigMap\n', becomes: 'edit' })
  expect(baseVersion(session)).toBeNull()
  expect(session.live).toEqual({ kind: 'gone' })
  expect(step(session, rebaseOf(session))).toMatchObject({ ok: false, problem: { code: 'base-moved' } })
})

function rebaseOf({ textVersion }: EditSession): EditEvent {
  const base = snapshot('2')
  return { kind: 'rebased', fromBase: '1', base, fromVersion: textVersion, textVersion: textVersion + 1, changes: [] }
}

describe('changeText', () => {
  test('offsets are those of the text before any of the changes', () => {
    const changes = [
      { from: 0, to: 1, insert: 'long' },
      { from: 2, to: 2, insert: '-' },
      { from: 3, to: 4, insert: '' },
    ]
    expect(changeText('abcd', changes)).toBe('longb-c')
    expect(changeText('abcd', [])).toBe('abcd')
  })

  test.each([
    [
      'overlapping',
      [
        { from: 0, to: 2 },
        { from: 1, to: 3 },
      ],
    ],
    [
      'descending',
      [
        { from: 2, to: 3 },
        { from: 0, to: 1 },
      ],
    ],
    ['beyond the text', [{ from: 3, to: 5 }]],
    ['backward', [{ from: 3, to: 2 }]],
  ])('throws on %s changes: a bug of their maker', (_, changes) => {
    expect(() =>
      changeText(
        'abcd',
        changes.map(change => ({ ...change, insert: '' })),
      ),
    ).toThrow('does not fit')
  })
})
