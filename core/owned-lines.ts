import { fieldGround, type Ground, identifyItems, itemGround, rootGround } from './identity.ts'
import type { Json, JsonObject } from './json.ts'
import { isList, isObject } from './object.ts'
import { type FieldNode, nodeName } from './owned-fields.ts'
import { type Entry, mayBeAtomic } from './ownership.ts'
import type { PatchSchema } from './patch/schema.ts'
import type { PlainPath, YamlRanges } from './yaml-ranges.ts'

/**
 * Who owns each line of an object's text. `lines` has a number for each line (from 0): which of `sets` it is, -1 where nobody
 * is known to own it. A set lists the positions of its owners among the entries, in ascending order.
 */
export type OwnedLines = { readonly sets: readonly (readonly number[])[]; readonly lines: readonly number[] }

/** What is walked through: an object, its text, and where its parts stand there. `secret`: the text may show `data` as `stringData`. */
export type OwnedText = {
  readonly object: JsonObject
  readonly text: string
  readonly ranges: Pick<YamlRanges, 'of'>
  readonly schema: PatchSchema | null
  readonly secret: boolean
}

/** What an entry holds at a place: the node of its tree there; `whole`, an atomic value around the place; or nothing. */
type Hold = FieldNode | 'whole' | null

/** Who owns each line of a text, by the identities that list items have in it. One walk, whatever the number of entries. */
export function ownedLines(of: OwnedText, entries: readonly Entry[]): OwnedLines {
  const lines = new LineOwners(of.text)
  const holdsOfRoot: readonly Hold[] = entries.map(({ fields }) => fields)
  const { ranges, secret } = of

  function walk(value: Json, path: PlainPath, holds: readonly Hold[], ground: Ground): void {
    if (path.length > 0) paint(value, path, holds)
    if (holds.every(hold => hold === null)) return
    const isRoot = path.length === 0
    const into = (name: string) => holds.map(hold => stepInto(hold, name, ground.schema, isRoot))
    if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        const stored = secret && isRoot && key === 'stringData' ? 'data' : key
        walk(child, [...path, key], into(nodeName(stored)), fieldGround(ground, stored, child))
      }
    } else if (isList(value)) {
      const items = identifyItems(value, ground)
      const steps = items === null ? null : [...items.values()].map(({ step }) => step)
      for (const [index, child] of value.entries()) {
        walk(child, [...path, index], into(nodeName(steps?.[index] ?? index)), itemGround(ground, child))
      }
    }
  }

  function paint(value: Json, path: PlainPath, holds: readonly Hold[]): void {
    const place = ranges.of(path)
    if (place === null) return
    const hasParts = (isObject(value) || isList(value)) && Object.keys(value).length > 0
    // A map or list is its line alone, and whose it is only where somebody owns it as such.
    const owners = holds.flatMap((hold, index) =>
      hold === 'whole' || (hold !== null && (hold.self || !hasParts)) ? [index] : [],
    )
    lines.paint(place.entry.line - 1, hasParts ? null : place.value.to, owners)
  }

  walk(of.object, [], holdsOfRoot, rootGround(of.schema, of.object))
  return lines.answer()
}

function stepInto(hold: Hold, name: string, schema: PatchSchema | null, isRoot: boolean): Hold {
  if (hold === null || hold === 'whole') return hold
  return hold.child(name) ?? (!isRoot && hold.leaf && mayBeAtomic(schema) ? 'whole' : null)
}

class LineOwners {
  readonly #lines: number[]
  readonly #ends: number[] = []
  readonly #sets = new Map<string, { readonly index: number; readonly owners: readonly number[] }>()

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#ends.push(at)
    this.#ends.push(text.length)
    this.#lines = this.#ends.map(() => -1)
  }

  /** From a line to the one that holds the character before an offset; that line alone where it is null. */
  paint(line: number, to: number | null, owners: readonly number[]): void {
    const set = owners.length === 0 ? -1 : this.#setOf(owners)
    this.#lines[line] = set
    if (to === null) return
    for (let at = line + 1; at < this.#lines.length && (this.#ends[at - 1] ?? to) < to - 1; at++) this.#lines[at] = set
  }

  #setOf(owners: readonly number[]): number {
    const key = owners.join()
    const known = this.#sets.get(key) ?? { index: this.#sets.size, owners }
    this.#sets.set(key, known)
    return known.index
  }

  answer(): OwnedLines {
    return { sets: [...this.#sets.values()].map(({ owners }) => owners), lines: this.#lines }
  }
}
