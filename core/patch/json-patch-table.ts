import { canonicalJson, type Json } from '../json.ts'
import { isList } from '../object.ts'
import type { Operation } from './json-patch.ts'

type Row = { readonly kind: number; readonly size: number }

/** Numbers values, equal ones alike, and measures them: each once, however many lists around them are compared. */
export class ValueTable {
  readonly #rows = new Map<string, Row>()
  readonly #known = new WeakMap<object, Row>()

  /** A number from 0, the same for equal values. */
  kindOf(value: Json): number {
    return this.#rowOf(value).kind
  }

  /** How many kinds of values it has met. */
  get kinds(): number {
    return this.#rows.size
  }

  /** About how long the operations are in print. */
  sizeOf(operations: readonly Operation[]): number {
    let size = 0
    for (const operation of operations) {
      size += 30 + operation.path.length
      if ('value' in operation) size += this.#rowOf(operation.value).size
    }
    return size
  }

  #rowOf(value: Json): Row {
    if (typeof value !== 'object' || value === null) {
      const text = canonicalJson(value)
      return this.#row(text, text.length)
    }
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const row = isList(value) ? this.#listRow(value) : this.#mapRow(value)
    this.#known.set(value, row)
    return row
  }

  #listRow(list: readonly Json[]): Row {
    const rows = list.map(item => this.#rowOf(item))
    return this.#row(
      `[${rows.map(row => row.kind)}`,
      rows.reduce((sum, row) => sum + row.size + 1, 2),
    )
  }

  #mapRow(map: { readonly [key: string]: Json }): Row {
    const parts: string[] = []
    let total = 2
    for (const [key, value] of Object.entries(map)) {
      const { kind, size } = this.#rowOf(value)
      parts.push(`${JSON.stringify(key)}:${kind}`)
      total += key.length + 4 + size
    }
    return this.#row(`{${parts.sort()}`, total)
  }

  // A scalar's text begins with neither bracket, so that it is no list's or map's.
  #row(text: string, size: number): Row {
    const known = this.#rows.get(text)
    if (known !== undefined) return known
    const row = { kind: this.#rows.size, size }
    this.#rows.set(text, row)
    return row
  }
}
