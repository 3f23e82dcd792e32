import { canonicalJson, type Json, printJson } from '../../core/json.ts'
import { fieldOf, isList, isObject } from '../../core/object.ts'
import type { PatchSchema } from '../../core/patch/index.ts'
import type { Comparison } from './compare.ts'
import type { Pair } from './pair.ts'

/** A difference from Go that is meant, with its reason. */
export type Accepted = {
  readonly name: string
  readonly reason: string
  readonly covers: (comparison: Comparison, pair: Pair, schema: PatchSchema | null) => boolean
}

const strategic = /^(twoWay|threeWay|careful)/
const notOfTheObject = 'yaml-syntax what stands here does not belong to the object before it'
// What kubectl drops or decides by chance, and ours says with its line.
const saidAloud =
  /^yaml-(?:duplicate-key|second-document|unsupported line-separator|syntax what stands here does not belong to the object before it)$/

/** All differences from Go that are meant. Anything else that differs is a defect. */
export const acceptedDifferences: readonly Accepted[] = [
  {
    name: 'long lists with repeated merge keys',
    reason: 'Go sorts more than 12 items by a sort that leaves equal ones in any order',
    covers: ({ check }, pair, schema) =>
      strategic.test(check) && [pair.original, pair.modified, pair.current].some(side => repeatsKeys(side, schema)),
  },
  {
    name: 'both delete from one list of texts',
    reason: 'Go looks for a field named $deleteFromPrimitiveList/… and fails; nothing is in conflict',
    covers: ({ check, go }) => check === 'careful' && go.refused?.includes('deleteFromPrimitiveList') === true,
  },
  {
    name: 'empty lists inside replaced items',
    reason: 'Go cannot compare two lists without elements for conflicts and fails; they agree',
    covers: ({ check, go }) => check === 'careful' && go.refused?.includes('no elements') === true,
  },
  {
    name: 'lists that were compared for conflicts',
    reason:
      'Go sorts them, and moves repeated texts away, inside the patch that it then gives; ours keeps what was wanted',
    covers: ({ check, go, ours }) =>
      check === 'careful' &&
      go.value !== undefined &&
      ours.value !== undefined &&
      canonicalJson(asSets(go.value)) === canonicalJson(asSets(ours.value)),
  },
  {
    name: 'conflicts in lists with repeated texts',
    reason: 'Go takes the repeats away and compares as many items as mine has left: it overlooks conflicts, or crashes',
    covers: ({ check, go, ours }, { original, modified, current }) =>
      check === 'careful' &&
      ours.refused === 'merge-conflict' &&
      (go.value !== undefined || go.refused?.startsWith('panic') === true) &&
      [original, modified, current].some(repeatsScalars),
  },
  {
    name: 'a JSON Patch with an operation that is none',
    reason: 'ours reads all operations before it performs the first; Go may stop at a test before it comes to that one',
    covers: ({ check, go, ours }) =>
      check === 'operationsOnCurrent' &&
      go.refused?.endsWith('test failed') === true &&
      ours.refused === 'json-patch-invalid',
  },
  {
    name: 'a JSON Patch that cannot be guarded',
    reason: 'evanphx/json-patch crashes on a test of a list that holds null; ours refuses to make one',
    covers: ({ check, ours }) => check === 'guardedJsonPatch' && ours.refused === 'json-patch-unguardable',
  },
  {
    name: 'a guarded JSON Patch upon an object that has come to hold null in a list',
    reason:
      'evanphx/json-patch crashes on the test of that list; ours says that the test fails, and nothing is written',
    covers: ({ check, go, ours }, { current }) =>
      check === 'guardedOnCurrent' &&
      go.refused?.startsWith('panic') === true &&
      ours.refused === 'json-patch-test-failed' &&
      listsNull(current),
  },
  {
    name: 'merge keys that are lists or maps',
    reason: 'Go compares their printed forms, or crashes, by what else is in the list; ours refuses them always',
    covers: ({ check, ours }) => strategic.test(check) && ours.refused === 'merge-key-not-scalar',
  },
  {
    name: 'lists and maps where the type has another',
    reason:
      'Go lets some pass, as a list behind a pointer to a bool or a map for a list; no server holds such an object',
    covers: ({ check, ours }, pair, schema) =>
      strategic.test(check) &&
      ours.refused === 'patch-type-mismatch' &&
      [pair.original, pair.modified, pair.current].some(side => isMistyped(side, schema)),
  },
  {
    name: 'integers beyond 2^53 in merge patches',
    reason: 'Go reads them as floats and sends other digits; ours keeps them',
    covers: ({ check, go, ours }) =>
      /^merge/.test(check) &&
      go.value !== undefined &&
      ours.value !== undefined &&
      canonicalJson(rounded(go.value)) === canonicalJson(rounded(ours.value)),
  },
  {
    name: 'YAML that Go reads without a word',
    reason:
      'a key given twice, what follows the first document, and line breaks that only YAML 1.1 knows are errors with a line',
    covers: ({ check, go, ours }) =>
      /^(read|print)$/.test(check) &&
      go.value !== undefined &&
      (ours.refused?.split(', ') ?? ['']).every(code => saidAloud.test(code)),
  },
  {
    name: 'what stands behind the document that Go reads',
    reason: 'Go drops it unread; ours refuses it for not belonging there, and for what else is wrong with it',
    covers: ({ check, go, ours }) => {
      const refused = ours.refused?.split(', ') ?? []
      return (
        /^(read|print)$/.test(check) &&
        go.value !== undefined &&
        refused.includes(notOfTheObject) &&
        refused.every(code => saidAloud.test(code) || code.startsWith('yaml-unsupported '))
      )
    },
  },
  {
    name: 'what follows a line break that only YAML 1.1 knows',
    reason:
      'Go goes on as if on a new line; ours names the break, and what it then reads on the one line is another text',
    covers: ({ check, go, ours }) =>
      /^(read|print)$/.test(check) &&
      go.value !== undefined &&
      ours.refused?.split(', ').includes('yaml-unsupported line-separator') === true,
  },
  {
    name: 'a number that JSON has not, under a key given twice',
    reason:
      'of a key given twice Go writes the last value alone, and never sees what JSON has no word for in the others',
    covers: ({ check, go, ours }) => {
      const refused = ours.refused?.split(', ') ?? []
      return (
        /^(read|print)$/.test(check) &&
        go.value !== undefined &&
        refused.includes('yaml-duplicate-key') &&
        refused.every(code => saidAloud.test(code) || code === 'yaml-unsupported infinite-number')
      )
    },
  },
  {
    name: 'a list or map that the whole text has for its key',
    reason: 'Go forgets that it may be a key, takes it for the document and drops the rest; no key is a list or a map',
    covers: ({ check, go, ours }) =>
      check === 'read' &&
      go.value !== undefined &&
      (/^(\[\]|\{\})$/.test(printJson(go.value))
        ? ours.refused !== undefined
        : ours.refused === 'yaml-unsupported collection-key'),
  },
  {
    name: 'two byte order marks',
    reason: 'Go takes the second one for the beginning of each further line and reads past what stands there',
    covers: ({ check }, { text = '' }) => check === 'read' && text.startsWith('\ufeff\ufeff'),
  },
  {
    name: 'texts that Go prints and cannot read back',
    reason: 'it prints a key `<<` bare and then reads it as a merge, and takes U+0085 for a line break',
    covers: ({ check, go }) => check === 'print' && /"<<":|\u0085/.test(canonicalJson(go.value ?? null)),
  },
]

