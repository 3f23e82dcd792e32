import { useState } from 'react'
import type { QuickAsk, QuickObject, QuickState, UnfinishedRun } from '../../contract/quick.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useClient, useStream } from '../app/use-host.ts'

/** A quick edit of several objects as the dialog shows it. `sent`: something was sent, so what stands there is a result. */
export type QuickRun = {
  readonly state: QuickState | null
  readonly lost: boolean
  readonly sent: boolean
  readonly problem: Problem | null
  /** Plans and dry-runs it for each of them. */
  readonly check: (ask: QuickAsk) => void
  readonly send: (ask: {
    readonly confirmations: Readonly<Record<string, string>>
    readonly acknowledged: boolean
    readonly reason: string | null
  }) => Promise<void>
  readonly stop: () => void
}

/** Reads objects, checks a quick edit of them, and sends it when the person says so. `goesOn`: the unfinished one whose rest it is. */
export function useQuickRun(
  objects: readonly QuickObject[],
  goesOn: Pick<UnfinishedRun, 'run' | 'ask'> | null,
): QuickRun {
  const client = useClient()
  const [run] = useState(() => crypto.randomUUID())
  const [sent, setSent] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asked, setAsked] = useState(goesOn?.ask ?? null)
  const { value: state, state: stream } = useStream(run, (client, signal) =>
    client.quick.run({ run, objects: [...objects], ask: asked, goesOn: goesOn?.run ?? null }, { signal }),
  )
  return {
    state,
    lost: stream === 'reconnecting',
    sent,
    problem,
    check(ask) {
      setAsked(ask)
      // Where the run is not there any more, the next one begins with this.
      client.quick.adjust({ run, ask }).catch(() => undefined)
    },
    async send(ask) {
      setProblem(null)
      const result = await answer(client.quick.send({ run, ...ask }))
      if (result.ok) setSent(true)
      else setProblem(result.problem)
    },
    stop: () => void client.quick.stop({ run }).catch(() => undefined),
  }
}
