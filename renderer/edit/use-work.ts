import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { OpenedEdit } from '../../contract/edit.ts'
import { useHeardStream, useHost } from '../app/use-host.ts'
import type { EditSnapshot } from './edit-shared.ts'
import { type EditWork, startEdit } from './edit-work.ts'
import { type Trouble, troubleOf } from './reporter.ts'

/** The work of an open edit, for as long as its tab is there. */
export function useWork(opened: OpenedEdit, onMoved: (opened: OpenedEdit) => void, onClosed: () => void): EditWork {
  const host = useHost()
  const heard = useRef({ onMoved, onClosed })
  useEffect(() => {
    heard.current = { onMoved, onClosed }
  })
  const [work] = useState(() =>
    startEdit(opened, host, {
      onMoved: next => heard.current.onMoved(next),
      onClosed: () => heard.current.onClosed(),
    }),
  )
  useEffect(() => work.end, [work])
  return work
}

/**
 * What the tab draws. What follows the keys is left out: that is drawn by what shows it (`usePart`) and by nothing
 * around it, so that no key waits for a whole tab.
 */
export type TabState = Omit<
  EditSnapshot,
  'report' | 'keptVersion' | 'lines' | 'fresh' | 'dryRun' | 'owners' | 'owned'
> & {
  /** Why the host does not have the text; null while it has, or is about to. */
  readonly trouble: Trouble | null
}

/** How often places that moved with the text are drawn anew, in milliseconds. */
const pauseMs = 250

/** What the tab draws, at once when it changed; where only its places moved with the text, a little later. */
export function useEditState(work: EditWork): TabState {
  const [drawn, setDrawn] = useState(() => tabState(work.state()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let last = tabState(work.state())
    const draw = () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      last = tabState(work.state())
      setDrawn(last)
    }
    const stop = work.subscribe(() => {
      const changed = changedParts(last, tabState(work.state()))
      if (changed.length === 0) return
      if (changed.every(part => part === 'served' || part === 'warned')) timer ??= setTimeout(draw, pauseMs)
      else draw()
    })
    draw()
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [work])
  return drawn
}

function tabState(state: EditSnapshot): TabState {
  const { report, keptVersion, lines, fresh, dryRun, owners, owned, ...rest } = state
  return { ...rest, trouble: troubleOf(report) }
}

function changedParts(before: TabState, now: TabState): readonly string[] {
  return Object.entries(now).flatMap(([name, value]) => (Object.is(value, Reflect.get(before, name)) ? [] : name))
}

/** A part of the state that is drawn the moment it is another one, by itself: a word, or an object that stays the same as long. */
export function usePart<Part>(work: EditWork, part: (state: EditSnapshot) => Part): Part {
  return useSyncExternalStore(work.subscribe, () => part(work.state()))
}

/** Lets the work hear what the host says of its edit. */
export function useHeard(work: EditWork, edit: string, atOnce: boolean): void {
  useHeardStream(edit, (client, signal) => client.edit.watch({ edit }, { signal }), work.heard)
  useEffect(() => work.comeAtOnce(atOnce), [work, atOnce])
}

/** Hands the text over when the page goes, and asks to stay while that is not possible. */
export function useKeepText(work: EditWork): void {
  useEffect(() => {
    const flush = () => void work.flush()
    const stay = (event: BeforeUnloadEvent) => {
      if (work.state().report.kind === 'held' && !work.state().json.ahead) return
      void work.flush()
      event.preventDefault()
    }
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    window.addEventListener('beforeunload', stay)
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
      window.removeEventListener('beforeunload', stay)
    }
  }, [work])
}
