import { diffFields } from '../../../core/diff.ts'
import { equalJson, type Json, type JsonObject } from '../../../core/json.ts'
import { metadataOf, metadataText } from '../../../core/object.ts'
import { type Owner, ownersOf, writersOf } from '../../../core/ownership.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { startsWithPath, valueAt } from '../../../core/path.ts'
import { isBookkeeping } from '../../../core/view.ts'
import { type Fate, judgeFates } from './fate.ts'

/**
 * What must be known of a write before it is sent, so that it can be told later, from the object alone, whether it was
 * done. Plain values. All objects are whole, with `managedFields`, except `merged`, where a view may have left them out.
 */
export type SentWrite = {
  /** What the request was planned against; null for a creation. */
  readonly live: JsonObject | null
  /** What the edit wants. */
  readonly merged: JsonObject
  /** What the dry run answered, or what was computed where the server cannot dry-run. */
  readonly promised: JsonObject
  readonly fieldManager: string
}

/** `not-written`: not so far. The request may still be on its way; its guard then lets it do what was reviewed, once, or nothing. */
export type Outcome = 'written' | 'not-written' | 'unknown'

/**
 * Whether a write whose answer was lost has been done, whatever guarded it. `now` is what stands under the name, null
 * where nothing does. Says `unknown` rather than guess: where my fields hold third values, or their old ones and somebody
 * may have put those back.
 */
export function settleOutcome(sent: SentWrite, now: JsonObject | null, schema: PatchSchema | null): Outcome {
  if (sent.live === null) return settleCreation(sent, sent.merged, now, schema)
  if (now === null || metadataText(now, 'uid') !== metadataText(sent.live, 'uid')) return 'unknown'
  const versions = [sent.live, now].map(object => metadataText(object, 'resourceVersion'))
  if (versions[0] === versions[1]) return 'not-written'
  const fates = tellingFates(sent, sent.live, now, schema)
  if (fates.length > 0 && fates.every(isTaken)) return 'written'
  return isUntouched(sent, sent.live, now, fates, schema) ? 'not-written' : 'unknown'
}

/** Whether a deletion of the object with this uid was done: it is gone then, or on its way out. */
export function settleDeletion(uid: string, now: JsonObject | null): Outcome {
  const isThere = now !== null && metadataText(now, 'uid') === uid
  return isThere && metadataText(now, 'deletionTimestamp') === null ? 'not-written' : 'written'
}

/** A name is given once: what stands there is mine only if my manager created it, since the dry run, with all that I wrote. */
function settleCreation(
  sent: SentWrite,
  merged: JsonObject,
  now: JsonObject | null,
  schema: PatchSchema | null,
): Outcome {
  if (now === null) return 'not-written'
  const [created, asked] = [now, sent.promised].map(object => metadataText(object, 'creationTimestamp'))
  if (created === null || created === undefined) return 'unknown'
  if (asked !== null && asked !== undefined && Date.parse(created) < Date.parse(asked)) return 'not-written'
  const writers = writersOf(now)
  const isMine = writers.some(({ manager, time }) => manager === sent.fieldManager && time === created)
  if (!isMine) return writers.length === 0 ? 'unknown' : 'not-written'
  return tellingFates({ ...sent, merged }, {}, now, schema).every(isTaken) ? 'written' : 'unknown'
}

/** How each of my fields stands beside what the dry run promised; without those that the write would have left alone. */
function tellingFates(
  { merged, promised }: SentWrite,
  before: JsonObject,
  now: JsonObject,
  schema: PatchSchema | null,
): readonly Fate[] {
  const mine = diffFields(before, withManagedFieldsOf(before, merged), schema).map(({ path }) => path)
  return judgeFates(before, promised, now, schema).filter(
    ({ path }) => !isBookkeeping(path) && mine.some(one => startsWithPath(path, one) || startsWithPath(one, path)),
  )
}

// What the view hides is no removal.
function withManagedFieldsOf(before: JsonObject, merged: JsonObject): JsonObject {
  const { managedFields } = metadataOf(before)
  if (managedFields === undefined) return merged
  return { ...merged, metadata: { ...metadataOf(merged), managedFields } }
}

function isTaken({ fate }: Fate): boolean {
  return fate === 'taken' || fate === 'normalised'
}

/**
 * Whether the write was certainly not done, although the object has moved: each of my fields stands as it stood, and
 * the generation that the write would have raised did not rise, or no owner of one field has written since the dry run. (A
 * write is done as a whole or not at all, so one field proves it.)
 */
function isUntouched(
  { promised, fieldManager }: SentWrite,
  before: JsonObject,
  now: JsonObject,
  fates: readonly Fate[],
  schema: PatchSchema | null,
): boolean {
  if (fates.length === 0 || fates.some(({ fate }) => fate !== 'ignored')) return false
  const [was, would, is] = [before, promised, now].map(generationOf)
  if (typeof was === 'number' && typeof would === 'number' && would > was && is === was) return true
  // One manager has an entry for each subresource that it writes: the newest is this write's.
  const asked = writersOf(promised)
    .flatMap(({ manager, time }) => (manager === fieldManager && time !== undefined ? [time] : []))
    .sort()
    .at(-1)
  if (asked === undefined) return false
  const rested = (owners: readonly Owner[]) => owners.every(({ time }) => time !== undefined && time < asked)
  const ownEntries = (object: JsonObject) => writersOf(object).filter(({ manager }) => manager === fieldManager)
  const own = ownEntries(before)
  if (own.length > 0 && rested(own) && equalOwners(own, ownEntries(now))) return true
  return fates.some(({ path }) => {
    // Of an added field that somebody removed again no trace would be left.
    if (valueAt(before, path, schema) === undefined) return false
    const owners = ownersOf(before, path, schema)
    return rested(owners) && equalOwners(owners, ownersOf(now, path, schema))
  })
}

function generationOf(object: JsonObject): Json | undefined {
  return metadataOf(object).generation
}

function equalOwners(a: readonly Owner[], b: readonly Owner[]): boolean {
  return a.length === b.length && a.every((owner, index) => equalJson(owner, b[index] ?? null))
}
