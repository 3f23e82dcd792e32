import { useState } from 'react'
import { type DeleteObject, type DeleteOptions, type DeleteState, usualDelete } from '../../contract/delete.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useClient, useStream } from '../app/use-host.ts'

/** A deletion as the dialog shows it. `sent`: something was sent, so what stands there is a result. */
export type Deletion = {
  readonly state: DeleteState | null
  readonly lost: boolean
  readonly sent: boolean
  readonly problem: Problem | null
  readonly adjust: (options: Partial<DeleteOptions>) => void
  readonly send: (ask: SendAsk) => Promise<void>
  readonly stop: () => void
}

export type SendAsk = {
  readonly confirmations: Readonly<Record<string, string>>
  readonly typed: string | null
  readonly reason: string | null
}

/** Checks the deletion of objects, and sends it when the person says so. */
export function useDeletion(objects: readonly DeleteObject[]): Deletion {
  const client = useClient()
  const [run] = useState(() => crypto.randomUUID())
  const [sent, setSent] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asked, setAsked] = useState<DeleteOptions>(usualDelete)
  const { value: state, state: stream } = useStream(run, (client, signal) =>
    client.deletion.run({ run, objects: [...objects], options: asked }, { signal }),
  )
  return {
    state,
    lost: stream === 'reconnecting',
    sent,
    problem,
    adjust(part) {
      const options = { ...asked, ...part }
      setAsked(options)
      // Where the run is not there any more, the next one begins with these.
      client.deletion.adjust({ run, options }).catch(() => undefined)
    },
    async send(ask) {
      setProblem(null)
      const result = await answer(client.deletion.send({ run, items: null, ...ask }))
      if (result.ok) setSent(true)
      else setProblem(result.problem)
    },
    stop: () => void client.deletion.stop({ run }).catch(() => undefined),
  }
}
