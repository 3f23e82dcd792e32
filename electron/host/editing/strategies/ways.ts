import type { Guard, Strategy } from '../../../../contract/strategy.ts'
import type { JsonObject } from '../../../../core/json.ts'
import type { ObjectRef, Snapshot } from '../../../../core/object.ts'
import type { LongMerge } from '../../../../core/patch/index.ts'
import type { PatchSchema } from '../../../../core/patch/schema.ts'
import type { Path } from '../../../../core/path.ts'
import type { PartSubresource } from '../../../../core/subresources.ts'
import type { View } from '../../../../core/view.ts'

/** A strategy that writes to an object which is there. */
export type EditStrategy = 'strategic' | 'merge' | 'json' | 'apply' | 'replace'

/** In the order in which they are offered. */
export const editStrategies: readonly EditStrategy[] = ['strategic', 'merge', 'json', 'apply', 'replace']

/** How the kind can be patched: what its OpenAPI says. */
export type PatchWays = { readonly schema: PatchSchema | null; readonly strategic: boolean }

/** How one object can be written: what its kind takes, and as whom. */
export type WriteWays = PatchWays & {
  /** The strategies whose requests the server takes for this resource. */
  readonly served: readonly EditStrategy[]
  /** The field manager of patches and PUT; server-side apply has one of its own beside it. */
  readonly fieldManager: string
}

/** How the parts of an object are written that other endpoints than its own take. */
export type PartWays = Pick<WriteWays, 'strategic' | 'served'> & { readonly subresource: PartSubresource }

/** How an edit can be written: the object itself, and the parts of it. */
export type EditWays = WriteWays & { readonly parts: readonly PartWays[] }

/** How one endpoint is written. */
export function waysAt<Ways extends Pick<EditWays, 'parts'>>(ways: Ways, subresource: string | null): Ways {
  return { ...ways, ...ways.parts.find(part => part.subresource === subresource) }
}

/** Whether an endpoint takes nothing but a PUT. */
export function isPutOnly({ served }: Pick<WriteWays, 'served'>): boolean {
  return served.length === 1 && served[0] === 'replace'
}

/** What is to be written: live, and live and the wanted object in the edit's view. */
export type WriteTarget = {
  readonly ref: ObjectRef
  readonly live: Snapshot
  readonly view: View
  readonly before: JsonObject
  readonly merged: JsonObject
}

/** One strategy, tried here: where it would miss the wanted object, what would keep the server busy, and the body of its request. */
export type Attempt = {
  readonly strategy: EditStrategy
  readonly missed: readonly Path[]
  /** Strategic patches only. */
  readonly slow?: readonly LongMerge[]
  readonly body: (guard: Guard) => string
}

export const mediaTypes: Readonly<Record<Strategy, string>> = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
  replace: 'application/json',
  'client-side-apply': 'application/strategic-merge-patch+json',
  create: 'application/json',
}
