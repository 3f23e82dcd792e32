import type { ForeignChange } from '../../../../contract/edit.ts'
import { readApplied, withoutApplied } from '../../../../core/client-side-apply.ts'
import { diffObjects } from '../../../../core/diff.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { holds } from '../../../../core/last-applied.ts'
import { ownersOf } from '../../../../core/ownership.ts'
import type { Plan } from '../plan.ts'
import { showChange, withoutBookkeeping } from '../show.ts'
import { applyManager } from './apply.ts'
import type { WriteWays } from './ways.ts'

/**
 * What a replace by a manifest takes away although the manifest never said it: what live has, the server's answer has not,
 * and was not applied last, with its owner where there is just one. What only our own manager wrote is left out.
 */
export function takenAway(
  { live, before, strategy }: Plan,
  answer: JsonObject,
  { fieldManager, schema }: Pick<WriteWays, 'fieldManager' | 'schema'>,
  secret: boolean,
): readonly ForeignChange[] {
  if (live === null || strategy !== 'replace') return []
  const applied = readApplied(before)
  const said = applied.kind === 'present' ? applied.configuration : {}
  const ours = new Set([fieldManager, applyManager(fieldManager)])
  const gone = withoutBookkeeping(diffObjects(withoutApplied(answer), withoutApplied(before), schema))
  return gone.flatMap(change => {
    if (change.kind !== 'added' || change.path[0] === 'status' || holds(said, change, schema)) return []
    const owners = [...new Set(ownersOf(live.object, change.path, schema).map(({ manager }) => manager))]
    if (owners.length > 0 && owners.every(owner => ours.has(owner))) return []
    const [manager = null] = owners.length === 1 ? owners : []
    return [{ ...showChange(change, secret), manager }]
  })
}
