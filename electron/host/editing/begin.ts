import { randomUUID } from 'node:crypto'
import { isObject, type ObjectRef, type Snapshot } from '../../../core/object.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { changeText, createSession, openSession, type SessionId } from '../../../core/session.ts'
import { plainView, viewObject } from '../../../core/view.ts'
import { printYaml, readYaml } from '../../../core/yaml.ts'
import { editYaml } from '../../../core/yaml-edit.ts'
import type { Cluster } from '../clusters/connection.ts'
import { createNotifier } from '../streams.ts'
import type { OpenEdit } from './open-edit.ts'
import type { OpenedTarget } from './open-target.ts'
import { objectForCreation } from './recreate.ts'

/** A new edit of an object just read. */
export function beginEdit(context: string, cluster: Cluster, opened: OpenedTarget): OpenEdit {
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
    session: openSession(newSessionId(), ref, snapshot, plainView, textOf(snapshot)),
    lease: 0,
    reviewed: null,
    saved: null,
    writing: false,
  }
}

/**
 * The creation of an object that is gone, beginning with the text of its edit: without what the server had given it,
 * comments and layout kept. Fails with the text's first problem when it cannot be read.
 */
export function beginCreation(edit: OpenEdit): Result<OpenEdit> {
  const { session } = edit
  const read = readYaml(session.text)
  if (!read.ok) return fail(read.problems[0] ?? { code: 'yaml-empty' })
  if (!isObject(read.value)) return fail({ code: 'yaml-not-an-object' })
  const changes = editYaml(session.text, objectForCreation(read.value))
  if (!changes.ok) return changes
  const { uid: _, ...place } = session.ref
  const creation = createSession(
    newSessionId(),
    { ...place, uid: '' },
    session.view,
    changeText(session.text, changes.value),
  )
  return ok({ ...fresh(edit), session: creation })
}

/** The edit of an object that this host has just created. */
export function beginAfterCreation(edit: OpenEdit, answer: Snapshot): OpenEdit {
  const ref = { ...edit.session.ref, uid: answer.uid, name: nameOf(answer, edit.session.ref) }
  return { ...fresh(edit), session: openSession(newSessionId(), ref, answer, plainView, textOf(answer)) }
}

function fresh(edit: OpenEdit): OpenEdit {
  const own = { changed: createNotifier(), life: new AbortController(), lease: 0 }
  return { ...edit, ...own, reviewed: null, saved: null, writing: false }
}

function nameOf(answer: Snapshot, ref: ObjectRef): string {
  const { metadata } = answer.object
  return isObject(metadata) && typeof metadata.name === 'string' ? metadata.name : ref.name
}

function textOf(snapshot: Snapshot): string {
  return printYaml(viewObject(snapshot.object, plainView))
}

function isSecretRef(ref: ObjectRef): boolean {
  return ref.group === '' && ref.resource === 'secrets'
}

function newSessionId(): SessionId {
  // The one place where session ids are made.
  return randomUUID() as SessionId
}
