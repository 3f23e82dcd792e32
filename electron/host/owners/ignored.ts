import type { KnownKeeper } from '../../../contract/owners.ts'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import { identityPath } from '../../../core/identity.ts'
import { groupAndKind } from '../../../core/immutable-fields.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { fieldOf, isList, isObject, metadataText } from '../../../core/object.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { formatPath } from '../../../core/path.ts'

/**
 * The fields of an object that an Application or a HelmRelease does not compare with its source. (argo-cd `ignoreDifferences`
 * of v1alpha1, helm-controller `driftDetection.ignore` of v2.) Of jq expressions only plain paths are understood.
 */
export function ignoredBy(keeper: JsonObject, object: JsonObject, schema: PatchSchema | null): KnownKeeper['ignores'] {
  const spec = mapAt(keeper, 'spec')
  const places = keeper.kind === 'Application' ? argoPlaces(spec, object) : helmPlaces(spec, object)
  const paths = places.map(names => formatPath(identityPath(object, stepsIn(object, names), schema)))
  if (paths.length === 0) return null
  const options = fieldOf(mapAt(spec, 'syncPolicy'), 'syncOptions')
  return { paths, respected: isList(options) && options.includes('RespectIgnoreDifferences=true') }
}

type Names = readonly string[]

function argoPlaces(spec: JsonObject, object: JsonObject): readonly Names[] {
  return (
    mapsAt(spec, 'ignoreDifferences')
      // An Application's rule without a group is one for the core group.
      .filter(rule => textAt(rule, 'group') === '*' || textAt(rule, 'group') === groupAndKind(object)[0])
      .filter(rule => isMeant(rule, object))
      .flatMap(rule => [...pointersOf(rule.jsonPointers), ...textsOf(rule.jqPathExpressions).flatMap(plainPath)])
  )
}

function helmPlaces(spec: JsonObject, object: JsonObject): readonly Names[] {
  return mapsAt(mapAt(spec, 'driftDetection'), 'ignore')
    .filter(rule => isMeant(mapAt(rule, 'target'), object))
    .flatMap(rule => pointersOf(rule.paths))
}

/** Whether a rule is for the object: what it does not say fits all. */
function isMeant(rule: JsonObject, object: JsonObject): boolean {
  const [group, kind] = groupAndKind(object)
  const is = { group, kind, name: metadataText(object, 'name'), namespace: metadataText(object, 'namespace') }
  return Object.entries(is).every(([key, value]) => ['', '*', value].includes(textAt(rule, key)))
}

function pointersOf(pointers: Json | undefined): readonly Names[] {
  return textsOf(pointers).map(pointer =>
    pointer
      .split('/')
      .slice(1)
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~')),
  )
}

function plainPath(expression: string): readonly Names[] {
  return /^(\.[A-Za-z_][\w-]*)+$/.test(expression) ? [expression.split('.').slice(1)] : []
}

function textsOf(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter(one => typeof one === 'string') : []
}

/** In lists the steps of a pointer are positions. */
function stepsIn(object: JsonObject, names: Names): (string | number)[] {
  let value: Json | undefined = object
  return names.map(name => {
    const step: string | number = isList(value) ? Number(name) : name
    value = isList(value) ? value[Number(name)] : isObject(value) ? value[name] : undefined
    return step
  })
}