function repeatsKeys(value: Json, schema: PatchSchema | null): boolean {
  if (isList(value)) {
    const key = schema?.mergeKey
    const items = schema?.items() ?? null
    if (value.length > 12 && key && new Set(value.map(item => keyText(item, key))).size < value.length) return true
    return value.some(item => repeatsKeys(item, items))
  }
  return (
    isObject(value) && Object.entries(value).some(([name, inner]) => repeatsKeys(inner, schema?.field(name) ?? null))
  )
}

function isMistyped(value: Json, schema: PatchSchema | null): boolean {
  if (isList(value)) {
    const items = schema?.items() ?? null
    return isOther(schema, 'array') || value.some(item => isMistyped(item, items))
  }
  if (!isObject(value)) return false
  const fields = Object.entries(value)
  return isOther(schema, 'object') || fields.some(([name, inner]) => isMistyped(inner, schema?.field(name) ?? null))
}

function isOther(schema: PatchSchema | null, type: 'array' | 'object'): boolean {
  return schema !== null && schema.type !== 'unknown' && schema.type !== type
}

function keyText(item: Json, key: string): string {
  return isObject(item) ? String(fieldOf(item, key)) : ''
}

function asSets(value: Json): Json {
  if (isList(value)) {
    const items = new Map(value.map(asSets).map(item => [canonicalJson(item), item]))
    return [...items.keys()].sort().map(text => items.get(text) ?? null)
  }
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asSets(inner)]))
}

function listsNull(value: Json): boolean {
  if (isList(value)) return value.some(item => item === null || listsNull(item))
  return isObject(value) && Object.values(value).some(listsNull)
}

function repeatsScalars(value: Json): boolean {
  if (isList(value)) return new Set(value).size < value.length || value.some(repeatsScalars)
  return isObject(value) && Object.values(value).some(repeatsScalars)
}

function rounded(value: Json): Json {
  if (typeof value === 'bigint') return Number(value)
  if (isList(value)) return value.map(rounded)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]))
}
