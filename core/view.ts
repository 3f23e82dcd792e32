import type { JsonObject } from './json.ts'
import { metadataOf } from './object.ts'
import { type Path, startsWithPath } from './path.ts'
import { decodeSecret, type SecretData } from './secret-data.ts'

/**
 * What the text of an edit shows of the object, and how. What is hidden is hidden from text, diff and patch alike, so it is
 * never seen as deleted; how the values of a Secret are shown (`secretData`) is a matter of the text alone.
 */
export type View = { readonly managedFields: 'hidden' | 'shown'; readonly secretData: SecretData }

/** The object as the server has it, without `managedFields`: for texts that a person brought. */
export const plainView: View = { managedFields: 'hidden', secretData: 'encoded' }

/** How an object is shown that was read to be edited. */
export const openingView: View = { managedFields: 'hidden', secretData: 'decoded' }

/** The object as far as the view shows it: what is planned, compared and sent. */
export function viewObject(object: JsonObject, view: View): JsonObject {
  if (view.managedFields === 'shown' || !('managedFields' in metadataOf(object))) return object
  const { managedFields: _, ...metadata } = metadataOf(object)
  return { ...object, metadata }
}

/** The object as the text of the view says it. */
export function textObject(object: JsonObject, view: View): JsonObject {
  const viewed = viewObject(object, view)
  return view.secretData === 'decoded' ? decodeSecret(viewed) : viewed
}

/** The server's own bookkeeping: it moves with every write and belongs to nobody's edit. */
const bookkeeping: readonly Path[] = [
  ['metadata', 'resourceVersion'],
  ['metadata', 'generation'],
  ['metadata', 'managedFields'],
]

/** Whether a place belongs to the server's bookkeeping. */
export function isBookkeeping(path: Path): boolean {
  return bookkeeping.some(place => startsWithPath(path, place))
}
