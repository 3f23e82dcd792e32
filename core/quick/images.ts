import { mapsAt, textAt } from '../conditions.ts'
import { podSpecOf, podSpecPath } from '../containers.ts'
import type { JsonObject } from '../json.ts'
import { isObject } from '../object.ts'
import { ok, type Result } from '../problem.ts'
import { at, unfit, withAt } from './places.ts'
import type { QuickEditOf, Unfit } from './quick-edit.ts'

/** Where a Pod's containers stand that a template may name; ephemeral ones are put into running Pods alone. */
export const containerLists = ['containers', 'initContainers'] as const

/** As `kubectl set image`, but that containers which this object has not are passed over where it has another one. */
export function setImages(object: JsonObject, { images }: QuickEditOf<'image'>): Result<JsonObject, Unfit> {
  const spec = podSpecOf(object)
  if (spec === null) return unfit('no-template')
  const names = containerLists.flatMap(list => mapsAt(spec, list).map(one => textAt(one, 'name')))
  const wanted = Object.keys(images)
  if (!wanted.some(name => names.includes(name))) return unfit('no-container', wanted.join(', '))
  return ok(
    mapContainers(object, container => {
      const image = images[textAt(container, 'name')]
      return image === undefined ? container : withAt(container, ['image'], image)
    }),
  )
}

/** The object with each container of its template as `change` makes it. */
export function mapContainers(
  object: JsonObject,
  change: (container: JsonObject, list: (typeof containerLists)[number]) => JsonObject,
): JsonObject {
  const path = podSpecPath(object) ?? []
  return containerLists.reduce((changed, list) => {
    const before = at(changed, [...path, list])
    if (!Array.isArray(before)) return changed
    const after = before.map(one => (isObject(one) ? change(one, list) : one))
    return withAt(changed, [...path, list], after)
  }, object)
}
