import type { Operation } from './json-patch.ts'

/**
 * What a write's preconditions test. Without a version (null) the guard is by value: the operations themselves must test
 * what they replace, as `createJsonPatch` with `guarded` makes them.
 */
export type JsonPatchGuard = { readonly uid: string; readonly resourceVersion: string | null }

/**
 * The operations behind a test of the uid and, where there is a version, its replacement by itself: the server answers 409
 * when it differs, where a test would give a 422 that says nothing. Throws for an empty uid and for '' and '0', which
 * servers take as no version at all.
 */
export function guardJsonPatch(
  operations: readonly Operation[],
  { uid, resourceVersion }: JsonPatchGuard,
): readonly Operation[] {
  if (uid === '' || resourceVersion === '' || resourceVersion === '0') throw new Error('a guard that guards nothing')
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    ...(resourceVersion === null ? [] : [replaceVersion(resourceVersion)]),
    ...operations,
  ]
}

function replaceVersion(value: string): Operation {
  return { op: 'replace', path: '/metadata/resourceVersion', value }
}
