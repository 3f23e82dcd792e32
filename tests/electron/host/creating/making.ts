import { randomUUID } from 'node:crypto'
import type { CellState, CreatePlace, CreateState } from '../../../../contract/create.ts'
import { unwrap, type Workbench } from '../editing/workbench.ts'

type Sent = { readonly cells?: readonly (readonly [document: number, place: number])[]; readonly typed?: string }

/** A creation as the page follows it: what was checked, and what became of it when it was sent. */
export async function startCreation(workbench: Workbench, text: string, places: readonly CreatePlace[]) {
  const run = randomUUID()
  const page = new AbortController()
  const states = await workbench.client.create.run({ run, text, places: [...places] }, { signal: page.signal })
  let state: CreateState | null = null
  /** Reads on until the state is so. */
  const until = async (isIt: (state: CreateState) => boolean): Promise<CreateState> => {
    while (state === null || !isIt(state)) {
      const next = await states.next()
      if (next.done) throw new Error('the creation ended')
      state = next.value
    }
    return state
  }
  const checked = await until(({ phase }) => phase === 'checked')
  return {
    checked,
    words: () => words(state ?? checked),
    async send({ cells, typed }: Sent = {}): Promise<readonly string[]> {
      const confirmations = typed === undefined ? {} : { practice: typed }
      const chosen = cells?.map(([document, place]) => ({ document, place })) ?? null
      unwrap(await workbench.client.create.send({ run, cells: chosen, confirmations }))
      // What was told before is not what came of it.
      state = null
      return words(await until(({ phase }) => phase === 'checked'))
    },
    stop: () => workbench.client.create.stop({ run }),
    until,
    cell: (document: number, place: number) => workbench.client.create.cell({ run, document, place }),
    leave: () => page.abort(),
  }
}

/** Each cell as a word or two, in rows: `Kind name: here | there`. */
export function words({ documents, cells }: CreateState): readonly string[] {
  return cells.map((row, index) => {
    const { kind, name } = documents[index] ?? { kind: null, name: null }
    return `${kind} ${name}: ${row.map(word).join(' | ')}`
  })
}

function word(state: CellState): string {
  switch (state.kind) {
    case 'refused':
    case 'failed':
    case 'unknown':
      return `${state.kind} ${state.problem.code}`
    case 'later':
      return `later ${state.needs} ${state.document}`
    case 'waiting':
      return `waiting ${state.for}`
    case 'skipped':
      return `skipped ${state.document}`
    default:
      return state.kind
  }
}
