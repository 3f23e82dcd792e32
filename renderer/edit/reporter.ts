import { ChangeSet, type Text } from '@codemirror/state'
import type { Report } from '../../contract/edit.ts'
import { fail, ok, type Problem, type Result } from '../../core/problem.ts'
import type { SecretData } from '../../core/secret-data.ts'
import type { TextChange } from '../../core/session.ts'

/**
 * Whether all that was typed is with the host. `away`: the host does not answer, the text is kept here.
 * `refused`: the host takes no more from this page (`edit-busy`: another page writes; `edit-unknown`).
 */
export type ReportState =
  /** `textVersion` is the version that the host said it has. */
  | { readonly kind: 'held'; readonly textVersion: number }
  | { readonly kind: 'sending' }
  | { readonly kind: 'away' }
  | { readonly kind: 'refused'; readonly problem: Problem }

/** What keeps the text from the host. */
export type Trouble = Extract<ReportState, { kind: 'away' | 'refused' }>

/** What keeps the text from the host; null while nothing does. */
export function troubleOf(report: ReportState): Trouble | null {
  return report.kind === 'away' || report.kind === 'refused' ? report : null
}

/** Tells the host what happens to the text of one edit, in order, one report at a time. */
export type Reporter = {
  readonly state: () => ReportState
  /** The version of the text in the editor. */
  readonly version: () => number
  /** Takes a change of the text; it is on its way within `delay` milliseconds. */
  readonly changed: (changes: ChangeSet) => void
  /** Takes the move of the text onto a new base, and sends it at once. */
  readonly rebased: (changes: ChangeSet, fromBase: string, toBase: string) => void
  /** Takes a change after which the text shows a Secret's values so, and sends it at once. */
  readonly viewed: (changes: ChangeSet, secretData: SecretData) => void
  /** Sends the whole text: where it was changed without a change set. */
  readonly retyped: () => void
  /** Sends what is unsent; settles once the host has the text, or cannot take it. */
  readonly flush: () => Promise<Result<{ readonly textVersion: number }>>
  /** The host is there again: sends what it may have missed. */
  readonly reconnected: () => void
  readonly end: () => void
}

export type ReporterOptions = {
  readonly edit: string
  readonly lease: number
  /** The version of the text that the host holds at the beginning. */
  readonly textVersion: number
  /** The text in the editor now. */
  readonly document: () => Text
  /** How it shows the values of a Secret. */
  readonly secretData: () => SecretData
  readonly send: (report: Report) => Promise<Result<{ readonly textVersion: number }>>
  readonly onState: (state: ReportState) => void
  /** Milliseconds from a change to its report. */
  readonly delay?: number
}

type Pending =
  | { readonly kind: 'edited'; readonly changes: ChangeSet; readonly version: number }
  | {
      readonly kind: 'viewed'
      readonly changes: ChangeSet
      readonly secretData: SecretData
      readonly version: number
    }
  | {
      readonly kind: 'rebased'
      readonly changes: ChangeSet | null
      readonly fromBase: string
      readonly toBase: string
      readonly version: number
    }

// The contract takes no longer list; the whole text is then shorter to tell.
const mostChanges = 100_000

