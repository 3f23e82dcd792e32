import { readApplied } from '../../core/client-side-apply.ts'
import type { JsonObject } from '../../core/json.ts'
import { withNoiseOf, withoutNoise } from '../../core/noise.ts'
import { encodeSecret } from '../../core/secret-data.ts'
import { isSecret, maskObject, maskPair } from '../../core/secrets.ts'
import { changeText } from '../../core/session.ts'
import { printYaml } from '../../core/yaml.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import { itemKeyIn, objectOfJson, objectOfYaml, type SchemaText, schemaOf } from '../edit/text-objects.ts'

/**
 * One side of a comparison: an object of the host as JSON; what `kubectl apply` remembers in it; or a text as somebody
 * wrote it.
 */
export type Comparand =
  | { readonly kind: 'object' | 'applied'; readonly json: string }
  | { readonly kind: 'text'; readonly text: string }

/** Two sides to be laid out so that what differs is what they say. `right` may be the person's own text: it is never laid out anew. */
export type CompareTask = {
  readonly kind: 'compare'
  readonly left: Comparand
  readonly right: Comparand
  /** Whether what differs between any two objects is shown. */
  readonly noise: boolean
  /** Whether the values of Secrets are shown as they are; they are masked already where the host gave both sides. */
  readonly values: boolean
  readonly schema: SchemaText | null
}

/**
 * Both sides as texts. `masked`: values of a Secret are hidden, so that neither is a text to type in. `unread`: the left
 * side says no object, and stands as it was written. Null where there is nothing to compare with.
 */
export type Comparison = {
  readonly left: string
  readonly right: string
  readonly masked: boolean
  readonly unread: boolean
} | null

/** Lays out two sides. */
export function compareSides({ left, right, noise, values, schema: schemaText }: CompareTask): Comparison {
  const other = objectOf(left)
  if (left.kind === 'applied' && other === null) return null
  const mine = objectOf(right)
  const rightText = textOf(right, mine)
  if (other === null) return { left: textOf(left, other), right: rightText, masked: false, unread: true }
  if (mine === null) {
    const shown = values ? other : maskObject(other)
    return { left: printYaml(shown), right: rightText, masked: shown !== other, unread: false }
  }
  if (!values && (isSecret(other) || isSecret(mine))) {
    const [one, two] = maskPair(stored(other), stored(mine))
    const [a, b] = [one ?? {}, two ?? {}].map(side => printYaml(noise ? side : withoutNoise(side)))
    return { left: a ?? '', right: b ?? '', masked: true, unread: false }
  }
  if (right.kind !== 'text') {
    const [a, b] = [other, mine].map(side => printYaml(noise ? side : withoutNoise(side)))
    return { left: a ?? '', right: b ?? '', masked: false, unread: false }
  }
  return {
    left: inLayoutOf(rightText, noise ? other : withNoiseOf(other, mine), schemaText),
    right: rightText,
    masked: false,
    unread: false,
  }
}

/** A text that says the object and is written as that one is: comments, order and quotes are no differences. */
function inLayoutOf(text: string, object: JsonObject, schemaText: SchemaText | null): string {
  const changes = editYaml(text, object, itemKeyIn(object, schemaOf(schemaText)))
  return changes.ok ? changeText(text, changes.value) : printYaml(object)
}

function objectOf(side: Comparand): JsonObject | null {
  switch (side.kind) {
    case 'object':
      return objectOfJson(side.json)
    case 'applied': {
      const applied = readApplied(objectOfJson(side.json))
      return applied.kind === 'present' ? applied.configuration : null
    }
    case 'text': {
      const read = objectOfYaml(side.text)
      return read.ok ? read.value : null
    }
  }
}

function textOf(side: Comparand, object: JsonObject | null): string {
  return side.kind === 'text' ? side.text : printYaml(object ?? {})
}

/** A Secret as the server has it, so that values are compared wherever each side has them. */
function stored(object: JsonObject): JsonObject {
  const encoded = encodeSecret(object)
  return encoded.ok ? encoded.value : object
}
