import { useEffect, useRef, useState } from 'react'
import type { OpenedEdit } from '../../contract/edit.ts'
import { useHost } from '../app/use-host.ts'
import type { EditSnapshot } from './edit-shared.ts'
import { type EditWork, startEdit } from './edit-work.ts'
import type { Heard } from './watching.ts'

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

/** What changes with every few keys is drawn a few times a second, so that no key waits for it. */
const pauseMs = 250

/** What the tab draws: at once where it changed, but for what only follows the keys. */
export function useEditState(work: EditWork): EditSnapshot {
  const [drawn, setDrawn] = useState(work.state)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let last = work.state()
    const draw = () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      last = work.state()
      setDrawn(last)
    }
    const stop = work.subscribe(() => {
      if (!followsKeys(last, work.state())) draw()
      else timer ??= setTimeout(draw, pauseMs)
    })
    draw()
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [work])
  return drawn
}

/** Whether two states differ only in how far the text's reports, checks and dry runs are. */
function followsKeys(before: EditSnapshot, now: EditSnapshot): boolean {
  const { report, fresh, dryRun, owned, ...rest } = now
  const isOnTheWay = [before.report, report].every(({ kind }) => kind === 'held' || kind === 'sending')
  return isOnTheWay && Object.entries(rest).every(([name, value]) => Object.is(value, Reflect.get(before, name)))
}

/** Tells the work of the object on the server. */
export function useHeard(work: EditWork, { live, atOnce }: Heard): void {
  useEffect(() => work.heard({ live, atOnce }), [work, live, atOnce])
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
