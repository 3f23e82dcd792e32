import type { ObjectText } from '../../../contract/object.ts'
import type { RevealedValue } from '../../../contract/review.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText } from '../../../core/object.ts'
import { formatPath } from '../../../core/path.ts'
import { isSecret, maskObject, secretPlaces } from '../../../core/secrets.ts'
import { viewObject } from '../../../core/view.ts'
import { printYaml } from '../../../core/yaml.ts'
import { yamlLines } from '../../../core/yaml-lines.ts'
import { revealed } from '../editing/reveal.ts'

/** An object as YAML, a Secret's values masked, with the lines on which they stand. */
export function textOfObject(object: JsonObject, managedFields: boolean): ObjectText {
  const view = { managedFields: managedFields ? 'shown' : 'hidden', secretData: 'encoded' } as const
  const shown = viewObject(maskObject(object), view)
  const text = printYaml(shown)
  const lines = yamlLines(text, shown)
  const places = isSecret(object) ? secretPlaces(object) : []
  const masked = places.flatMap(({ path }) => {
    const line = lines(path)?.first
    return line === undefined ? [] : [{ line, path: formatPath(path) }]
  })
  return { text, resourceVersion: metadataText(object, 'resourceVersion') ?? '', masked }
}

/** One value of a Secret, as it is; null where the object has no such value any more. Nothing of it is kept or logged. */
export function revealIn(object: JsonObject | null, path: string): RevealedValue | null {
  const places = object !== null && isSecret(object) ? secretPlaces(object) : []
  const place = places.find(one => formatPath(one.path) === path)
  return place === undefined ? null : revealed(place)
}
