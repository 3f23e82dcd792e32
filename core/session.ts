import type { JsonObject } from './json.ts'
import { type Branded, metadataOf, type ObjectRef, type Snapshot } from './object.ts'
import { fail, ok, type Problem, type Result } from './problem.ts'
import type { SecretData } from './secret-data.ts'
import type { View } from './view.ts'

export type SessionId = Branded<'session'>

/** What is known of the object on the server now. */
export type Live =
  | { readonly kind: 'present'; readonly snapshot: Snapshot }
  | { readonly kind: 'gone' }
  | { readonly kind: 'replaced'; readonly uid: string }
  | { readonly kind: 'unreadable'; readonly problem: Problem }
  | { readonly kind: 'unknown'; readonly since: number }

/**
 * Where an edit began. `edit`: from an object read, whose text the person changes. `manifest`: from what its author says
 * of an object that is there: no version of the object is its base, and what it leaves out is not deleted; `applied` is
 * what it said when it was written last, null before. `create`: nothing is there yet; `becomes` is what the edit goes on as.
 */
export type Origin =
  | { readonly kind: 'edit'; readonly base: Snapshot }
  | { readonly kind: 'manifest'; readonly applied: JsonObject | null }
  | { readonly kind: 'create'; readonly becomes: 'edit' | 'manifest' }

/** The edit, as one value. Everything else (edited object, patch, diff, conflicts) is computed from it. */
export type EditSession = {
  readonly id: SessionId
  readonly ref: ObjectRef
  readonly origin: Origin
  readonly view: View
  readonly text: string
  readonly textVersion: number
  readonly live: Live
}

/** One replacement in a text: offsets are UTF-16 units in the text before any change of the same list, in ascending order. */
export type TextChange = { readonly from: number; readonly to: number; readonly insert: string }

/** What can happen to an edit. `fromVersion` and `fromBase` name the state that the event began from. */
export type EditEvent =
  | {
      readonly kind: 'edited'
      readonly fromVersion: number
      readonly textVersion: number
      readonly changes: readonly TextChange[]
    }
  // `secretData` is how the text is to be read from then on; null: as before.
  | {
      readonly kind: 'retyped'
      readonly textVersion: number
      readonly text: string
      readonly secretData: SecretData | null
    }
  | {
      readonly kind: 'viewed'
      readonly secretData: SecretData
      readonly fromVersion: number
      readonly textVersion: number
      readonly changes: readonly TextChange[]
    }
  | { readonly kind: 'liveChanged'; readonly live: Live }
  | {
      readonly kind: 'rebased'
      readonly fromBase: string
      readonly base: Snapshot
      readonly fromVersion: number
      readonly textVersion: number
      readonly changes: readonly TextChange[]
    }
  | { readonly kind: 'saved'; readonly fromBase: string | null; readonly edited: JsonObject; readonly answer: Snapshot }

/** A new edit of an object just read; `text` is what the person sees first. */
export function openSession(id: SessionId, ref: ObjectRef, base: Snapshot, view: View, text: string): EditSession {
  return {
    id,
    ref,
    origin: { kind: 'edit', base },
    view,
    text,
    textVersion: 0,
    live: { kind: 'present', snapshot: base },
  }
}

/** A manifest's text against the object that it names. */
export function openManifestSession(
  id: SessionId,
  ref: ObjectRef,
  live: Snapshot,
  view: View,
  { text, applied }: { readonly text: string; readonly applied: JsonObject | null },
): EditSession {
  const origin = { kind: 'manifest', applied } as const
  return { id, ref, origin, view, text, textVersion: 0, live: { kind: 'present', snapshot: live } }
}

/** A new object to be created, beginning with a text; `becomes` is what the edit of the created object is. */
export function createSession(
  id: SessionId,
  ref: ObjectRef,
  view: View,
  { text, becomes }: { readonly text: string; readonly becomes: 'edit' | 'manifest' },
): EditSession {
  return { id, ref, origin: { kind: 'create', becomes }, view, text, textVersion: 0, live: { kind: 'gone' } }
}

/** The resourceVersion that the edit's text is based on, null for a text that has no base. */
export function baseVersion(session: EditSession): string | null {
  return session.origin.kind === 'edit' ? session.origin.base.resourceVersion : null
}

/**
 * The next state. Refused with `text-behind` when the event began from another text than the session holds
 * (the whole text is then asked for), and with `base-moved` when it began from another base.
 */
export function step(session: EditSession, event: EditEvent): Result<EditSession> {
  switch (event.kind) {
    case 'edited':
      if (event.fromVersion !== session.textVersion) return behind(session)
      return ok({
        ...session,
        text: changeText(session.text, event.changes),
        textVersion: event.textVersion,
      })
    case 'retyped':
      if (event.textVersion < session.textVersion) return behind(session)
      return ok({
        ...session,
        view: viewAs(session.view, event.secretData),
        text: event.text,
        textVersion: event.textVersion,
      })
    case 'viewed':
      if (event.fromVersion !== session.textVersion) return behind(session)
      return ok({
        ...session,
        view: viewAs(session.view, event.secretData),
        text: changeText(session.text, event.changes),
        textVersion: event.textVersion,
      })
    case 'liveChanged':
      return ok({ ...session, live: event.live })
    case 'rebased':
      if (event.fromBase !== baseVersion(session)) return fail({ code: 'base-moved' })
      if (event.fromVersion !== session.textVersion) return behind(session)
      return ok({
        ...session,
        origin: { kind: 'edit', base: event.base },
        text: changeText(session.text, event.changes),
        textVersion: event.textVersion,
      })
    case 'saved':
      if (event.fromBase !== baseVersion(session)) return fail({ code: 'base-moved' })
      return ok(afterSave(session, event.edited, event.answer))
  }
}

/**
 * A manifest stays as it is, and now says what was applied. Another text still says what was edited, so that is what later typing is compared with, until the text is moved onto the
 * answer (`rebased`, which names the base that the text began from). The answer is what is live.
 */
function afterSave(session: EditSession, edited: JsonObject, answer: Snapshot): EditSession {
  const live = { kind: 'present', snapshot: answer } as const
  if (session.origin.kind === 'manifest') return { ...session, origin: { kind: 'manifest', applied: edited }, live }
  const { managedFields } = metadataOf(answer.object)
  const metadata = { ...metadataOf(edited), ...(managedFields === undefined ? {} : { managedFields }) }
  const base = { object: { ...edited, metadata }, uid: answer.uid, resourceVersion: baseVersion(session) ?? '' }
  return { ...session, origin: { kind: 'edit', base }, live }
}

// A view that stays the same stays the same value: what is kept of a text tells by it whether to keep it anew.
function viewAs(view: View, secretData: SecretData | null): View {
  return secretData === null || secretData === view.secretData ? view : { ...view, secretData }
}

function behind(session: EditSession): Result<EditSession> {
  return fail({ code: 'text-behind', hostVersion: session.textVersion })
}

/** The text after the changes. Throws when they overlap or reach beyond the text: such a list is a bug of its maker. */
export function changeText(text: string, changes: readonly TextChange[]): string {
  let at = 0
  let result = ''
  for (const { from, to, insert } of changes) {
    if (from < at || to < from || to > text.length) throw new Error(`change ${from}-${to} does not fit`)
    result += text.slice(at, from) + insert
    at = to
  }
  return result + text.slice(at)
}
