import { keptBelow } from '../../core/dangers/kept-fields.ts'
import type { FieldSchema, ValidationRule } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import { namesOf } from '../../core/immutable-fields.ts'
import { type IndexPath, startsWithPath } from '../../core/path.ts'

/** A validation rule that a field is under: its own, or of something that contains it, which stands at `of`. */
export type RuleInForce = ValidationRule & { readonly of: IndexPath; readonly own: boolean }

/**
 * The CEL rules that speak of a field: all of its own, and those of what contains it that name it. A rule that is about
 * something else beside it is not told.
 */
export function rulesAt(root: FieldSchema, path: IndexPath): readonly RuleInForce[] {
  return path.flatMap((_, index) => rulesOf(root, path, index)).concat(rulesOf(root, path, path.length))
}

function rulesOf(root: FieldSchema, path: IndexPath, depth: number): readonly RuleInForce[] {
  const of = path.slice(0, depth)
  const own = depth === path.length
  const next = path.slice(depth).find(step => typeof step === 'string')
  return (fieldAt(root, of)?.validations ?? [])
    .filter(rule => own || (next !== undefined && isAbout(rule, String(next))))
    .map(rule => ({ ...rule, of, own }))
}

function isAbout({ rule, fieldPath }: ValidationRule, name: string): boolean {
  return `${rule} ${fieldPath}`.split(/[^\w$-]+/).includes(name)
}

/** Whether a rule lets the value at a path never change. */
export function keepsValue({ rule, of }: RuleInForce, path: IndexPath): boolean {
  const below = keptBelow(rule)
  return below !== null && startsWithPath(namesOf(path), [...namesOf(of), ...below])
}
