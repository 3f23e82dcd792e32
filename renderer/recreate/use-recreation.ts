import { useState } from 'react'
import { type DeleteOptions, usualDelete } from '../../contract/delete.ts'
import type { RecreateState } from '../../contract/recreate.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useClient, useStream } from '../app/use-host.ts'

/** A re-creation as the dialog shows it. */
export type Recreation = {
  readonly state: RecreateState | null
  readonly problem: Problem | null
  readonly adjust: (options: Partial<DeleteOptions>) => void
  readonly send: (ask: {
    readonly confirmation: string | null
    readonly typed: string | null
    readonly reason: string | null
  }) => Promise<void>
  readonly stop: () => void
}

/** Checks the re-creation of an edit's object, and does it when the person says so. */
export function useRecreation(edit: string): Recreation {
  const client = useClient()
  const [run] = useState(() => crypto.randomUUID())
  const [problem, setProblem] = useState<Problem | null>(null)
  const [options, setOptions] = useState<DeleteOptions>(usualDelete)
  const { value: state } = useStream(run, (client, signal) => client.recreation.run({ run, edit, options }, { signal }))
  return {
    state,
    problem,
    adjust(part) {
      const next = { ...options, ...part }
      setOptions(next)
      // Where the run is not there any more, the next one begins with these.
      client.recreation.adjust({ run, options: next }).catch(() => undefined)
    },
    async send(ask) {
      const result = await answer(client.recreation.send({ run, ...ask }))
      setProblem(result.ok ? null : result.problem)
    },
    stop: () => void client.recreation.stop({ run }).catch(() => undefined),
  }
}
