import type { JsonObject } from './json.ts'
import { metadataOf } from './object.ts'
import { type Path, startsWithPath } from './path.ts'

/** What the text of an edit shows of the object. The same view is used for text, diff and patch, so nothing hidden is ever seen as deleted. */
export type View = { readonly managedFields: 'hidden' | 'shown' }

/** The usual view: without `managedFields`. */
export const plainView: View = { managedFields: 'hidden' }

/** The object as the view shows it. */
export function viewObject(object: JsonObject, view: View): JsonObject {
  if (view.managedFields === 'shown' || !('managedFields' in metadataOf(object))) return object
  const { managedFields: _, ...metadata } = metadataOf(object)
  return { ...object, metadata }
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
