import type { FieldSchema } from '../fields/field-schema.ts'
import { namesOf } from '../immutable-fields.ts'
import { startsWithPath } from '../path.ts'
import { danger, type Rule } from './danger.ts'

/** A field whose definition lets its value never change, by a CEL rule. `field` as in `spec.size`; `message` is the rule's own. */
export type KeptField = { readonly field: string; readonly message: string }

/**
 * What a CEL rule keeps as it is for ever: the names below the value that it stands for, none where it is that itself. Null of
 * a rule that says anything else or anything more.
 */
export function keptBelow(rule: string): readonly string[] | null {
  const [, below = null] = /^\s*self((?:\.\w+)*)\s*==\s*oldSelf\1\s*$/.exec(rule) ?? []
  return below === null ? null : below.split('.').slice(1)
}

/** More places than any definition has: the API server bounds their cost. */
const mostPlaces = 20_000

/** The fields of a custom resource under a rule that is just `self == oldSelf`, or `self.a == oldSelf.a` of what contains it. */
export function keptFields(root: FieldSchema): readonly KeptField[] {
  const found: KeptField[] = []
  const left: { readonly schema: FieldSchema; readonly names: readonly string[] }[] = [{ schema: root, names: [] }]
  for (let seen = 0; seen < mostPlaces; seen++) {
    const next = left.pop()
    if (next === undefined) break
    const { schema, names } = next
    for (const { rule, message } of schema.validations) {
      const below = keptBelow(rule)
      if (below !== null) found.push({ field: [...names, ...below].join('.'), message })
    }
    for (const name of schema.names()) {
      const field = schema.field(name)
      if (field !== null) left.push({ schema: field, names: [...names, name] })
    }
    // Items of other lists have no former self to be compared with.
    const items = schema.listType === 'map' ? schema.items() : null
    if (items !== null) left.push({ schema: items, names })
  }
  return found
}

/** Changes that such a rule refuses. A rule compares only where there is a value before and after. */
export function keptByRule(kept: readonly KeptField[]): Rule {
  return ({ before, changes }) =>
    changes.flatMap(({ kind, path }) => {
      const names = namesOf(path)
      const rule = kept.find(({ field }) => startsWithPath(names, field.split('.')))
      const isWhole = rule !== undefined && names.length === rule.field.split('.').length
      if (before === null || rule === undefined || (isWhole && (kind === 'added' || kind === 'removed'))) return []
      return [danger('immutable-field', path, { field: rule.field, when: 'by-rule', message: rule.message })]
    })
}
