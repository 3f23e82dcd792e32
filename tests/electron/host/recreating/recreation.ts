import { randomUUID } from 'node:crypto'
import { type DeleteOptions, usualDelete } from '../../../../contract/delete.ts'
import type { RecreateState } from '../../../../contract/recreate.ts'
import { unwrap, type Workbench } from '../editing/workbench.ts'

type Client = Workbench['client']

/** A re-creation as the page follows it, checked. */
export async function followRecreation(client: Client, edit: string, options = usualDelete) {
  const run = randomUUID()
  const page = new AbortController()
  const states = await client.recreation.run({ run, edit, options }, { signal: page.signal })
  let state: RecreateState | null = null
  const until = async (isIt: (state: RecreateState) => boolean): Promise<RecreateState> => {
    while (state === null || !isIt(state)) {
      const next = await states.next()
      if (next.done) throw new Error('the re-creation ended')
      state = next.value
    }
    return state
  }
  const checked = await until(({ trial, deletion }) => trial.kind !== 'asking' && deletion.phase === 'checked')
  return {
    checked,
    until,
    send: async () => unwrap(await client.recreation.send({ run, confirmation: null, typed: null, reason: 'why' })),
    adjust: (next: DeleteOptions) => client.recreation.adjust({ run, options: next }),
    stop: () => client.recreation.stop({ run }),
    leave: () => page.abort(),
  }
}
