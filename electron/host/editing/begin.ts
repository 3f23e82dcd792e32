import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText, type ObjectRef, type Snapshot } from '../../../core/object.ts'
import { isSecretRef } from '../../../core/secrets.ts'
import {
  createSession,
  type EditSession,
  openManifestSession,
  openSession,
  type SessionId,
} from '../../../core/session.ts'
import { openingView, plainView } from '../../../core/view.ts'
import type { Cluster } from '../clusters/connection.ts'
import { createNotifier } from '../streams.ts'
import type { OpenEdit } from './open-edit.ts'
import type { OpenedTarget } from './open-target.ts'

/** What an edit needs to know of its object's kind, and of this person's rights. */
export type Opening = Pick<OpenedTarget, 'kind' | 'kindSchema' | 'readOnly' | 'subresources'>

/** A new edit of an object just read; `text` is the object, printed. */
export function beginEdit(context: string, cluster: Cluster, opened: OpenedTarget, text: string): OpenEdit {
  const { ref, snapshot } = opened
  const session = openSession(newSessionId(), ref, snapshot, openingView, text)
  return {
    ...begin(context, cluster, opened, session),
    onDisk: text,
    differs: { from: snapshot.object, text, answer: false },
  }
}

/** A manifest's text against the object just read that it names. */
export function beginManifest(context: string, cluster: Cluster, opened: OpenedTarget, text: string): OpenEdit {
  const { ref, snapshot } = opened
  const session = openManifestSession(newSessionId(), ref, snapshot, plainView, { text, applied: null })
  return begin(context, cluster, opened, session)
}

/** The creation of what a manifest says, and no object is yet; it then goes on as a manifest where it names the object. */
export function beginManifestCreation(
  context: string,
  cluster: Cluster,
  opened: Opening & { readonly ref: ObjectRef },
  text: string,
): OpenEdit {
  // A generated name is another one at the next creation.
  const becomes = opened.ref.name === '' ? 'edit' : 'manifest'
  return begin(context, cluster, opened, createSession(newSessionId(), opened.ref, plainView, { text, becomes }))
}

/** An open edit of a session. */
export function begin(context: string, cluster: Cluster, opened: Opening, session: EditSession): OpenEdit {
  const { kind, kindSchema, readOnly, subresources } = opened
  const own = { changed: createNotifier(), life: new AbortController(), lease: 0, mayUpdate: new Map() }
  const secret = isSecretRef(session.ref)
  return { context, cluster, kind, kindSchema, readOnly, subresources, secret, session, ...own, ...untouched }
}

/** Nothing has been reviewed, saved, given out or dropped yet. */
const untouched = {
  reviewed: null,
  course: null,
  saved: null,
  submitted: null,
  offered: [],
  writing: null,
  discarded: false,
  others: null,
  onDisk: null,
  unkept: null,
  restored: null,
  settled: null,
  recreating: null,
  differs: null,
}

/** The creation of an object that is gone, beginning with the text of its edit, made ready for it. */
export function beginCreation(edit: OpenEdit, text: string, id = newSessionId()): OpenEdit {
  const { ref, view, origin } = edit.session
  const becomes = origin.kind === 'manifest' ? 'manifest' : 'edit'
  return fresh(edit, createSession(id, { ...ref, uid: '' }, view, { text, becomes }))
}

/** The edit of an object that this host has just created; `text` is the object, printed. */
export function beginAfterCreation(edit: OpenEdit, answer: Snapshot, text: string): OpenEdit {
  const session = openSession(newSessionId(), refOf(edit, answer), answer, openingView, text)
  return { ...fresh(edit, session), onDisk: text, differs: { from: answer.object, text, answer: false } }
}

/** The manifest of an object that this host has just created from it; `applied` is what it said. */
export function beginAfterManifestCreation(edit: OpenEdit, answer: Snapshot, applied: JsonObject): OpenEdit {
  const { view, text } = edit.session
  return fresh(edit, openManifestSession(newSessionId(), refOf(edit, answer), answer, view, { text, applied }))
}

function refOf(edit: OpenEdit, answer: Snapshot): ObjectRef {
  const { ref } = edit.session
  return { ...ref, uid: answer.uid, name: metadataText(answer.object, 'name') ?? ref.name }
}

function fresh(edit: OpenEdit, session: EditSession): OpenEdit {
  return begin(edit.context, edit.cluster, edit, session)
}

/** An id for a new edit. */
export function newSessionId(): SessionId {
  // The one place where session ids are made.
  return randomUUID() as SessionId
}
