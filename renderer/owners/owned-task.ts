import { diffObjects } from '../../core/diff.ts'
import { parseJson } from '../../core/json.ts'
import { isScaled } from '../../core/keepers.ts'
import { isObject } from '../../core/object.ts'
import { type OwnedLines, ownedLines } from '../../core/owned-lines.ts'
import { entriesOf, type Owner, ownersOf } from '../../core/ownership.ts'
import { formatPath } from '../../core/path.ts'
import { isBookkeeping } from '../../core/view.ts'
import { firstLineOf, placeOf } from '../edit/others.ts'
import { storedPath } from '../edit/settle.ts'
import { objectOfJson, readText, rememberLast, type SchemaText, schemaOf } from '../edit/text-objects.ts'

/** A text whose owners are wanted. `base` is JSON, null where the text is compared with nothing. */
export type OwnedTask = {
  readonly kind: 'owned'
  readonly base: string | null
  readonly text: string
  /** JSON of `metadata.managedFields`. */
  readonly managedFields: string
  readonly schema: SchemaText | null
  readonly secret: boolean
  /** False where nobody looks at the lines: only what the text changes is looked at then. */
  readonly everyLine: boolean
}

/** A field that the text changes, where it stands, and whose it is. `owners` are positions in `Owned.owners`. */
export type TouchedField = {
  /** As `formatPath` writes it. */
  readonly path: string
  readonly from: number
  readonly to: number
  readonly owners: readonly number[]
  /** Whether it is the number that autoscalers set. */
  readonly scaled: boolean
}

/** Who owns what of a text. */
export type Owned = OwnedLines & { readonly owners: readonly Owner[]; readonly touched: readonly TouchedField[] }

// A text that changes more than this is another object: the first ones say enough.
const mostTouched = 300

const baseOf = rememberLast(objectOfJson)

/** The same value for the same text: what was read of its trees is kept with it. */
const writtenBy = rememberLast(text => {
  const fields = parseJson(text)
  return { metadata: { managedFields: fields.ok ? fields.value : [] } }
})

/** Who owns each line of a text, and each field that it changes. Null for a text that cannot be read. */
export function findOwned({
  base,
  text,
  managedFields,
  schema: schemaText,
  secret,
  everyLine,
}: OwnedTask): Owned | null {
  const reading = readText(text)
  if (!reading.ok || !isObject(reading.value)) return null
  const schema = schemaOf(schemaText)
  const written = writtenBy(managedFields)
  const entries = entriesOf(written)
  const { value: object, ranges } = reading
  const changes = base === null ? [] : diffObjects(baseOf(base), object, schema)
  const touched = changes
    .filter(({ kind, path }) => kind !== 'moved' && !isBookkeeping(path) && path[0] !== 'status')
    .slice(0, mostTouched)
    .map(({ path }) => {
      const stored = secret ? storedPath(path) : path
      const owners = ownersOf(written, stored, schema)
      return {
        path: formatPath(stored),
        owners: entries.flatMap(({ owner }, index) => (owners.includes(owner) ? [index] : [])),
        scaled: isScaled(path),
        ...firstLineOf(placeOf(path, object, { ranges, schema }), text),
      }
    })
  return {
    ...(everyLine ? ownedLines({ object, text, ranges, schema, secret }, entries) : { lines: [], sets: [] }),
    owners: entries.map(({ owner }) => owner),
    touched,
  }
}
