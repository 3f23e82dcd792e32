import { useState } from 'react'
import type { CellState, CreatePlace, CreateState } from '../../contract/create.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useClient, useStream } from '../app/use-host.ts'

type Asked = { readonly run: string; readonly text: string; readonly places: readonly CreatePlace[] }

/** What was checked of a text, and what became of it. Null before the first check. */
export type Creation = {
  readonly checked: { readonly asked: Asked; readonly state: CreateState } | null
  readonly isChecking: boolean
  readonly sent: boolean
  readonly problem: Problem | null
  readonly check: (text: string, places: readonly CreatePlace[]) => void
  readonly send: (confirmations: Readonly<Record<string, string>>, reason: string | null) => Promise<void>
  readonly stop: () => void
}

/** The creation of the page: one check at a time, and what is sent is what that found. */
export function useCreation(): Creation {
  const client = useClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [sent, setSent] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const { value: state } = useStream(asked?.run ?? null, (client, signal) =>
    client.create.run(
      { run: asked?.run ?? '', text: asked?.text ?? '', places: [...(asked?.places ?? [])] },
      { signal },
    ),
  )
  const run = asked?.run ?? ''
  return {
    checked: asked === null || state === null ? null : { asked, state },
    isChecking: asked !== null && (state === null || state.phase === 'checking'),
    sent,
    problem,
    check(text, places) {
      setSent(false)
      setProblem(null)
      setAsked({ run: crypto.randomUUID(), text, places })
    },
    async send(confirmations, reason) {
      setProblem(null)
      const result = await answer(client.create.send({ run, cells: null, confirmations, reason }))
      if (result.ok) setSent(true)
      else setProblem(result.problem)
    },
    stop: () => void client.create.stop({ run }).catch(() => undefined),
  }
}

/** Whether a cell would be sent by the next Create or Try again. */
export function canSend({ kind }: CellState): boolean {
  return kind === 'ready' || kind === 'later' || kind === 'failed' || kind === 'skipped'
}

/** Every problem of a check, each once: the same text is checked in several contexts. */
export function problemsOf({ documents, cells }: CreateState): readonly Problem[] {
  const problems = [
    ...documents.map(({ problem }) => problem),
    ...cells.flat().map(state => (state.kind === 'refused' || state.kind === 'failed' ? state.problem : null)),
  ].filter(problem => problem !== null)
  return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()]
}
