import type { EditState, ForeignChange, LiveObject } from '../../contract/edit.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import type { EditShared, EditStanding } from './edit-shared.ts'
import type { Inspecting } from './inspecting.ts'
import type { Moves } from './moves.ts'
import type { OthersSeen } from './others.ts'
import type { SecretView } from './secret-view.ts'
import { doTextTask } from './text-worker.ts'

/** What others changed since the base, as of one version of the live object. */
export type Others = OthersSeen & { readonly live: LiveObject }

/** Keeps an eye on what others change while a text is edited. */
export type Watching = {
  /** What the host says of the edit and of the object on the server, whenever something of it changes. */
  readonly heard: (told: EditState) => void
  /** Whether what others changed shall come into the text by itself. */
  readonly comeAtOnce: (atOnce: boolean) => void
  /** The text is another one now. */
  readonly textChanged: () => void
  /** Compares with what is live this very moment, and opens the conflict view. Says why where that cannot be done. */
  readonly decide: () => Promise<Problem | null>
  readonly end: () => void
}

/** Milliseconds between two looks at a moving object, and for a large one. */
const [restSmall, restLarge] = [250, 2_000]

/** The watch beside one open edit's text. */
export function createWatching(
  shared: EditShared,
  inspecting: Inspecting,
  { moves, jsonAsShown }: { readonly moves: Moves } & Pick<SecretView, 'jsonAsShown'>,
): Watching {
  const { opened, client, state, enter, go, text, editor, ended } = shared
  const { edit, schema, secret } = opened
  let atOnce = false
  let live: LiveObject | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let looking = false
  // What the last comparison was made of.
  let compared: readonly unknown[] = []

  const parts = () => [inspecting.turn(), state().base, live]
  const isCompared = () => parts().every((part, index) => part === compared[index])
  /** Whether others changed anything that the text has not, as far as it is told; a conflict may be about what is not. */
  const isBehind = () => {
    const { live: told, flow, base } = state()
    return told?.live.kind === 'present' && (told.others.length > 0 || flow.kind === 'deciding') && base !== null
  }
  const isOld = () => {
    const told = state().live?.live
    return told?.kind === 'present' && told.resourceVersion !== live?.baseVersion
  }

  function soon(): void {
    if (timer !== null || looking || ended()) return
    timer = setTimeout(() => void look(), text().length > 256 * 1024 ? restLarge : restSmall)
  }

  function follow(): void {
    if (isBehind()) soon()
    else forget()
  }

  async function look(): Promise<void> {
    timer = null
    looking = true
    try {
      if (!isBehind()) return forget()
      // Why it cannot be told is in the edit's state, which the tab shows.
      if (isOld() && (await fetchLive(false)) !== null) return
      await compare()
      await takeInAtOnce()
    } finally {
      looking = false
    }
    if (isBehind() && (isOld() || !isCompared())) soon()
  }

  function forget(): void {
    if (state().others !== null) enter({ others: null })
  }

  async function fetchLive(read: boolean): Promise<Problem | null> {
    const answered = await answer(client.edit.live({ edit, read }))
    if (!answered.ok) return answered.problem
    live = answered.value
    return null
  }

  async function compare(): Promise<void> {
    const [asked, { base }, onto] = [parts(), state(), live]
    if (base === null || onto === null || isCompared()) return
    const task = { kind: 'others', base, live: jsonAsShown(onto.base), schema, secret } as const
    const seen = await doTextTask({ ...task, text: text().toString() })
    if (ended() || !parts().every((part, index) => part === asked[index])) return
    compared = asked
    // A text that cannot be read keeps the marks that it has.
    if (seen === null) return
    enter({ others: seen.places.length > 0 ? { ...seen, live: onto } : null })
    if (state().flow.kind !== 'deciding') return
    go(seen.disputes.length > 0 ? { kind: 'deciding', live: onto, disputes: seen.disputes } : { kind: 'back' })
  }

  async function takeInAtOnce(): Promise<void> {
    const { others, flow } = state()
    if (!atOnce || others === null || flow.kind !== 'editing') return
    if (others.disputes.length > 0 || !isCompared()) return
    const view = editor()?.view
    // A text under an input method's hands must not be changed: its end is waited for.
    if (view?.composing || view?.compositionStarted)
      return view.dom.addEventListener('compositionend', soon, { once: true })
    await moves.takeIn(others.live)
  }

  return {
    heard: ({ textVersion, kept, ...told }) => {
      const standing = { ...told, unkept: kept.kind === 'failed' ? kept.problem : null }
      const { live: before, keptVersion } = state()
      // Each report of the text brings a word about the disk; the rest seldom changes, and is drawn only then.
      enter({
        live: isSame(before, standing) ? before : standing,
        keptVersion: kept.kind === 'kept' ? textVersion : keptVersion,
      })
      if (isOutOfSight(before) && standing.live.kind === 'present') go({ kind: 'reachedAgain' })
      follow()
    },
    comeAtOnce: on => {
      atOnce = on
      follow()
    },
    textChanged: () => {
      if (isBehind()) soon()
    },
    decide: async () => {
      const problem = await fetchLive(true)
      if (problem !== null) return problem
      await compare()
      const { others } = state()
      if (others !== null && others.disputes.length > 0) {
        go({ kind: 'deciding', live: others.live, disputes: others.disputes })
      }
      return null
    },
    end: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** Who changed a field and how, as the host told it of this version. */
export function changeAt(others: Others, path: string): ForeignChange | null {
  return others.live.others.find(change => change.path === path) ?? null
}

function isOutOfSight(standing: EditStanding | null): boolean {
  return standing?.live.kind === 'unknown' || standing?.live.kind === 'unreadable'
}

function isSame(before: EditStanding | null, now: EditStanding): boolean {
  const inWords = (standing: EditStanding | null) =>
    JSON.stringify(standing, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value))
  return inWords(before) === inWords(now)
}
