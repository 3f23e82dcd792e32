import { mapAt, mapsAt, textAt } from '../conditions.ts'
import type { JsonObject } from '../json.ts'
import { isList, isObject } from '../object.ts'
import { type Path, startsWithPath } from '../path.ts'
import type { Ground } from './danger.ts'

/** The Pod that an object is, or the template of those that it makes: its `spec`, and where that stands. */
export type PodPlace = { readonly spec: JsonObject; readonly path: Path }

/** The Pod of an object, wherever its template stands; null for what makes none. */
export function podPlace(object: JsonObject, path: Path = []): PodPlace | null {
  const spec = mapAt(object, 'spec')
  if (isList(spec.containers)) return { spec, path: [...path, 'spec'] }
  const { template, jobTemplate } = spec
  if (isObject(template)) return podPlace(template, [...path, 'spec', 'template'])
  return isObject(jobTemplate) ? podPlace(jobTemplate, [...path, 'spec', 'jobTemplate']) : null
}

/** A container of any sort, by its name, and where it stands. */
export type ContainerPlace = { readonly container: JsonObject; readonly name: string; readonly path: Path }

/** All containers of a Pod. */
export function containerPlaces({ spec, path }: PodPlace): readonly ContainerPlace[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap(list =>
    mapsAt(spec, list).map(container => {
      const name = textAt(container, 'name')
      return { container, name, path: [...path, list, { keys: { name } }] }
    }),
  )
}

/** The place below the Pod of a changed object; null for what lies elsewhere. */
export function withinPod({ after, before }: Ground, path: Path): Path | null {
  const place = podPlace(after) ?? (before === null ? null : podPlace(before))
  return place !== null && startsWithPath(path, place.path) ? path.slice(place.path.length) : null
}
