import { randomUUID } from 'node:crypto'
import type { QuickAsk, QuickState } from '../../../../contract/quick.ts'
import { unwrap, type Workbench } from '../editing/workbench.ts'

/** An object of the workbench's namespace; `cluster` for one of no namespace. */
export type Named = { readonly type: string; readonly name: string; readonly cluster?: true; readonly context?: string }

/** Where an object is, as the contract takes it. */
export function targetOf(bench: Workbench, { type, name, cluster, context = 'practice' }: Named) {
  const [resource = '', version = '', ...group] = type.split('.')
  const namespace = cluster === true ? null : bench.namespace
  return { context, group: group.join('.'), version, resource, namespace, name, subresource: null }
}

/** A quick edit as the page follows it, checked. */
export async function startQuick(bench: Workbench, named: readonly Named[], ask: QuickAsk | null) {
  const run = randomUUID()
  const page = new AbortController()
  const objects = named.map(one => ({ ...targetOf(bench, one), uid: null }))
  const states = await bench.client.quick.run({ run, objects, ask }, { signal: page.signal })
  let state: QuickState | null = null
  const until = async (isIt: (state: QuickState) => boolean): Promise<QuickState> => {
    while (state === null || !isIt(state)) {
      const next = await states.next()
      if (next.done) throw new Error('the quick edit ended')
      state = next.value
    }
    return state
  }
  const checked = await until(({ phase }) => phase === 'checked')
  return {
    checked,
    until,
    /** Another change, of which nobody waits for the answer. */
    ask: (next: QuickAsk) => bench.client.quick.adjust({ run, ask: next }),
    async adjust(next: QuickAsk) {
      await bench.client.quick.adjust({ run, ask: next })
      state = null
      return until(({ phase, ask }) => phase === 'checked' && JSON.stringify(ask) === JSON.stringify(next))
    },
    async send(more: { acknowledged?: boolean; confirmations?: Record<string, string> } = {}) {
      const { acknowledged = false, confirmations = {} } = more
      unwrap(await bench.client.quick.send({ run, confirmations, acknowledged, reason: 'of a test' }))
      state = null
      return until(({ phase }) => phase === 'checked')
    },
    stop: () => bench.client.quick.stop({ run }),
    leave: () => page.abort(),
  }
}

/** Each object's state in a word, with the code of its problem. */
export function said({ items }: QuickState): readonly string[] {
  return items.map(({ state }) => ('problem' in state ? `${state.kind} ${state.problem.code}` : state.kind))
}
