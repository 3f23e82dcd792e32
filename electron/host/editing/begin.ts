import { randomUUID } from 'node:crypto'
import { isObject, type ObjectRef, type Snapshot } from '../../../core/object.ts'
import { isSecretRef } from '../../../core/secrets.ts'
import { createSession, openSession, type SessionId } from '../../../core/session.ts'
import { plainView } from '../../../core/view.ts'
import type { Cluster } from '../clusters/connection.ts'
import { createNotifier } from '../streams.ts'
import type { OpenEdit } from './open-edit.ts'
import type { OpenedTarget } from './open-target.ts'

/** A new edit of an object just read; `text` is the object, printed. */
export function beginEdit(context: string, cluster: Cluster, opened: OpenedTarget, text: string): OpenEdit {
  const { ref, snapshot, kind, kindSchema, readOnly } = opened
  return {
    context,
    cluster,
    kind,
    kindSchema,
    readOnly,
    secret: isSecretRef(ref),
    changed: createNotifier(),
    life: new AbortController(),
    session: openSession(newSessionId(), ref, snapshot, plainView, text),
    lease: 0,
    ...untouched,
    differs: { base: opened.snapshot, text, answer: false },
  }
}

/** Nothing has been reviewed, saved, given out or dropped yet. */
const untouched = { reviewed: null, saved: null, offered: null, writing: false, discarded: false, others: null }

/** The creation of an object that is gone, beginning with the text of its edit, made ready for it. */
export function beginCreation(edit: OpenEdit, text: string): OpenEdit {
  const { session } = edit
  const { uid: _, ...place } = session.ref
  return { ...fresh(edit), session: createSession(newSessionId(), { ...place, uid: '' }, session.view, text) }
}

/** The edit of an object that this host has just created; `text` is the object, printed. */
export function beginAfterCreation(edit: OpenEdit, answer: Snapshot, text: string): OpenEdit {
  const ref = { ...edit.session.ref, uid: answer.uid, name: nameOf(answer, edit.session.ref) }
  const session = openSession(newSessionId(), ref, answer, plainView, text)
  return { ...fresh(edit), session, differs: { base: answer, text, answer: false } }
}

function fresh(edit: OpenEdit): OpenEdit {
  const own = { changed: createNotifier(), life: new AbortController(), lease: 0 }
  return {
    ...edit,
    ...own,
    ...untouched,
    differs: null,
  }
}

function nameOf(answer: Snapshot, ref: ObjectRef): string {
  const { metadata } = answer.object
  return isObject(metadata) && typeof metadata.name === 'string' ? metadata.name : ref.name
}

function newSessionId(): SessionId {
  // The one place where session ids are made.
  return randomUUID() as SessionId
}
