import {
  type CellState,
  type CreateCell,
  type CreatePlace,
  type CreateState,
  mostCells,
} from '../../../contract/create.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { isSecret, maskPair } from '../../../core/secrets.ts'
import { plainView, viewObject } from '../../../core/view.ts'
import { printYaml } from '../../../core/yaml.ts'
import { confirmedBy } from '../clusters/write-gate.ts'
import { kubectlCommand } from '../editing/command.ts'
import { showRequest } from '../editing/review.ts'
import { nothingKnown } from '../editing/schema.ts'
import type { Run, RunPhase } from '../runs.ts'
import { createNotifier } from '../streams.ts'
import { type Checked, checkDocument } from './check.ts'
import type { CreationParts } from './creations.ts'
import { type Document, documentsOf } from './documents.ts'
import { creationOrder } from './order.ts'
import { checkWhenServed, type SendFacts, sendChecked } from './send.ts'

/** One creation, from its check to its last object. */
export type CreateRun = Run<CreateState, SendAsk> & {
  readonly cell: (document: number, place: number) => Result<CreateCell>
}

export type SendAsk = {
  readonly cells: readonly { readonly document: number; readonly place: number }[] | null
  readonly confirmations: Readonly<Record<string, string>>
  readonly reason: string | null
}

type Cell = { state: CellState; checked: Checked | null }

/** A server checks so many documents at once; contexts are checked beside each other. */
const atOnce = 4

