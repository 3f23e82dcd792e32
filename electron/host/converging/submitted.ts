import type { RevertedField } from '../../../contract/converge.ts'
import { mapsAt, textAt } from '../../../core/conditions.ts'
import { diffFields, diffObjects } from '../../../core/diff.ts'
import { equalJson, type JsonObject } from '../../../core/json.ts'
import { metadataOf, type Snapshot } from '../../../core/object.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { type Path, startsWithPath, valueAt } from '../../../core/path.ts'
import { type View, viewObject } from '../../../core/view.ts'
import { withWriters } from '../editing/show.ts'

/** A submit that was saved, as what becomes of it is measured by. */
export type SavedSubmit = {
  readonly answer: Snapshot
  /** The object as it was before, in the edit's view; empty for a creation. */
  readonly before: JsonObject
  /** Each field that was changed. */
  readonly fields: readonly Path[]
  /** When the answer came (milliseconds, this machine's clock). */
  readonly at: number
  /** Seconds until the object was settled, null before: kept for pages that ask later. */
  settledAfter: number | null
}

/** Keeps what a saved submit changed: `before` and `merged` as it was planned. */
export function savedSubmit(
  { before, merged }: { readonly before: JsonObject; readonly merged: JsonObject },
  answer: Snapshot,
  schema: PatchSchema | null,
): SavedSubmit {
  const fields = diffFields(before, merged, schema).map(({ path }) => path)
  return { answer, before, fields, at: Date.now(), settledAfter: null }
}

/** When the submit was written by the server's own clock (milliseconds, of a whole second): the last time in its managedFields. */
export function writtenAt({ answer, at }: SavedSubmit): number {
  const times = mapsAt(metadataOf(answer.object), 'managedFields').map(entry => Date.parse(textAt(entry, 'time')))
  const known = times.filter(time => !Number.isNaN(time))
  return known.length === 0 ? at : Math.max(...known)
}

/** Whether a version is from before the submit: a watch may tell late of what was. */
export function isBefore(live: Snapshot, { answer }: SavedSubmit): boolean {
  const [a, b] = [live.resourceVersion, answer.resourceVersion]
  // Versions are opaque by right; where both are numbers they count up (KEP-5504).
  return /^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) < BigInt(b)
}

/** The submitted fields that somebody has changed since, with the manager where managedFields can say. */
export function revertedFields(
  submit: SavedSubmit,
  live: Snapshot,
  how: { readonly view: View; readonly schema: PatchSchema | null; readonly secret: boolean },
): readonly RevertedField[] {
  const { answer, before, fields } = submit
  if (live.resourceVersion === answer.resourceVersion || fields.length === 0) return []
  const [was, is] = [viewObject(answer.object, how.view), viewObject(live.object, how.view)]
  const isMine = (path: Path) => fields.some(field => startsWithPath(path, field) || startsWithPath(field, path))
  const changes = diffObjects(was, is, how.schema).filter(({ path }) => isMine(path))
  return changes.flatMap(change => {
    const [shown] = withWriters(answer.object, live.object, [change], how)
    if (shown === undefined) return []
    const [then, now] = [before, is].map(object => valueAt(object, change.path, how.schema) ?? null)
    return [{ ...shown, back: equalJson(then ?? null, now ?? null) }]
  })
}
