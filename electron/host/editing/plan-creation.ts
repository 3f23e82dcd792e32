import { ownChoice } from '../../../contract/own-choice.ts'
import type { WriteChoice } from '../../../contract/strategy.ts'
import { withApplied } from '../../../core/client-side-apply.ts'
import { diffObjects } from '../../../core/diff.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import { configurationOf } from '../../../core/manifest.ts'
import type { ObjectRef } from '../../../core/object.ts'
import type { PlanGround, PlanId, Planned, WriteRequest } from './plan.ts'
import { mediaTypes, type WriteWays } from './strategies/ways.ts'

/** Plans the creation of an object; by choice with itself as what was applied last, as `kubectl apply` creates. */
export function planCreation(
  id: PlanId,
  session: PlanGround,
  edited: JsonObject,
  { lastApplied, changeCause }: WriteChoice,
  { fieldManager }: WriteWays,
): Planned {
  const object = lastApplied ? withApplied(configurationOf(session.ref, edited)) : edited
  return {
    id,
    ref: session.ref,
    textVersion: session.textVersion,
    edited,
    later: [],
    choice: { ...ownChoice, lastApplied, changeCause },
    strategy: 'create',
    guard: 'none',
    fallsShort: [],
    slow: [],
    merged: object,
    mine: diffObjects({}, object, null),
    taken: [],
    overwrites: [],
    manifest: null,
    request: creationRequest(session.ref, object, fieldManager),
  }
}

/** The request that creates an object: as it stands, under the name that `ref` says ('' where the server makes one). */
export function creationRequest(
  { group, version, resource, namespace, name }: ObjectRef,
  object: JsonObject,
  fieldManager: string,
): WriteRequest {
  return {
    method: 'POST',
    type: { group, version, resource },
    namespace,
    name,
    subresource: null,
    mediaType: mediaTypes.create,
    fieldManager,
    force: false,
    body: printJson(object),
  }
}
