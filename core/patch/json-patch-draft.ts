import type { Ground } from '../identity.ts'
import type { Json } from '../json.ts'
import type { Operation } from './json-patch.ts'
import type { ValueTable } from './json-patch-table.ts'
import { holdsNullItem } from './json-patch-value.ts'
import { refuse } from './refusal.ts'

/** A JSON Patch being written. Guarded, each change follows a `test` of what it replaces. */
export type PatchDraft = {
  readonly guarded: boolean
  readonly operations: Operation[]
  readonly table: ValueTable
  /** Writes what turns `from` into `to`, both present, at the pointer. */
  readonly change: Change
}

/** See `PatchDraft`. A value passed along, since the files of lists and maps need each other. */
export type Change = (draft: PatchDraft, from: Json, to: Json, ground: Ground, at: string) => void

/** A draft of operations that may or may not come into the patch. */
export function aside(draft: PatchDraft, guarded: boolean): PatchDraft {
  return { ...draft, guarded, operations: [] }
}

/** Puts operations behind those that are there. */
export function append(draft: PatchDraft, operations: readonly Operation[]): void {
  for (const operation of operations) draft.operations.push(operation)
}

/** Guards what follows by a test of the value at the pointer. Refuses `json-patch-unguardable`. */
export function guard(draft: PatchDraft, at: string, value: Json): void {
  if (!draft.guarded) return
  if (holdsNullItem(value)) refuse({ code: 'json-patch-unguardable', pointer: at })
  draft.operations.push({ op: 'test', path: at, value })
}

/** Adds a map's field. The server reads an absent key as null, so that it can be tested. */
export function addField(draft: PatchDraft, at: string, value: Json): void {
  guard(draft, at, null)
  draft.operations.push({ op: 'add', path: at, value })
}

/** Removes a map's field or a list's item. */
export function removeValue(draft: PatchDraft, at: string, from: Json): void {
  guard(draft, at, from)
  draft.operations.push({ op: 'remove', path: at })
}

/** Puts a value in place of another. */
export function replaceValue(draft: PatchDraft, at: string, from: Json, to: Json): void {
  guard(draft, at, from)
  draft.operations.push({ op: 'replace', path: at, value: to })
}
