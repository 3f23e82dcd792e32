import type { QuickAsk, QuickItem, QuickItemState, QuickObject, QuickState } from '../../../contract/quick.ts'
import type { Problem } from '../../../core/problem.ts'
import type { QuickFacts } from '../../../core/quick/offers.ts'
import { type QuickTotals, sumFacts } from '../../../core/quick/totals.ts'
import type { Cluster } from '../clusters/connection.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { eachByContext, type Run, type RunPhase } from '../runs.ts'
import { createNotifier } from '../streams.ts'
import { checkOne, nothingTold, sendOne, type Told } from './one.ts'
import type { QuickParts } from './quick-edits.ts'
import type { UnsentItem } from './unfinished.ts'

/** One quick edit of one or several objects, from its check to the last that is written. */
export type QuickRun = Run<QuickState, QuickSend> & {
  /** Another edit of the same objects: all are planned anew. False while it sends, and once something was sent. */
  readonly adjust: (ask: QuickAsk) => boolean
}

export type QuickSend = {
  readonly confirmations: Readonly<Record<string, string>>
  readonly acknowledged: boolean
  readonly reason: string | null
}

/** What a page asks for. `goesOn`: the run of an earlier host that this one ends. */
export type QuickAsked = {
  readonly run: string
  readonly objects: readonly QuickObject[]
  readonly ask: QuickAsk | null
  readonly goesOn: string | null
}

type Item = {
  readonly asked: QuickObject
  kind: string
  state: QuickItemState
  told: Told
  facts: QuickFacts | null
  edit: OpenEdit | null
}

/** A run that has read nothing yet. `signal` ends it at once, but for what is being sent. */
export function createQuickRun(
  { clusters, write, unfinished }: QuickParts,
  { run, objects, ask: first, goesOn }: QuickAsked,
  signal: AbortSignal,
): QuickRun {
  const changed = createNotifier()
  const items: readonly Item[] = objects.map(asked => ({
    asked,
    kind: asked.resource,
    state: { kind: 'reading' },
    told: nothingTold,
    facts: null,
    edit: null,
  }))
  let ask = first
  let phase: RunPhase = 'checking'
  let totals: QuickTotals | null = null
  let checks = new AbortController()
  let stopping = new AbortController()

  const put = (item: Item, what: Partial<Item>) => {
    Object.assign(item, what)
    changed.notify()
  }
  const enter = (next: RunPhase) => {
    phase = next
    changed.notify()
  }
  const eachItem = (chosen: readonly Item[], act: (item: Item, cluster: Cluster) => Promise<void>) =>
    eachByContext(clusters, chosen, { contextOf: ({ asked }) => asked.context, act, barred })
  const barred = (item: Item, problem: Problem) => put(item, { state: { kind: 'refused', problem } })

  async function checkAll(): Promise<void> {
    checks.abort()
    checks = new AbortController()
    const mine = AbortSignal.any([checks.signal, signal])
    const now = ask
    for (const item of items) {
      item.edit?.life.abort()
      put(item, { state: { kind: now === null ? 'reading' : 'checking' }, told: nothingTold, edit: null })
    }
    const done = eachItem(items, async (item, cluster) => {
      if (mine.aborted) return
      const checked = await checkOne(cluster, item.asked, now, write, mine)
      if (mine.aborted) return
      if (checked.ok) put(item, checked.value)
      else barred(item, checked.problem)
    })
    // What a newer check has cut off is of no interest any more.
    await done.catch(error => {
      if (!mine.aborted) throw error
    })
    if (mine.aborted) return
    totals = sumFacts(items.flatMap(({ facts }) => facts ?? []))
    enter('checked')
  }

  async function sendItem(item: Item, { confirmations, acknowledged, reason }: QuickSend): Promise<void> {
    const { edit } = item
    if (edit === null) return
    const { signal: stop } = stopping
    const hear = edit.changed.listen(() => {
      if (edit.writing !== null) put(item, { state: { kind: edit.writing.progress.kind } })
    })
    const stopWaiting = () => edit.writing?.stop.abort()
    stop.addEventListener('abort', stopWaiting)
    const confirmation = confirmations[item.asked.context] ?? null
    const sent = await sendOne(edit, { acknowledged, confirmation, reason }, write)
    stop.removeEventListener('abort', stopWaiting)
    hear()
    put(item, sent)
  }

  return {
    state: () => ({ ask, items: items.map(showItem), totals, phase }),
    listen: changed.listen,
    phase: () => phase,
    check: checkAll,
    adjust(next) {
      if (phase === 'sending' || phase === 'stopping' || items.some(wasSent)) return false
      ask = next
      enter('checking')
      checkAll().catch(error => {
        if (!signal.aborted) throw error
      })
      return true
    },
    async send(asked) {
      stopping = new AbortController()
      const { signal: stop } = stopping
      const wanted = items.filter(item => canSend(item, asked.acknowledged))
      const before = new Map(wanted.map(item => [item, item.state]))
      for (const item of wanted) item.state = { kind: 'queued' }
      if (ask !== null) unfinished.begin({ run, ask, reason: asked.reason, items: wanted.flatMap(keptItem) }, goesOn)
      enter('sending')
      await eachItem(wanted, async item => {
        if (!stop.aborted && !signal.aborted) await sendItem(item, asked)
      })
      // The host ends, but not its work: the next one tells how far it came.
      if (signal.aborted) return
      unfinished.end([run])
      // What a stop has left unsent is as it was.
      for (const [item, state] of before) if (item.state.kind === 'queued') item.state = state
      enter('checked')
    },
    stop() {
      if (phase === 'sending') enter('stopping')
      stopping.abort()
    },
  }
}

function canSend({ edit, state, told }: Item, acknowledged: boolean): boolean {
  if (edit === null || (told.fates.length > 0 && !acknowledged)) return false
  return state.kind === 'ready' || state.kind === 'failed'
}

function keptItem({ asked, kind, edit }: Item): readonly UnsentItem[] {
  if (edit === null) return []
  const { id, ref } = edit.session
  return [{ object: { ...asked, uid: asked.uid ?? (ref.uid || null) }, kind, edit: id, submit: null }]
}

function wasSent({ state }: Item): boolean {
  return state.kind === 'saved' || state.kind === 'failed' || state.kind === 'unknown'
}

function showItem({ asked: { uid: _, ...object }, kind, state, told }: Item): QuickItem {
  return { object, kind, state, ...told }
}
