import type { Change } from '../../../../core/diff.ts'
import { listRule } from '../../../../core/identity.ts'
import { isList } from '../../../../core/object.ts'
import { serverGround } from '../../../../core/patch/index.ts'
import type { PatchSchema } from '../../../../core/patch/schema.ts'
import { type Path, pathKey } from '../../../../core/path.ts'
import type { EditStrategy } from './ways.ts'

/** Whether a request of the strategy holds such a list whole, once something in it changes. */
const sendsWhole: Readonly<Record<EditStrategy, (list: PatchSchema | null) => boolean>> = {
  strategic: list => list === null || !list.strategies.includes('merge'),
  merge: () => true,
  json: () => false,
  apply: list => listRule(serverGround(list)) === 'atomic',
  replace: () => true,
}

/** The lists that the strategy sends whole for these changes, each once: the outermost on the way to each change. */
export function wholeLists(
  strategy: EditStrategy,
  changes: readonly Change[],
  schema: PatchSchema | null,
): readonly Path[] {
  const found = new Map<string, Path>()
  for (const change of changes) {
    const path = wholeListOf(change, schema, sendsWhole[strategy])
    if (path !== null) found.set(pathKey(path), path)
  }
  return [...found.values()]
}

function wholeListOf(
  change: Change,
  schema: PatchSchema | null,
  isWhole: (list: PatchSchema | null) => boolean,
): Path | null {
  let place = schema
  for (const [index, step] of change.path.entries()) {
    if (typeof step !== 'string' && isWhole(place)) return change.path.slice(0, index)
    place = (typeof step === 'string' ? place?.field(step) : place?.items()) ?? null
  }
  const isOfList = change.kind === 'moved' || (change.kind === 'changed' && isList(change.from))
  return isOfList && isWhole(place) ? change.path : null
}
