import { mapAt, mapsAt, textAt } from './conditions.ts'
import type { JsonObject } from './json.ts'
import { parseLabelSelector, selects } from './label-selector.ts'
import { isList } from './object.ts'

/** A LabelSelector (`matchLabels`, `matchExpressions`) as a query takes it; '' for one that lets all through. */
export function selectorText(selector: JsonObject): string {
  const terms = mapsAt(selector, 'matchExpressions').map(termOf)
  return [labelsText(mapAt(selector, 'matchLabels')), ...terms].filter(term => term !== '').join(',')
}

/** A bare map of labels, as Services and ReplicationControllers select by, as a query takes it. */
export function labelsText(labels: JsonObject): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',')
}

function termOf(expression: JsonObject): string {
  const key = textAt(expression, 'key')
  const values = isList(expression.values) ? expression.values.map(String).join(',') : ''
  switch (textAt(expression, 'operator')) {
    case 'In':
      return `${key} in (${values})`
    case 'NotIn':
      return `${key} notin (${values})`
    case 'DoesNotExist':
      return `!${key}`
    default:
      return key
  }
}

/** Whether a selector's text lets labels through; one that cannot be read lets none. */
export function textSelects(selector: string, labels: JsonObject): boolean {
  const requirements = parseLabelSelector(selector)
  const texts = Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))
  return requirements !== null && selects(requirements, Object.fromEntries(texts))
}
