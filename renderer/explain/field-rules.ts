import type { FieldSchema, ValidationRule } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import type { IndexPath } from '../../core/path.ts'

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

/** Whether a rule lets a value never change: `self == oldSelf`, of the whole or of the field that it stands for. */
export function keepsValue({ rule, own }: RuleInForce, field: string | undefined): boolean {
  const found = /\bself((?:\.\w+)*)\s*==\s*oldSelf((?:\.\w+)*)(?![\w.])/.exec(rule)
  if (found === null || found[1] !== found[2]) return false
  return own ? found[1] === '' : found[1] === `.${field}`
}
