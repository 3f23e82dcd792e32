import type { Rules } from '../../contract/access.ts'
import type { ResourceKind } from '../../contract/browse.ts'
import { isGranted } from '../../core/access-rules.ts'

/** The verbs that have a column, in the order of their harm. */
export const rightVerbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] as const

/**
 * What is allowed of a verb: all, some objects by their names, or nothing. A verb that the kind does not serve has none.
 */
export type Right =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'some'; readonly names: readonly string[] }

/** A resource or subresource and what may be done with it, in the order of `rightVerbs`. */
export type RightsRow = {
  readonly key: string
  readonly resource: string
  readonly group: string
  readonly rights: readonly (Right | null)[]
}

/** The rights on each kind that a cluster serves, subresources after their kinds. Other versions of a kind are the same resource. */
export function rightsOf({ rules }: Pick<Rules, 'rules'>, kinds: readonly ResourceKind[]): readonly RightsRow[] {
  const rows = new Map<string, RightsRow>()
  for (const { group, resource, verbs, subresources } of kinds) {
    const add = (subresource: string | undefined, served: readonly string[]) => {
      const name = subresource === undefined ? resource : `${resource}/${subresource}`
      const key = `${group}/${name}`
      if (rows.has(key)) return
      const rights = rightVerbs.map(verb =>
        served.includes(verb) ? rightOf(rules, { verb, group, resource, subresource }) : null,
      )
      rows.set(key, { key, resource: name, group, rights })
    }
    add(undefined, verbs)
    for (const sub of subresources) add(sub.name, sub.verbs)
  }
  return [...rows.values()].sort((a, b) => compare(a.group, b.group) || compare(a.resource, b.resource))
}

type Asked = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource: string | undefined
}

function rightOf(rules: Rules['rules'], { subresource, ...rest }: Asked): Right {
  const about = subresource === undefined ? rest : { ...rest, subresource }
  const asked = { ...about, namespace: null, name: null }
  if (isGranted(rules, asked)) return { kind: 'yes' }
  const names = rules.flatMap(rule => rule.names.filter(name => isGranted([rule], { ...asked, name })))
  return names.length === 0 ? { kind: 'no' } : { kind: 'some', names: [...new Set(names)] }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
