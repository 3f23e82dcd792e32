import type { LiveObject } from '../../contract/edit.ts'
import type { Submitted } from '../../contract/review.ts'
import { ok } from '../../core/problem.ts'
import type { TextChange } from '../../core/session.ts'
import { answer } from '../app/client.ts'
import type { EditShared } from './edit-shared.ts'
import type { Came, Flow } from './flow.ts'
import type { Inspecting } from './inspecting.ts'
import { changeSet } from './reporter.ts'
import type { Reviews } from './reviews.ts'
import type { SecretView } from './secret-view.ts'
import type { Decision } from './settle.ts'
import type { Move } from './text-tasks.ts'
import { doTextTask } from './text-worker.ts'

type SavedResult = Extract<Submitted, { kind: 'saved' }>

/** Moves a text onto newer versions of its object. */
export type Moves = {
  /**
   * Onto what was saved from the text `reviewed`; where only a part of it was, what it says beside that stays. Null, with
   * nothing changed, when that cannot be done.
   */
  readonly moveOnto: (
    result: Pick<SavedResult, 'base' | 'baseVersion' | 'saved'>,
    reviewed: string,
  ) => Promise<Extract<Move, { ok: true }> | null>
  /** Onto what is live, read anew or as `seen`, as decided where both sides changed the same. One at a time. */
  readonly settle: (decisions: readonly Decision[], seen?: LiveObject) => Promise<void>
  /** Onto what was seen to be live, by itself: not where that meets a change of mine, and without taking the focus. */
  readonly takeIn: (seen: LiveObject) => Promise<void>
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
  async function moveOnto({ base, baseVersion, saved }: Parameters<Moves['moveOnto']>[0], reviewed: string) {
    for (;;) {
      const asked = inspecting.turn()
      const onto = jsonAsShown(base)
      const from = { from: saved ?? reviewed, fromJson: saved !== null }
      const task = { kind: 'move', ...from, onto, schema: opened.schema } as const
      const move = await doTextTask({ ...task, text: text().toString() })
      if (asked !== inspecting.turn()) continue
      if (!move.ok) return null
      rebase(move.changes, onto, baseVersion)
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
  function alone(move: () => Promise<void>): Promise<void> {
    settling ??= move().finally(() => {
      settling = null
    })
    return settling
  }

  async function settle(decisions: readonly Decision[], seen?: LiveObject): Promise<void> {
    const live = seen === undefined ? await answer(client.edit.live({ edit, read: true })) : ok(seen)
    if (!live.ok) return refuse(live.problem)
    const settlement = await moveOntoLive(decisions, live.value, ['editing', 'deciding'])
    if (settlement === null) return
    if (!settlement.ok) return refuse(settlement.problem)
    const { chosen, came } = settlement.value
    // What the person gives up is the person's own change: one undo brings it back.
    if (chosen.length > 0) editor()?.change(chosen)
    enter({ served: [], made: [] })
    go({ kind: 'settled', settled: { decisions, came: came.map(path => cameFrom(live.value, path)) } })
    editor()?.view.focus()
    const [first] = chosen
    if (first !== undefined) editor()?.reveal(first.from)
    void inspecting.inspect()
  }

  async function takeIn(seen: LiveObject): Promise<void> {
    const settlement = await moveOntoLive([], seen, ['editing'])
    if (settlement === null || !settlement.ok) return
    enter({ came: settlement.value.came.map(path => cameFrom(seen, path)) })
    void inspecting.inspect()
  }

  /** The text with what others changed, and mine wherever both did. Null where the text must not be moved any more. */
  async function moveOntoLive(decisions: readonly Decision[], live: LiveObject, where: readonly Flow['kind'][]) {
    for (;;) {
      const [asked, { base }] = [inspecting.turn(), state()]
      if (!where.includes(state().flow.kind) || base === null || ended()) return null
      const { schema, secret } = opened
      const onto = jsonAsShown(live.base)
      const task = { kind: 'settle', base, live: onto, decisions, schema, secret } as const
      const settlement = await doTextTask({ ...task, text: text().toString() })
      if (asked !== inspecting.turn() || base !== state().base) continue
      if (!where.includes(state().flow.kind)) return null
      if (settlement.ok) rebase(settlement.value.changes, onto, live.baseVersion)
      return settlement
    }
  }

  return {
    moveOnto,
    settle: (decisions, seen) => alone(() => settle(decisions, seen)),
    takeIn: seen => alone(() => takeIn(seen)),
    settled: async () => settling ?? undefined,
  }
}

function cameFrom({ others }: LiveObject, path: string): Came {
  return { path, manager: others.find(change => change.path === path)?.manager ?? null }
}
