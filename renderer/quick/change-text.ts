import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import type { EditShared } from '../edit/edit-shared.ts'
import type { Inspecting } from '../edit/inspecting.ts'
import type { Moves } from '../edit/moves.ts'
import type { Reviews } from '../edit/reviews.ts'
import { doTextTask } from '../edit/text-worker.ts'

type Needs = {
  readonly inspecting: Pick<Inspecting, 'turn'>
  readonly moves: Pick<Moves, 'settled'>
  readonly reviews: Pick<Reviews, 'review' | 'refuse' | 'stop'>
}

/**
 * Makes a quick edit in the text of an open edit, as one step that undo takes back, and goes on to its review. What was
 * typed there stays, and is reviewed with it. Nothing is done while a submit is under way.
 */
export async function changeByQuickEdit(
  { opened, state, go, text, editor, ended }: EditShared,
  edit: QuickEdit,
  { inspecting, moves, reviews }: Needs,
): Promise<void> {
  const { flow } = state()
  if (flow.kind === 'review' && flow.submitting) return
  reviews.stop()
  if (flow.kind !== 'editing') go({ kind: 'back' })
  if (opened.readOnly !== null) return reviews.refuse(opened.readOnly)
  await moves.settled()
  for (;;) {
    const asked = inspecting.turn()
    const { schema } = opened
    const changes = await doTextTask({ kind: 'change', text: text().toString(), schema, edit })
    if (ended()) return
    if (asked !== inspecting.turn()) continue
    if (!changes.ok) return reviews.refuse(changes.problem)
    const [first] = changes.value
    if (first !== undefined) editor()?.change(changes.value)
    if (first !== undefined) editor()?.reveal(first.from)
    return reviews.review()
  }
}
