import { setLineChanges } from './change-gutter.ts'
import type { EditShared, EditSnapshot } from './edit-shared.ts'
import type { Inspection } from './text-tasks.ts'
import { doTextTask } from './text-worker.ts'

/** Finds out what is wrong with a text, soon after each change of it. */
export type Inspecting = {
  /** Rises with each change of the text: an answer about an older one is of no use. */
  readonly turn: () => number
  /** `moved`: by itself, onto another base. */
  readonly textChanged: (moved: boolean) => void
  /** What is wrong with the text; null when the text changed meanwhile. */
  readonly inspect: () => Promise<Inspection | null>
  /** The same of the text as it stands at the end; null once the edit has ended. */
  readonly inspectNow: () => Promise<Inspection | null>
  readonly end: () => void
}

/** The inspection of one open edit's text. */
export function createInspecting({ opened, state, enter, go, text, editor, ended }: EditShared): Inspecting {
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  const stop = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  async function inspect(): Promise<Inspection | null> {
    stop()
    const asked = turn
    const { base, applied, secretData } = state()
    const task = { kind: 'inspect', ref: opened.ref, base, applied, secretData } as const
    const inspection = await doTextTask({ ...task, text: text().toString() })
    if (asked !== turn || base !== state().base || applied !== state().applied || ended()) return null
    const { problems, changed, lines } = inspection
    const before = state().inspection
    enter({
      inspection: isSame(before, inspection) ? before : { problems, changed },
      lines,
      fresh: true,
      ...(changed === false ? { partly: null } : {}),
    })
    editor()?.view.dispatch({ effects: setLineChanges.of(lines) })
    return inspection
  }

  return {
    turn: () => turn,
    textChanged: moved => {
      turn += 1
      if (state().fresh) enter({ fresh: false })
      // What was said of the last save is true of a text that moved by itself, too.
      if (!moved) go({ kind: 'typed' })
      stop()
      timer = setTimeout(() => void inspect(), text().length > 64 * 1024 ? 300 : 100)
    },
    inspect,
    inspectNow: async () => {
      for (;;) {
        const inspection = await inspect()
        if (inspection !== null || ended()) return inspection
      }
    },
    end: stop,
  }
}

/** As a rule nothing is wrong with a text, and nothing was before. */
function isSame(before: EditSnapshot['inspection'], { problems, changed }: Inspection): boolean {
  return before?.changed === changed && before.problems.length === 0 && problems.length === 0
}
