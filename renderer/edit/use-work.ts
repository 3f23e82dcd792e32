import { useEffect, useRef, useState } from 'react'
import type { OpenedEdit } from '../../contract/edit.ts'
import { useHost } from '../app/use-host.ts'
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
