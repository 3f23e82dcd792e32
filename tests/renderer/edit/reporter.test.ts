import { ChangeSet, Text } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../../contract/edit.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { changeText } from '../../../core/session.ts'
import { createReporter, type Reporter, type ReportState } from '../../../renderer/edit/reporter.ts'

type Answer = Result<{ readonly textVersion: number }>

/** A host's side of the reports: takes them as `core/session` does. */
class Taker {
  text: string
  version = 0
  base = '1'
  reports: Report[] = []
  /** What becomes of the next reports: taken, lost before or after the host took it, or answered as if behind. */
  luck: ('lost' | 'taken-but-lost')[] = []

  constructor(text: string) {
    this.text = text
  }

  send = async (report: Report): Promise<Answer> => {
    this.reports.push(report)
    const luck = this.luck.shift()
    if (luck === 'lost') return fail({ code: 'host-gone' })
    const answer = this.take(report)
    return luck === 'taken-but-lost' ? fail({ code: 'host-gone' }) : answer
  }

  private take(report: Report): Answer {
    const behind = fail({ code: 'text-behind', hostVersion: this.version } as const)
    if (report.kind === 'retyped') {
      if (report.textVersion < this.version) return behind
      this.text = report.text
    } else {
      if (report.kind === 'rebased' && report.fromBase !== this.base) return fail({ code: 'base-moved' })
      if (report.fromVersion !== this.version) return behind
      this.text = changeText(this.text, report.changes)
      if (report.kind === 'rebased') this.base = report.toBase
    }
    this.version = report.textVersion
    return ok({ textVersion: this.version })
  }
}

function begin(text: string): {
  taker: Taker
  reporter: Reporter
  states: ReportState['kind'][]
  type: (from: number, to: number, insert: string) => void
  rebase: (insert: string, toBase: string) => void
  text: () => string
} {
  const taker = new Taker(text)
  let document = Text.of(text.split('\n'))
  let base = '1'
  const states: ReportState['kind'][] = []
  const reporter = createReporter({
    edit: 'e',
    lease: 1,
    textVersion: 0,
    secretData: () => 'encoded',
    document: () => document,
    send: taker.send,
    onState: state => states.push(state.kind),
    delay: 1,
  })
  const change = (from: number, to: number, insert: string) => {
    const changes = ChangeSet.of({ from, to, insert }, document.length)
    document = changes.apply(document)
    return changes
  }
  return {
    taker,
    reporter,
    states,
    type: (from, to, insert) => reporter.changed(change(from, to, insert)),
    rebase: (insert, toBase) => {
      reporter.rebased(change(0, 0, insert), base, toBase)
      base = toBase
    },
    text: () => document.toString(),
  }
}

describe('what is typed reaches the host', () => {
  test('changes in a row are one report', async () => {
    const { taker, reporter, type, text } = begin('one two')
    type(3, 3, ',')
    type(8, 8, ' three')
    expect(await reporter.flush()).toEqual(ok({ textVersion: 2 }))
    expect(taker.reports).toHaveLength(1)
    expect(taker.text).toBe(text())
  })

  test('a flush with nothing unsent asks nobody', async () => {
    const { taker, reporter } = begin('x')
    expect(await reporter.flush()).toEqual(ok({ textVersion: 0 }))
    expect(taker.reports).toEqual([])
  })

  test('without a flush it goes by itself, and says when it is there', async () => {
    const { taker, states, type } = begin('x')
    type(0, 1, 'y')
    await expect.poll(() => taker.text).toBe('y')
    await expect.poll(() => states).toEqual(['sending', 'held'])
  })

  test('a host that is behind gets the whole text', async () => {
    const { taker, reporter, type } = begin('x')
    taker.version = 5
    type(0, 1, 'y')
    expect(await reporter.flush()).toEqual(ok({ textVersion: 6 }))
    expect(taker.reports.map(report => report.kind)).toEqual(['edited', 'retyped'])
    expect(taker.text).toBe('y')
  })

  test('a move onto a new base is told after what was typed before it', async () => {
    const { taker, reporter, type, rebase, text } = begin('x')
    type(1, 1, 'y')
    rebase('# moved\n', '2')
    type(0, 0, 'z')
    await reporter.flush()
    expect(taker.reports.map(report => report.kind)).toEqual(['edited', 'rebased', 'edited'])
    expect([taker.text, taker.base]).toEqual([text(), '2'])
  })

  test('a page that may not write any more keeps its text and says so', async () => {
    const { taker, reporter, type } = begin('x')
    taker.send = async () => fail({ code: 'edit-busy' })
    const refused = createReporter({
      edit: 'e',
      lease: 1,
      textVersion: 0,
      secretData: () => 'encoded',
      document: () => Text.of(['y']),
      send: async () => fail({ code: 'edit-busy' }),
      onState: () => undefined,
    })
    refused.changed(ChangeSet.of({ from: 0, to: 1, insert: 'y' }, 1))
    expect(await refused.flush()).toEqual(fail({ code: 'edit-busy' }))
    expect(refused.state()).toEqual({ kind: 'refused', problem: { code: 'edit-busy' } })
    reporter.end()
    type(0, 0, '')
  })
})

type Act =
  | { readonly kind: 'type'; readonly at: number; readonly remove: number; readonly insert: string }
  | { readonly kind: 'rebase' }
  | { readonly kind: 'flush' }
  | { readonly kind: 'lose'; readonly how: 'lost' | 'taken-but-lost' }
  | { readonly kind: 'reconnect' }

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('type' as const),
      at: fc.nat(40),
      remove: fc.nat(4),
      insert: fc.string({ maxLength: 4 }).map(text => text.replace(/\r/g, '')),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'rebase' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'flush' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('lose' as const),
      how: fc.constantFrom('lost' as const, 'taken-but-lost' as const),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'reconnect' as const }) },
)

test('whatever gets lost on the way, host and page end with the same text and base', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async acts => {
      const { taker, reporter, type, rebase, text } = begin('apiVersion: v1\nkind: Pod\n')
      let base = 1
      for (const step of acts) {
        if (step.kind === 'type') {
          const at = Math.min(step.at, text().length)
          type(at, Math.min(at + step.remove, text().length), step.insert)
        } else if (step.kind === 'rebase') {
          base += 1
          rebase('#\n', String(base))
        } else if (step.kind === 'flush') await reporter.flush()
        else if (step.kind === 'lose') taker.luck.push(step.how)
        else reporter.reconnected()
      }
      taker.luck = []
      reporter.reconnected()
      const flushed = await reporter.flush()
      expect(flushed.ok).toBe(true)
      expect([taker.text, taker.base]).toEqual([text(), String(base)])
      reporter.end()
    }),
    { numRuns: 500, verbose: 1 },
  )
})
