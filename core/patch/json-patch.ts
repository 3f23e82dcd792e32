import { type Json, printJson } from '../json.ts'

/** One operation of a JSON Patch (RFC 6902). `path` and `from` are JSON Pointers (RFC 6901). */
export type Operation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string }

/** How many operations an API server takes in one patch; for more it answers 413. */
export const operationLimit = 10_000

/** The pointer to a map's field or a list's item. `-` is the place after the last item. */
export function pointerTo(parent: string, step: string | number): string {
  return `${parent}/${typeof step === 'number' ? step : step.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/**
 * The steps of a pointer, unescaped; none for the empty pointer, which is the whole document. As evanphx/json-patch
 * reads them: what stands before the first `/` is skipped, a `~` that begins no escape is itself.
 */
export function stepsOf(pointer: string): readonly string[] {
  const steps = pointer.split('/').slice(1)
  return steps.map(step => step.replace(/~[01]/g, escaped => (escaped === '~0' ? '~' : '/')))
}

/**
 * The text of a patch as an API server has to get it. It compares the texts of a `test`'s scalars, and its own is that of
 * Go's encoding/json: with `&` sent as it stands, a test of `a && b` fails against the very same value.
 */
export function printJsonPatch(operations: readonly Operation[]): string {
  return printJson(operations).replace(/[<>&\u2028\u2029]/g, goEscape)
}

function goEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
