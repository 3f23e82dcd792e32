import { reportBug } from '../bugs.ts'
import type { NotKept } from '../store/failure.ts'
import type { Store } from '../store/store.ts'
import { draftOf } from './draft-body.ts'
import type { OpenEdit } from './open-edit.ts'
import { replacedPart } from './replaced-part.ts'

/** Keeps the texts of edits on disk while they are typed. */
export type Keeper = {
  /**
   * Keeps an edit's text from now on, until it is dropped. `clean` is the text as it says just what its base says: it
   * needs no keeping; null where every text does. `onDisk`: it comes from there.
   */
  readonly keep: (edit: OpenEdit, from: { readonly clean: string | null; readonly onDisk: boolean }) => void
  /**
   * Writes what of an edit is not on disk yet, and what `also` writes, in one transaction. What the disk does not take
   * is told by the edit, and tried again.
   */
  readonly write: (edit: OpenEdit, also?: () => void) => void
  /** Takes an edit's draft from the disk: it was discarded. */
  readonly drop: (edit: OpenEdit) => void
  /** Writes what is left, and ends all timers. */
  readonly end: () => void
}

/** Milliseconds that a change of a text waits for the next ones. */
const patience = 250

/** Milliseconds until a write that the disk refused is tried again. */
const retryPause = 5_000

/** A draft is written whole again once its steps are this many, or this long in UTF-16 units. */
const mostSteps = 300
const mostStepText = 256 * 1024

type Keeping = {
  readonly edit: OpenEdit
  readonly stop: () => void
  /** What is on disk; null where there is no draft. */
  kept: Kept | null
  clean: string | null
  /** The origin for which it was asked whether the text says the same. */
  asked: OpenEdit['session']['origin']
  timer: NodeJS.Timeout | null
}

/** A draft as it is on disk. `steps` were added since all of it was written. */
type Kept = Pick<OpenEdit['session'], 'origin' | 'view' | 'text'> & {
  readonly lease: number
  readonly recreating: number | null
  readonly steps: number
  readonly stepText: number
}

/** A keeper for the edits of a host. `isChanged` tells whether a text says something else than its base. */
export function createKeeper(
  { drafts, write: writeAll }: Pick<Store, 'drafts' | 'write'>,
  isChanged: (edit: OpenEdit) => Promise<boolean>,
): Keeper {
  const keepings = new Map<OpenEdit, Keeping>()

  const writeIn = (keeping: Keeping, milliseconds: number) => {
    keeping.timer ??= setTimeout(() => {
      keeping.timer = null
      write(keeping)
    }, milliseconds)
  }

  const changed = (keeping: Keeping) => {
    const { edit, kept, clean } = keeping
    if (keeping.asked !== edit.session.origin) askIfClean(keeping)
    const isOnDisk = needsNone(edit, clean) ? kept === null : kept !== null && isKept(kept, edit)
    if (!isOnDisk) writeIn(keeping, patience)
    else if (edit.onDisk !== edit.session.text) tell(edit, edit.session.text, null)
  }

  // After a submit, or when others' changes came in: the text may say what its base says, in the person's own layout.
  const askIfClean = (keeping: Keeping) => {
    const { edit } = keeping
    const { origin, text } = edit.session
    keeping.asked = origin
    isChanged(edit)
      .then(differs => {
        if (differs || edit.session.origin !== origin || edit.session.text !== text) return
        keeping.clean = text
        changed(keeping)
      })
      .catch(error => {
        if (!edit.life.signal.aborted) reportBug(error)
      })
  }

  const write = (keeping: Keeping, also?: () => void): void => {
    const { edit } = keeping
    const { text } = edit.session
    const next = nextOf(keeping)
    const written = writeAll(() => {
      next.write()
      also?.()
    })
    if (written.ok) keeping.kept = next.kept
    else writeIn(keeping, retryPause)
    tell(edit, text, written.ok ? null : written.problem)
  }

  /** What will be on disk, and how it gets there. */
  const nextOf = ({ edit, kept, clean }: Keeping): { readonly kept: Kept | null; readonly write: () => void } => {
    const { lease, session } = edit
    const recreating = edit.recreating?.begun ?? null
    const { id, origin, view, text, textVersion } = session
    if (needsNone(edit, clean)) return { kept: null, write: () => kept !== null && drafts.remove(id) }
    const whole: Kept = { origin, view, text, lease, recreating, steps: 0, stepText: 0 }
    const change = kept === null ? null : replacedPart(kept.text, text)
    const steps = (kept?.steps ?? 0) + (change === null ? 0 : 1)
    const stepText = (kept?.stepText ?? 0) + (change?.insert.length ?? 0)
    const isWhole = kept === null || kept.origin !== origin || kept.view !== view || kept.recreating !== recreating
    if (isWhole || steps > mostSteps || stepText > mostStepText) {
      return { kept: whole, write: () => drafts.put(draftOf(edit, Date.now())) }
    }
    return {
      kept: { ...whole, steps, stepText },
      write: () => {
        if (kept.lease !== lease) drafts.setLease(id, lease)
        if (change !== null) drafts.addStep(id, steps, { textVersion, change }, Date.now())
      },
    }
  }

  const forget = (keeping: Keeping) => {
    if (keeping.timer !== null) clearTimeout(keeping.timer)
    keeping.timer = null
    keeping.stop()
    keepings.delete(keeping.edit)
  }

  return {
    keep(edit, { clean, onDisk }) {
      const { origin, view, text } = edit.session
      const recreating = edit.recreating?.begun ?? null
      const keeping: Keeping = {
        edit,
        stop: edit.changed.listen(() => changed(keeping)),
        // Of its steps nothing is known: the next write is a whole one.
        kept: onDisk ? { origin, view, text, lease: edit.lease, recreating, steps: mostSteps, stepText: 0 } : null,
        clean,
        asked: origin,
        timer: null,
      }
      keepings.set(edit, keeping)
      changed(keeping)
    },
    write(edit, also) {
      const keeping = keepings.get(edit)
      if (keeping !== undefined) write(keeping, also)
      // A discarded edit keeps no text; what became of its submit is kept all the same.
      else if (also !== undefined) writeAll(also)
    },
    drop(edit) {
      const keeping = keepings.get(edit)
      if (keeping === undefined) return
      forget(keeping)
      // Where the disk does not even take this, the draft is offered once more at the next start.
      if (keeping.kept !== null) writeAll(() => drafts.remove(edit.session.id))
    },
    end() {
      for (const keeping of [...keepings.values()]) {
        if (keeping.timer !== null) write(keeping)
        forget(keeping)
      }
    },
  }
}

function tell(edit: OpenEdit, text: string, unkept: NotKept | null): void {
  const before = [edit.onDisk, edit.unkept?.reason]
  edit.unkept = unkept
  if (unkept === null) edit.onDisk = text
  if (before[0] !== edit.onDisk || before[1] !== unkept?.reason) edit.changed.notify()
}

function isKept(kept: Kept, { session, lease, recreating }: OpenEdit): boolean {
  const { origin, view, text } = session
  const isSame = kept.recreating === (recreating?.begun ?? null) && kept.lease === lease
  return isSame && kept.origin === origin && kept.view === view && kept.text === text
}

/** Whether the object itself says all that the draft would. Of one that is being created again there may soon be none. */
function needsNone({ session, recreating }: OpenEdit, clean: string | null): boolean {
  return session.text === clean && recreating === null
}
