import type { EditSummary, EditTarget } from '../../../contract/edit.ts'
import type { ObjectRef } from '../../../core/object.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { contextOf, pinnedCluster } from '../clusters/pinned.ts'
import type { DraftFacts } from '../store/drafts.ts'
import type { Store } from '../store/store.ts'
import { editOf } from './draft-body.ts'
import type { OpenEdit } from './open-edit.ts'

/** The drafts that an earlier run of the app left, as long as no page has taken them up. No cluster is asked for them. */
export type Resting = {
  /** In the order in which they were begun. */
  readonly list: () => readonly EditSummary[]
  /** The id of the draft for an object as an address names it, null for none. */
  readonly at: (target: EditTarget) => string | null
  /** Takes a draft up as the edit that it was. `edit-unknown` where none has that id, `draft-unreadable`. */
  readonly wake: (id: string) => Result<OpenEdit>
  readonly discard: (id: string) => void
}

/** The drafts that are in the store now. */
export function restingDrafts(clusters: Clusters, { drafts, write }: Pick<Store, 'drafts' | 'write'>): Resting {
  const resting = new Map(drafts.list().map(draft => [draft.id, draft]))
  const through = ({ context, ref }: DraftFacts) => contextOf(clusters, context, ref.cluster)
  return {
    list: () => [...resting.values()].map(draft => summarizeResting(draft, through(draft))),
    at(target) {
      const isAt = (draft: DraftFacts) => draft.origin === 'edit' && isNamed(through(draft), draft.ref, target)
      return [...resting.values()].find(isAt)?.id ?? null
    },
    wake(id) {
      const facts = resting.get(id)
      if (facts === undefined) return fail({ code: 'edit-unknown' })
      const draft = drafts.read(id)
      const context = through(facts)
      const edit = draft === null ? null : editOf(draft, context, pinnedCluster(clusters, context, facts.ref.cluster))
      if (edit === null) return fail({ code: 'draft-unreadable' })
      resting.delete(id)
      return ok(edit)
    },
    discard(id) {
      if (resting.delete(id)) write(() => drafts.remove(id))
    },
  }
}

function summarizeResting({ id, ref, origin, changed, recreating }: DraftFacts, context: string): EditSummary {
  return { edit: id, context, ref, origin, changed: true, resting: changed, recreating: recreating !== null }
}

/** Whether an address names this object. */
export function isNamed(context: string, ref: ObjectRef, target: EditTarget): boolean {
  return (
    context === target.context &&
    ref.group === target.group &&
    ref.version === target.version &&
    ref.resource === target.resource &&
    ref.namespace === target.namespace &&
    ref.name === target.name &&
    (ref.subresource ?? null) === target.subresource
  )
}
