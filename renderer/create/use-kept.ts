import { useEffect, useRef, useState } from 'react'
import type { KeptCreation } from '../../contract/create.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useClient } from '../app/use-host.ts'

const typingPause = 400

/** What was on the page before: `unknown` until the host has said; then what was kept, or null. */
export function useKeptCreation(): KeptCreation | null | 'unknown' {
  const client = useClient()
  const [kept, setKept] = useState<KeptCreation | null | 'unknown'>('unknown')
  useEffect(() => {
    client.create.kept().then(setKept, () => setKept(null))
  }, [client])
  return kept
}

/** Keeps what is on the page shortly after it was typed, and at once when the page is left. Says why where it cannot. */
export function useKeeping({ text, places }: KeptCreation): Problem | null {
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const unkept = useRef<(() => void) | null>(null)
  const key = JSON.stringify(places)
  useEffect(() => {
    const keep = () => {
      unkept.current = null
      answer(client.create.keep({ text, places: JSON.parse(key) })).then(
        kept => setProblem(kept.ok ? null : kept.problem),
        // The page says elsewhere that the host is gone; the next key keeps it.
        () => undefined,
      )
    }
    unkept.current = keep
    const timer = setTimeout(keep, typingPause)
    return () => clearTimeout(timer)
  }, [text, key, client])
  useEffect(() => () => unkept.current?.(), [])
  return problem
}
