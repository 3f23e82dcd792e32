import { expect, test } from 'vitest'
import { type ClusterIdentity, snapshotOf } from '../../../../core/object.ts'
import { type Live, openSession, type SessionId } from '../../../../core/session.ts'
import { plainView } from '../../../../core/view.ts'
import { see } from '../../../../electron/host/editing/follow.ts'
import type { OpenEdit } from '../../../../electron/host/editing/open-edit.ts'
import { createNotifier } from '../../../../electron/host/streams.ts'

/** An object as it was just read. */
function read(resourceVersion: string, uid = 'u'): Live {
  const metadata = { name: 'web', namespace: 'default', uid, resourceVersion }
  return { kind: 'present', snapshot: snapshotOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata }) }
}

test('what is live stays the same value while its version is the same', () => {
  const ref = {
    cluster: 'c' as ClusterIdentity,
    group: '',
    version: 'v1',
    resource: 'configmaps',
    kind: 'ConfigMap',
    namespace: 'default',
    name: 'web',
    uid: 'u',
  }
  const first = read('1')
  if (first.kind !== 'present') throw new Error('it is there')
  const session = openSession('e' as SessionId, ref, first.snapshot, plainView, 'kind: ConfigMap\n')
  const edit = { session, changed: createNotifier() } as OpenEdit
  const { live } = edit.session
  let told = 0
  edit.changed.listen(() => {
    told += 1
  })

  see(edit, read('1'))
  expect(edit.session.live).toBe(live)
  see(edit, read('2'))
  expect(edit.session.live).toEqual(read('2'))
  see(edit, read('2', 'another'))
  expect(edit.session.live).toEqual(read('2', 'another'))
  see(edit, { kind: 'gone' })
  expect(edit.session.live).toEqual({ kind: 'gone' })
  expect(told).toBe(4)
})