/** A run that has read nothing yet. `signal` ends it at once; what is on its way is then settled by nobody. */
export function createRun(
  parts: CreationParts,
  { text, places }: { readonly text: string; readonly places: readonly CreatePlace[] },
  signal: AbortSignal,
): CreateRun {
  const changed = createNotifier()
  let documents: readonly Document[] = []
  let cells: readonly (readonly Cell[])[] = []
  let order: readonly number[] = []
  let phase: RunPhase = 'checking'
  let problem: Problem | null = null
  let unkept: Problem | null = null
  let stopping = new AbortController()

  const cellAt = (document: number, place: number): Cell | null => cells[document]?.[place] ?? null
  const put = (document: number, place: number, state: CellState, checked?: Checked | null) => {
    const cell = cellAt(document, place)
    if (cell === null) return
    cell.state = state
    if (checked !== undefined) cell.checked = checked
    changed.notify()
  }
  const enter = (next: RunPhase) => {
    phase = next
    changed.notify()
  }
  const factsOf = (place: CreatePlace) => {
    const cluster = parts.clusters.cluster(place.context)
    if (!cluster.ok) return cluster
    const { work } = parts
    return ok({ cluster: cluster.value, place, documents, fieldManager: parts.fieldManager(), work, signal })
  }
  /** The documents that stand in a place by now: made by this run, or there before it. */
  const standing = (place: number): ReadonlySet<number> =>
    new Set(order.filter(index => ['created', 'exists'].includes(cellAt(index, place)?.state.kind ?? '')))

  async function read(): Promise<void> {
    const options = { kindSchema: nothingKnown, size: text.length, signal }
    documents = documentsOf(text, await parts.work.run('readManifest', { text }, options))
    order = creationOrder(documents.map(({ object }) => object))
    const count = documents.length * places.length
    if (documents.length === 0) problem = { code: 'yaml-empty' }
    else if (count > mostCells) problem = { code: 'too-many-objects', count, limit: mostCells }
    if (problem !== null) return
    cells = documents.map(() => places.map(() => ({ state: { kind: 'checking' }, checked: null })))
  }

  async function checkPlace(place: CreatePlace, at: number): Promise<void> {
    const facts = factsOf(place)
    const queue = [...order]
    const checkNext = async () => {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        if (!facts.ok) put(index, at, { kind: 'refused', problem: facts.problem })
        else {
          const { state, checked } = await checkDocument(index, facts.value, new Set())
          put(index, at, state, checked)
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, checkNext))
  }

  async function sendPlace(place: CreatePlace, at: number, indices: readonly number[], ask: SendAsk): Promise<void> {
    const found = factsOf(place)
    const { signal: stop } = stopping
    for (const index of indices) {
      if (!found.ok) put(index, at, { kind: 'failed', problem: found.problem })
      else if (!stop.aborted) {
        const cluster = confirmedBy(found.value.cluster, ask.confirmations[place.context] ?? null)
        const onState = (state: CellState) => put(index, at, state)
        const onUnkept = (told: Problem) => {
          unkept = told
          changed.notify()
        }
        const own = { ledger: parts.ledger, reason: ask.reason, stop, onState, onUnkept }
        await sendCell(index, at, { ...found.value, ...own, cluster })
      }
    }
  }

  async function sendCell(index: number, at: number, facts: SendFacts): Promise<void> {
    const [cell, document] = [cellAt(index, at), documents[index]]
    if (cell === null || document === undefined) return
    const needs = lastNeed.get(cell)
    if (needs !== undefined && !standing(at).has(needs.document))
      return put(index, at, { kind: 'skipped', document: needs.document })
    if (cell.checked === null) {
      put(index, at, { kind: 'waiting', for: needs?.needs ?? 'server' })
      const check = await checkWhenServed(index, facts, standing(at))
      // What was just seen to be possible is sent below; all else is said.
      if (check.checked === null) return put(index, at, check.state)
      cell.checked = check.checked
    }
    put(index, at, await sendChecked(document, cell.checked, facts))
  }

  /** What a cell had to wait for, as its check said: its state says other things since. */
  const lastNeed = new Map<Cell, Extract<CellState, { kind: 'later' }>>()

  return {
    state: () => ({
      documents: documents.map(({ shown }) => shown),
      places,
      cells: cells.map(row => row.map(({ state }) => state)),
      order,
      phase,
      problem,
      unkept,
    }),
    listen: changed.listen,
    phase: () => phase,
    async check() {
      await read()
      changed.notify()
      if (problem === null) await Promise.all(places.map(checkPlace))
      for (const cell of cells.flat()) if (cell.state.kind === 'later') lastNeed.set(cell, cell.state)
      enter('checked')
    },
    async send(ask) {
      stopping = new AbortController()
      const queued = places.map((_, at) => order.filter(index => isWanted(ask, index, at, cellAt(index, at))))
      const before = new Map<Cell, CellState>()
      for (const [at, indices] of queued.entries()) {
        for (const index of indices) {
          const cell = cellAt(index, at)
          if (cell === null) continue
          before.set(cell, cell.state)
          cell.state = { kind: 'queued' }
        }
      }
      enter('sending')
      await Promise.all(places.map((place, at) => sendPlace(place, at, queued[at] ?? [], ask)))
      // What a stop has left unsent is as it was.
      for (const [cell, state] of before) if (cell.state.kind === 'queued') cell.state = state
      enter('checked')
    },
    stop() {
      if (phase === 'sending') enter('stopping')
      stopping.abort()
    },
    cell(document, place) {
      const checked = cellAt(document, place)?.checked ?? null
      const context = places[place]?.context
      if (checked === null || context === undefined) return fail({ code: 'run-unknown' })
      return ok(showCell(checked, context, parts))
    },
  }
}

/** Whether a cell shall be sent, and can be: what nobody can tell of is never sent again by itself. */
function isWanted({ cells }: SendAsk, document: number, place: number, cell: Cell | null): boolean {
  if (cell === null) return false
  const asked = cells === null || cells.some(one => one.document === document && one.place === place)
  return asked && ['ready', 'later', 'failed', 'skipped'].includes(cell.state.kind)
}

function showCell({ object, promised, request }: Checked, context: string, parts: CreationParts): CreateCell {
  const secret = isSecret(object)
  const seen = viewObject(promised, plainView)
  const [before, after] = maskPair(object, seen)
  const shown = showRequest(request, secret)
  const { clusters, kubeconfigGiven } = parts
  const facts = { context, actingAs: clusters.actingAs(context), fieldManager: request.fieldManager, kubeconfigGiven }
  return {
    before: before === null ? '' : printYaml(before),
    after: after === null ? '' : printYaml(after),
    request: shown,
    command: kubectlCommand(request, secret ? shown.body : request.body, secret, facts),
  }
}
