import { equalJson, type Json } from '../../core/json.ts'
import { type Choice, itemsOfBoth } from '../../core/merge.ts'
import { isList, isObject } from '../../core/object.ts'
import { equalPath, formatPath, identityValue, type Path } from '../../core/path.ts'
import type { Conflict, Problem } from '../../core/problem.ts'
import { printYaml, readYaml } from '../../core/yaml.ts'
import type { Dispute } from './others.ts'
import type { Decision } from './settle.ts'

/** What was decided of one dispute, for the two values that stood against each other then. */
export type Made = {
  readonly path: Path
  readonly stamp: string
  /** Null while what was typed as the result cannot be read. */
  readonly choice: Choice | null
  /** The result as it is being typed; null where one of the given values was taken. */
  readonly draft: string | null
}

/** What was decided of a dispute; null for nothing yet, also where a side has changed since. */
export function madeOf(made: readonly Made[], { conflict, stamp }: Dispute): Made | null {
  return made.find(one => one.stamp === stamp && equalPath(one.path, conflict.path)) ?? null
}

/** With another decision of a dispute. */
export function decided(made: readonly Made[], next: Made): readonly Made[] {
  return [...made.filter(({ path }) => !equalPath(path, next.path)), next]
}

/** The decisions that count for these disputes: those that are made. */
export function decisionsOf(made: readonly Made[], disputes: readonly Dispute[]): readonly Decision[] {
  return disputes.flatMap(dispute => {
    const choice = madeOf(made, dispute)?.choice ?? null
    return choice === null ? [] : [{ path: dispute.conflict.path, choice }]
  })
}

/** Whether the items of both sides can stand together. */
export function canTakeBoth({ mine, theirs, order, masked }: Conflict): boolean {
  return order === undefined && masked === undefined && isList(mine) && isList(theirs)
}

/** Whether another value than the given ones can be typed here: a Secret's is typed in its editor only. */
export function canEdit({ order, masked }: Conflict): boolean {
  return order === undefined && masked === undefined
}

/** What stands after a choice; undefined for nothing. */
export function resultOf({ base, mine, theirs }: Conflict, choice: Choice): Json | undefined {
  if (choice === 'mine') return mine
  if (choice === 'theirs') return theirs
  return choice === 'both' ? itemsOfBoth({ base, mine, theirs }) : choice.value
}

/** A value as it is typed; an absent one is an empty text. */
export function printResult(value: Json | undefined): string {
  return value === undefined ? '' : printYaml(value).trimEnd()
}

/** What a typed result says; or what is wrong with it, `renamed` where a list's item would become another one. */
export type ResultReading =
  | { readonly kind: 'value'; readonly value: Json | undefined }
  | { readonly kind: 'wrong'; readonly problem: Problem }
  | { readonly kind: 'renamed'; readonly item: string }

/** The value that a typed result says. */
export function readResult(text: string, { path }: Conflict): ResultReading {
  if (text.trim() === '') return { kind: 'value', value: undefined }
  const reading = readYaml(`${text}\n`)
  if (!reading.ok) return { kind: 'wrong', problem: reading.problems[0] ?? { code: 'yaml-not-an-object' } }
  const { value } = reading
  const last = path.at(-1)
  if (typeof last !== 'object' || 'value' in last) return { kind: 'value', value }
  const stays = Object.entries(last.keys).every(
    ([key, own]) => isObject(value) && equalJson(identityValue(value, key, null) ?? null, own),
  )
  return stays ? { kind: 'value', value } : { kind: 'renamed', item: formatPath([last]) }
}