/** A reporter for an edit just taken up. */
export function createReporter(options: ReporterOptions): Reporter {
  const { edit, lease, document, secretData, send, onState, delay = 200 } = options
  let held = options.textVersion
  let version = options.textVersion
  let queue: Pending[] = []
  // True when the host may hold another text than `held` says: only the whole text helps.
  let gap = false
  let busy = false
  let ended = false
  // How often the host came back: a report that was lost before the last time is sent again at once.
  let revivals = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let state: ReportState = { kind: 'held', textVersion: options.textVersion }
  let waiting: ((result: Result<{ readonly textVersion: number }>) => void)[] = []

  function enter(next: ReportState): void {
    if (state.kind === next.kind && next.kind !== 'refused') return
    state = next
    onState(next)
  }

  function push(entry: Pending): void {
    version = entry.version
    const last = queue.at(-1)
    if (entry.kind === 'edited' && last?.kind === 'edited') {
      queue[queue.length - 1] = { ...entry, changes: last.changes.compose(entry.changes) }
    } else queue.push(entry)
    if (state.kind === 'held') enter({ kind: 'sending' })
  }

  function soon(): void {
    if (timer === null && !busy && !ended && state.kind === 'sending') timer = setTimeout(() => void pump(), delay)
  }

  function nextReport(): Report {
    if (gap) {
      gap = false
      // Every change of the text is in it; what is left to tell are the moves of the base.
      queue = queue.flatMap(entry => (entry.kind === 'rebased' ? [{ ...entry, changes: null, version }] : []))
      const text = document().toString()
      return { kind: 'retyped', edit, lease, textVersion: version, text, secretData: secretData() }
    }
    const entry = queue.shift()
    if (entry === undefined) throw new Error('nothing to report')
    const changes = entry.changes === null ? [] : listChanges(entry.changes)
    const range = { edit, lease, fromVersion: held, textVersion: entry.version, changes }
    if (entry.kind === 'rebased') return { kind: 'rebased', ...range, fromBase: entry.fromBase, toBase: entry.toBase }
    if (changes.length <= mostChanges) {
      return entry.kind === 'viewed'
        ? { kind: 'viewed', ...range, secretData: entry.secretData }
        : { kind: 'edited', ...range }
    }
    gap = true
    return nextReport()
  }

  async function pump(): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (busy || ended || state.kind === 'refused') return
    busy = true
    try {
      while (!ended && (gap || queue.length > 0)) {
        const report = nextReport()
        const revived = revivals
        const answer = await send(report).catch(error => {
          keepUnsent(report)
          enter({ kind: 'away' })
          throw error
        })
        if (answer.ok) held = answer.value.textVersion
        else if (!recover(answer.problem, report, revivals > revived)) return settle(answer)
      }
      enter({ kind: 'held', textVersion: held })
      settle(ok({ textVersion: held }))
    } finally {
      busy = false
    }
  }

  /** Whether the reports go on after a refusal. */
  function recover(problem: Problem, report: Report, revived: boolean): boolean {
    if (problem.code === 'text-behind') {
      version = Math.max(version, problem.hostVersion) + 1
      keepUnsent(report)
      return true
    }
    // The host has moved the base already: the answer to the first telling was lost.
    if (problem.code === 'base-moved' && report.kind === 'rebased') {
      gap = true
      version += 1
      return true
    }
    keepUnsent(report)
    if (problem.code !== 'host-gone') enter({ kind: 'refused', problem })
    else if (!revived) enter({ kind: 'away' })
    else version += 1
    return problem.code === 'host-gone' && revived
  }

  function keepUnsent(report: Report): void {
    gap = true
    if (report.kind !== 'rebased') return
    const { fromBase, toBase } = report
    queue.unshift({ kind: 'rebased', changes: null, fromBase, toBase, version })
  }

  function settle(result: Result<{ readonly textVersion: number }>): void {
    const settled = waiting
    waiting = []
    for (const resolve of settled) resolve(result)
  }

  return {
    state: () => state,
    version: () => version,
    changed: changes => {
      push({ kind: 'edited', changes, version: version + 1 })
      soon()
    },
    rebased: (changes, fromBase, toBase) => {
      push({ kind: 'rebased', changes, fromBase, toBase, version: version + 1 })
      if (state.kind === 'sending') void pump()
    },
    viewed: (changes, secretData) => {
      push({ kind: 'viewed', changes, secretData, version: version + 1 })
      if (state.kind === 'sending') void pump()
    },
    retyped: () => {
      version += 1
      gap = true
      if (state.kind === 'held') enter({ kind: 'sending' })
      soon()
    },
    flush: () => {
      if (state.kind === 'refused') return Promise.resolve(fail(state.problem))
      if (state.kind === 'held') return Promise.resolve(ok({ textVersion: held }))
      const answer = new Promise<Result<{ readonly textVersion: number }>>(resolve => waiting.push(resolve))
      void pump()
      return answer
    },
    reconnected: () => {
      revivals += 1
      if (state.kind !== 'away') return
      // The connection may have been lost before or after the host took the report.
      version += 1
      gap = true
      enter({ kind: 'sending' })
      void pump()
    },
    end: () => {
      ended = true
      if (timer !== null) clearTimeout(timer)
      settle(fail({ code: 'host-gone' }))
    },
  }
}

/** A change set as the contract tells it. */
export function listChanges(changes: ChangeSet): TextChange[] {
  const list: TextChange[] = []
  changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    list.push({ from, to, insert: inserted.toString() })
  })
  return list
}

/** The change set of a list of changes in a text of `length` UTF-16 units. */
export function changeSet(changes: readonly TextChange[], length: number): ChangeSet {
  return ChangeSet.of([...changes], length)
}
