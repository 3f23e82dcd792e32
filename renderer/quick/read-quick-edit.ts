import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import { objectOfJson } from '../edit/text-objects.ts'

/** The quick edit of a revision, as the host has written it. */
export function readQuickEdit(json: string): QuickEdit {
  // The host prints nothing else here.
  return objectOfJson(json) as unknown as QuickEdit
}
