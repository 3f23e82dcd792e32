import type { Recreation } from '../../../contract/recreation.ts'
import { metadataOf } from '../../../core/object.ts'
import type { Live } from '../../../core/session.ts'
import { holdsOf } from '../deleting/inspect.ts'

/**
 * A re-creation that an edit's object has begun. It is kept with the edit's draft from before the deletion is sent until the
 * new object stands there, so that whatever ends it in the middle, it can be told how far it came and be brought to its end.
 */
export type Recreating = {
  /** In milliseconds since 1970. */
  readonly begun: number
  readonly underWay: boolean
  /** The uid of the object that it has created; null where none is known to be its own. */
  readonly made: string | null
}

/** How far a re-creation came, as the object that is live tells. */
export function recreationOf({ begun, underWay, made }: Recreating, live: Live): Recreation {
  const held = isLeaving(live) && live.kind === 'present' ? holdsOf(live.snapshot.object) : []
  return { begun, standing: underWay ? 'under-way' : standingOf(live, made), held }
}

function standingOf(live: Live, made: string | null): Recreation['standing'] {
  switch (live.kind) {
    case 'present':
      return isLeaving(live) ? 'deleting' : 'untouched'
    case 'gone':
      return 'deleted'
    case 'replaced':
      return live.uid === made ? 'created' : 'taken'
    default:
      return 'unknown'
  }
}

/** Whether an object is there that is being deleted. */
export function isLeaving(live: Live): boolean {
  return live.kind === 'present' && metadataOf(live.snapshot.object).deletionTimestamp !== undefined
}
