import { podSpecPath } from '../containers.ts'
import { equalJson, type Json, type JsonObject } from '../json.ts'
import { fieldOf, isObject } from '../object.ts'
import { fail, type UnfitReason } from '../problem.ts'

/** A refusal: the edit does not fit the object. */
export function unfit(reason: UnfitReason, detail = '') {
  return fail({ code: 'quick-edit-unfit', reason, detail } as const)
}

/** The API group and kind of an object, as `apps/Deployment`; the core group's as `/Pod`. */
export function groupKind({ apiVersion, kind }: JsonObject): string {
  const [, group = ''] = String(apiVersion).split('/').reverse()
  return `${group}/${String(kind)}`
}

/** Whether a kind is not Kubernetes' own: those of custom resources are known by their shape alone. */
export function isCustom(object: JsonObject): boolean {
  const [group = ''] = groupKind(object).split('/')
  return group.includes('.') && !group.endsWith('.k8s.io')
}

/** Where the template of an object's Pods stands; null for what has none, as a Pod. */
export function templatePath(object: JsonObject): readonly string[] | null {
  const path = podSpecPath(object)
  return path === null || path.length === 1 ? null : path.slice(0, -1)
}

/** The value at a path of keys; undefined where there is none. */
export function at(object: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (isObject(value) ? fieldOf(value, key) : undefined), object)
}

/**
 * The object with another value at a path of keys; maps on the way are made. Undefined takes the key away, and nothing
 * else. The very same object where nothing changes.
 */
export function withAt(object: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return isObject(value) ? value : object
  const before = fieldOf(object, key)
  if (rest.length > 0) {
    if (value === undefined && !isObject(before)) return object
    const inner = isObject(before) ? before : {}
    const next = withAt(inner, rest, value)
    return next === inner ? object : { ...object, [key]: next }
  }
  if (value === undefined) {
    return before === undefined ? object : Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
  }
  return before !== undefined && equalJson(before, value) ? object : { ...object, [key]: value }
}

/** The same for a list that goes, with its key, once it is empty. */
export function withList(object: JsonObject, path: readonly string[], list: readonly Json[]): JsonObject {
  return withAt(object, path, list.length === 0 ? undefined : list)
}
