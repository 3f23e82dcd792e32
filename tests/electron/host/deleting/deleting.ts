import { randomUUID } from 'node:crypto'
import { type DeleteOptions, type DeleteState, usualDelete } from '../../../../contract/delete.ts'
import { unwrap, type Workbench } from '../editing/workbench.ts'

export type Named = {
  readonly type: string
  readonly name: string
  readonly uid?: string
  readonly namespace?: string | null
  readonly context?: string
}

/** A deletion as the page follows it, checked. */
export async function startDeletion(bench: Workbench, named: readonly Named[], options: Partial<DeleteOptions> = {}) {
  const run = randomUUID()
  const page = new AbortController()
  const objects = named.map(({ type, name, uid = null, namespace = bench.namespace, context = 'practice' }) => {
    const [resource = '', version = '', ...group] = type.split('.')
    return { context, group: group.join('.'), version, resource, namespace, name, subresource: null, uid }
  })
  const ask = { run, objects, options: { ...usualDelete, ...options } }
  const states = await bench.client.deletion.run(ask, { signal: page.signal })
  let state: DeleteState | null = null
  const until = async (isIt: (state: DeleteState) => boolean): Promise<DeleteState> => {
    while (state === null || !isIt(state)) {
      const next = await states.next()
      if (next.done) throw new Error('the deletion ended')
      state = next.value
    }
    return state
  }
  const checked = await until(({ phase, search }) => phase === 'checked' && search.done)
  return {
    checked,
    until,
    async send(typed: string | null = null) {
      unwrap(await bench.client.deletion.send({ run, items: null, confirmations: {}, typed }))
      state = null
      return until(({ phase }) => phase === 'checked')
    },
    trySend: (typed: string | null) => bench.client.deletion.send({ run, items: null, confirmations: {}, typed }),
    async adjust(options: DeleteOptions) {
      await bench.client.deletion.adjust({ run, options })
      state = null
      return until(({ phase }) => phase === 'checked')
    },
    leave: () => page.abort(),
  }
}
