import type { ResourceKind } from '../../../contract/browse.ts'
import { type Json, parseJson, printJson } from '../../../core/json.ts'
import type { EditSession } from '../../../core/session.ts'
import { editableSubresources } from '../../../core/subresources.ts'
import { plainView } from '../../../core/view.ts'
import type { Cluster } from '../clusters/connection.ts'
import type { Draft } from '../store/drafts.ts'
import { begin } from './begin.ts'
import type { Course } from './course.ts'
import type { OpenEdit } from './open-edit.ts'
import { type KindSchema, restoreKindSchema } from './schema.ts'

/** What of an edit is kept beside its text: all that it needs to come back without a cluster that answers. */
type Body = {
  /** Rises when the shape changes in a way that older bodies do not have. */
  readonly form: 1
  readonly session: Omit<EditSession, 'text' | 'textVersion' | 'live'>
  readonly kind: ResourceKind
  readonly schema: KindSchema['document']
  readonly strategic: boolean
  readonly patchTypes: readonly string[]
  /** Older apps kept none. */
  readonly partTypes?: KindSchema['partTypes']
  readonly course?: Course | null
}

/** An open edit as a draft. */
export function draftOf(
  { session, kind, kindSchema, context, lease, course, recreating }: OpenEdit,
  changed: number,
): Draft {
  const { text, textVersion, live: _, ...kept } = session
  const { document, strategic, patchTypes, partTypes } = kindSchema
  const body: Body = { form: 1, session: kept, kind, schema: document, strategic, patchTypes, partTypes, course }
  return {
    id: session.id,
    context,
    ref: session.ref,
    origin: session.origin.kind,
    changed,
    lease,
    recreating: recreating?.begun ?? null,
    // All of it is plain values, which TypeScript cannot tell of types with optional fields.
    session: printJson(body as unknown as Json),
    text,
    textVersion,
  }
}

/**
 * The edit of a draft, as it was; nothing is known of what is live now. Null for a draft of another shape, which a
 * newer app has kept.
 */
export function editOf(draft: Draft, context: string, cluster: Cluster): OpenEdit | null {
  const parsed = parseJson(draft.session)
  // What opens was sealed here, by this function's counterpart.
  const body = (parsed.ok ? parsed.value : null) as unknown as Body | null
  if (body?.form !== 1) return null
  const { text, textVersion } = draft
  const isCreation = body.session.origin.kind === 'create'
  const live = isCreation ? { kind: 'gone' as const } : { kind: 'unknown' as const, since: Date.now() }
  const opening = {
    kind: body.kind,
    kindSchema: restoreKindSchema({ ...body, document: body.schema, partTypes: body.partTypes ?? {} }),
    // Whether this person may still write is told by the server when it is asked to.
    readOnly: null,
    subresources: body.session.ref.subresource === undefined ? editableSubresources(body.kind.subresources) : [],
  }
  // The view says more than it once did.
  const view = { ...plainView, ...body.session.view }
  const session = { ...body.session, view, text, textVersion, live }
  return {
    ...begin(context, cluster, opening, session),
    lease: draft.lease,
    course: body.course ?? null,
    recreating: draft.recreating === null ? null : { begun: draft.recreating, underWay: false, made: null },
    onDisk: text,
    restored: draft.changed,
  }
}
