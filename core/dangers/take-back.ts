import type { Json, JsonObject } from '../json.ts'
import { isList, isObject } from '../object.ts'
import type { PatchSchema } from '../patch/schema.ts'
import { indexPath, type Path, type Step, valueAt } from '../path.ts'

/**
 * A changed object in which one place is again as it was: what was taken away comes back, what was added goes. Items that
 * come back stand last.
 */
export function takeBack(
  before: JsonObject | null,
  after: JsonObject,
  path: Path,
  schema: PatchSchema | null,
): JsonObject {
  const former = before === null ? undefined : valueAt(before, path, schema)
  const put = withValue(after, path, former, schema)
  return isObject(put) ? put : after
}

function withValue(
  holder: Json | undefined,
  [step, ...rest]: Path,
  value: Json | undefined,
  schema: PatchSchema | null,
): Json | undefined {
  if (step === undefined) return value
  const inner = (typeof step === 'string' ? schema?.field(step) : schema?.items()) ?? null
  if (typeof step === 'string') {
    if (holder !== undefined && !isObject(holder)) return holder
    const { [step]: child, ...others } = holder ?? {}
    const next = withValue(child, rest, value, inner)
    return next === undefined ? others : { ...others, [step]: next }
  }
  return withItem(isList(holder) ? holder : [], step, item => withValue(item, rest, value, inner), schema)
}

function withItem(
  list: readonly Json[],
  step: Exclude<Step, string>,
  change: (item: Json | undefined) => Json | undefined,
  schema: PatchSchema | null,
): readonly Json[] {
  const [index] = indexPath(list, [step], schema) ?? []
  const next = change(typeof index === 'number' ? list[index] : undefined)
  const put = next === undefined ? [] : [next]
  return typeof index === 'number' ? list.toSpliced(index, 1, ...put) : [...list, ...put]
}
