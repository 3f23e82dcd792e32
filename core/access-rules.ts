import type { Asked } from './problem.ts'

/** Verbs on resources, as an authorizer grants them. `*` stands for all; empty `names` for every object. */
export type ResourceRule = {
  readonly verbs: readonly string[]
  readonly groups: readonly string[]
  /** Plural names, subresources as `pods/log` or, of every resource, as `*` followed by `/scale`. */
  readonly resources: readonly string[]
  readonly names: readonly string[]
}

/** Whether one of the rules grants what is asked. By the rules of RBAC (Go: `pkg/apis/rbac/v1/evaluation_helpers.go`). */
export function isGranted(rules: readonly ResourceRule[], asked: Asked): boolean {
  return rules.some(
    rule =>
      holds(rule.verbs, asked.verb) &&
      holds(rule.groups, asked.group) &&
      rule.resources.some(resource => coversResource(resource, asked)) &&
      (rule.names.length === 0 || (asked.name !== null && rule.names.includes(asked.name))),
  )
}

function holds(granted: readonly string[], wanted: string): boolean {
  return granted.includes('*') || granted.includes(wanted)
}

function coversResource(granted: string, { resource, subresource }: Asked): boolean {
  if (granted === '*') return true
  if (subresource === undefined) return granted === resource
  return granted === `${resource}/${subresource}` || granted === `*/${subresource}`
}
