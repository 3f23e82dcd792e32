/** One condition of a label selector. `=` is an `in` of one value, `!=` a `notin`. */
export type LabelRequirement = {
  readonly key: string
  readonly operator: 'in' | 'notin' | 'exists' | '!exists'
  /** In order, each once; empty for `exists` and `!exists`. */
  readonly values: readonly string[]
}

// k8s.io/apimachinery/pkg/util/validation: IsQualifiedName, IsValidLabelValue.
const prefix = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const word = /^(?=.{1,63}$)[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/

const bySet = /^([^\s!=,()<>]+)\s+(in|notin)\s*\(([^()]*)\)$/
const byValue = /^([^\s!=,()<>]+)\s*(==?|!=)\s*([^\s!=,()<>]*)$/
const byKey = /^(!?)\s*([^\s!=,()<>]+)$/

/**
 * A label selector's conditions, of which all must hold, as apimachinery's `labels.Parse` reads them. Null for what that
 * refuses, and for `<` and `>`, which stay the server's.
 */
export function parseLabelSelector(text: string): readonly LabelRequirement[] | null {
  if (text.trim() === '') return []
  const requirements = conditionsOf(text).map(part => parseRequirement(part.trim()))
  return requirements.every(requirement => requirement !== null) ? requirements : null
}

/** Commas part conditions, but for those between brackets. From behind, so that each sign is looked at once. */
function conditionsOf(text: string): readonly string[] {
  const parts: string[] = []
  let end = text.length
  let inBrackets = false
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const sign = text.charAt(at)
    if (sign === ')' || sign === '(') inBrackets = sign === ')'
    else if (sign === ',' && !inBrackets) {
      parts.push(text.slice(at + 1, end))
      end = at
    }
  }
  parts.push(text.slice(0, end))
  return parts.reverse()
}

function parseRequirement(part: string): LabelRequirement | null {
  const [, setKey, setOperator, list] = bySet.exec(part) ?? []
  if (setKey !== undefined && list !== undefined) {
    if (list.trim() === '') return null
    const values = list.split(',').map(value => value.trim())
    return valid({ key: setKey, operator: setOperator === 'in' ? 'in' : 'notin', values })
  }
  const [, valueKey, valueOperator, value] = byValue.exec(part) ?? []
  if (valueKey !== undefined && value !== undefined)
    return valid({ key: valueKey, operator: valueOperator === '!=' ? 'notin' : 'in', values: [value] })
  const [, not, key] = byKey.exec(part) ?? []
  return key === undefined ? null : valid({ key, operator: not === '!' ? '!exists' : 'exists', values: [] })
}

function valid({ key, operator, values }: LabelRequirement): LabelRequirement | null {
  const [name, domain, ...more] = key.split('/').reverse()
  const isKey = word.test(name ?? '') && (domain === undefined || prefix.test(domain)) && more.length === 0
  if (!isKey || !values.every(value => value === '' || word.test(value))) return null
  return { key, operator, values: [...new Set(values)].sort() }
}

/** Whether labels meet all conditions. A missing key is `notin` any values. */
export function selects(requirements: readonly LabelRequirement[], labels: Labels): boolean {
  return requirements.every(requirement => meets(labels, requirement))
}

type Labels = Readonly<Record<string, string>>

function meets(labels: Labels, { key, operator, values }: LabelRequirement): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case 'in':
      return value !== undefined && values.includes(value)
    case 'notin':
      return value === undefined || !values.includes(value)
    case 'exists':
      return value !== undefined
    case '!exists':
      return value === undefined
  }
}

/** Whether conditions surely select nothing that others do not: each of the others is among them, or one is stricter. */
export function narrows(narrow: readonly LabelRequirement[], wide: readonly LabelRequirement[]): boolean {
  return wide.every(outer => narrow.some(inner => inner.key === outer.key && implies(inner, outer)))
}

function implies(inner: LabelRequirement, outer: LabelRequirement): boolean {
  switch (outer.operator) {
    case 'in':
      return inner.operator === 'in' && inner.values.every(value => outer.values.includes(value))
    case 'notin':
      if (inner.operator === 'in') return !inner.values.some(value => outer.values.includes(value))
      return inner.operator === '!exists' || outer.values.every(value => inner.values.includes(value))
    case 'exists':
      return inner.operator === 'in' || inner.operator === 'exists'
    case '!exists':
      return inner.operator === '!exists'
  }
}
