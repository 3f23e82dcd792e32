import { type Json, type JsonObject, printJson } from '../../core/json.ts'
import { isList, isObject, metadataOf } from '../../core/object.ts'
import { printFlow } from '../../core/yaml-print.ts'
import { appliesAs, type Outcome } from './pair.ts'
import type { Failure } from './run.ts'

/** A failing pair as a row of the table in `tests/tables/` that it belongs to, with what ours gave instead. */
export function tableRow({ pairNumber, pair, comparison }: Failure): string {
  const { check, go, ours } = comparison
  const told = [
    `# pair ${pairNumber}, ${check}: ours ${printOutcome(ours)}`,
    `#   Go ${go.value === undefined ? `refuses: ${go.refused?.replaceAll(/\s+/g, ' ').slice(0, 200)}` : printOutcome(go)}`,
  ]
  return [...told, ...rowOf(pair, check, go)].join('\n')
}

function rowOf(pair: Failure['pair'], check: string, go: Outcome): readonly string[] {
  const { kind, original, modified, current, operations = null, text = '' } = pair
  const result = go.value ?? { problem: '?' }
  if (check === 'read') return ['# yaml-read.json', printJson({ text, value: go.value ?? null })]
  if (check === 'print' || check === 'printedYaml') return ['# yaml-print.json', printJson({ value: original })]
  if (check === 'operationsOnCurrent') {
    return fields('json-patch-apply.yaml', { name: '?', object: current, patch: operations, result })
  }
  if (/json/i.test(check) || check === 'guardedOnCurrent') {
    return fields('json-patch-create.yaml', { name: '?', kind, from: original, to: modified, live: current })
  }
  if (check.startsWith('apply')) return fields('patch-apply.yaml', applyRow(pair, check, go))
  const table = check.startsWith('merge') ? 'patch-merge.yaml' : 'patch-strategic.yaml'
  return fields(table, { name: '?', kind, original, modified, current, [fieldNames.get(check) ?? check]: result })
}

/** The live object with its owners apart, what is wanted, and what Go makes of the apply or who is in its way. */
function applyRow(
  { kind, original, modified }: Failure['pair'],
  check: string,
  go: Outcome,
): Readonly<Record<string, Json>> {
  const owners = entriesIn(original).map(({ manager, operation, fieldsV1 }) => {
    const name = manager === appliesAs ? 'me' : String(manager)
    return [operation === 'Apply' ? name : `${name} ${String(operation)}`, fieldsV1 ?? {}] as const
  })
  return {
    name: '?',
    kind: kind.replace(/.*\//, ''),
    live: contentOf(original),
    owners: Object.fromEntries(owners),
    wanted: contentOf(modified),
    [check === 'apply' ? 'makes' : 'conflicts']: isObject(go.value)
      ? contentOf(go.value)
      : (go.value ?? { problem: '?' }),
  }
}

function entriesIn(object: JsonObject): readonly JsonObject[] {
  const { managedFields } = metadataOf(object)
  return isList(managedFields) ? managedFields.filter(isObject) : []
}

/** Without what the table gives each object. */
function contentOf(object: JsonObject): JsonObject {
  const { apiVersion: _, kind: _kind, metadata: _metadata, ...content } = object
  const { managedFields: _fields, name: _name, ...metadata } = metadataOf(object)
  return Object.keys(metadata).length === 0 ? content : { ...content, metadata }
}

/** What the tables call an answer, where that is not the check's name. */
const fieldNames: ReadonlyMap<string, string> = new Map([
  ['twoWayOnOriginal', 'result'],
  ['twoWayOnCurrent', 'resultOnCurrent'],
  ['threeWayOnCurrent', 'threeWayResult'],
  ['merge', 'patch'],
  ['mergeOnOriginal', 'result'],
  ['mergeThreeWay', 'threeWay'],
])

function fields(table: string, row: Readonly<Record<string, Json>>): readonly string[] {
  const lines = Object.entries(row).map(([name, value]) => `${name}: ${printFlow(value)}`)
  return [`# ${table}`, ...lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`))]
}

function printOutcome({ value, refused }: Outcome): string {
  return value === undefined ? `refuses: ${refused}` : printJson(value)
}
