import type { TextChange } from '../../core/session.ts'
import { answer } from '../app/client.ts'
import type { EditShared } from './edit-shared.ts'
import type { Inspecting } from './inspecting.ts'
import { changeSet } from './reporter.ts'
import type { Reviews } from './reviews.ts'
import type { SecretView } from './secret-view.ts'
import type { Decision } from './settle.ts'
import type { Move } from './text-tasks.ts'
import { doTextTask } from './text-worker.ts'

/** Moves a text onto newer versions of its object. */
export type Moves = {
  /** Onto what was saved from `reviewed`. Null, with nothing changed, when that cannot be done. */
  readonly moveOnto: (
    onto: string,
    ontoVersion: string,
    reviewed: string,
  ) => Promise<Extract<Move, { ok: true }> | null>
  /** Onto what is live, as decided where both sides changed the same. One at a time. */
  readonly settle: (decisions: readonly Decision[]) => Promise<void>
  /** Once no `settle` is under way. */
  readonly settled: () => Promise<void>
}

/** The moves of one open edit's text. */
export function createMoves(
  shared: EditShared,
  inspecting: Inspecting,
  { refuse, jsonAsShown }: Pick<Reviews, 'refuse'> & Pick<SecretView, 'jsonAsShown'>,
): Moves {
  const { opened, client, state, enter, go, text, editor, reporter, ended } = shared
  const { edit } = opened
  let settling: Promise<void> | null = null

  /** Moves the text onto a newer base. Null, with nothing changed, when that cannot be done. */
  async function moveOnto(object: string, ontoVersion: string, reviewed: string) {
    for (;;) {
      const asked = inspecting.turn()
      const onto = jsonAsShown(object)
      const task = { kind: 'move', from: reviewed, fromJson: false, onto, schema: opened.schema } as const
      const move = await doTextTask({ ...task, text: text().toString() })
      if (asked !== inspecting.turn()) continue
      if (!move.ok) return null
      rebase(move.changes, onto, ontoVersion)
      void inspecting.inspect()
      return move
    }
  }

  /** Changes the text and the base that it is compared with, in one. */
  function rebase(changes: readonly TextChange[], onto: string, ontoVersion: string): void {
    const fromBase = state().baseVersion
    const set = changeSet(changes, text().length)
    editor()?.move(changes)
    enter({ base: onto, baseVersion: ontoVersion, fresh: false })
    if (fromBase !== null) reporter().rebased(set, fromBase, ontoVersion)
  }

  /** One at a time; a review waits for it. */
  function settle(decisions: readonly Decision[]): Promise<void> {
    settling ??= moveOntoLive(decisions).finally(() => {
      settling = null
    })
    return settling
  }

  async function moveOntoLive(decisions: readonly Decision[]): Promise<void> {
    const live = await answer(client.edit.live({ edit }))
    if (!live.ok) return refuse(live.problem)
    const { base: object, baseVersion } = live.value
    for (;;) {
      const [asked, { base }] = [inspecting.turn(), state()]
      const onto = jsonAsShown(object)
      if (state().flow.kind !== 'editing' || base === null || ended()) return
      const task = { kind: 'settle', base, live: onto, decisions } as const
      const { schema, secret } = opened
      const settlement = await doTextTask({ ...task, text: text().toString(), schema, secret })
      if (asked !== inspecting.turn() || base !== state().base) continue
      if (!settlement.ok) return refuse(settlement.problem)
      const { changes, chosen, came } = settlement.value
      rebase(changes, onto, baseVersion)
      // What the person gives up is the person's own change: one undo brings it back.
      if (chosen.length > 0) editor()?.change(chosen)
      enter({ served: [] })
      go({ kind: 'settled', settled: { decisions, came } })
      editor()?.view.focus()
      return void inspecting.inspect()
    }
  }

  return { moveOnto, settle, settled: async () => settling ?? undefined }
}
