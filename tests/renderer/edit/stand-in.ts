import { createRouterClient, implement } from '@orpc/server'
import { contract } from '../../../contract/contract.ts'
import type { EditState, OpenedEdit, Report } from '../../../contract/edit.ts'
import type { Review, Submitted } from '../../../contract/review.ts'
import type { WriteChoice } from '../../../contract/strategy.ts'
import { type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { isObject, type ObjectRef, snapshotOf } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { baseVersion, type EditSession, openSession, type SessionId, step } from '../../../core/session.ts'
import { plainView } from '../../../core/view.ts'
import { printYaml } from '../../../core/yaml.ts'
import type { Host, HostState } from '../../../renderer/app/client.ts'

/** What a stand-in says when it is asked; each may be set anew at any time. */
export type Script = {
  review: (session: EditSession, choice: WriteChoice) => Promise<Result<Review>> | Result<Review>
  submit: (session: EditSession) => Promise<Result<Submitted>> | Result<Submitted>
  stop: () => void
  /** Changes what becomes of a report: null lets it through; a throw is a connection that broke before it arrived. */
  report: (report: Report) => Result<{ readonly textVersion: number }> | null
}

/** A host at the contract's seam that holds one edit, with the real session behind it. */
export type StandIn = {
  readonly host: Host
  readonly opened: OpenedEdit
  readonly script: Script
  readonly session: () => EditSession
  readonly reports: Report[]
  /** How each review that was asked for was to be written. */
  readonly choices: WriteChoice[]
  readonly discarded: () => boolean
  /** What is live from now on; a text may be moved onto it. */
  readonly setLive: (object: JsonObject) => void
  /** Another writer's change of the live object's spec, in its next version. */
  readonly moveOn: (spec: JsonObject) => void
  /** What the page sees of the live object and of others. */
  readonly tell: (state: Partial<EditState>) => void
  /** Ends or brings back the connection. */
  readonly connect: (open: boolean) => void
}

/** Opens an edit of `object`, which must have a uid and a resourceVersion. */
export function createStandIn(object: JsonObject, ref: ObjectRef, more: Partial<OpenedEdit> = {}): StandIn {
  const text = more.text ?? printYaml(object)
  // Ids are made by the host as plain texts.
  let session = openSession('edit-1' as SessionId, ref, snapshotOf(object), plainView, text)
  let lease = 1
  let discarded = false
  let hostState: HostState = { kind: 'open', session: 1 }
  let told: Partial<EditState> = {}
  let saved: JsonObject | null = null
  let live = object
  const reports: Report[] = []
  const choices: WriteChoice[] = []
  const listeners = new Set<() => void>()
  const watchers = new Set<() => void>()
  const wake = () => {
    for (const watcher of [...watchers]) watcher()
  }
  const script: Script = {
    stop: () => undefined,
    review: () => fail({ code: 'server-error', status: 500, message: 'no review is scripted' }),
    submit: () => fail({ code: 'server-error', status: 500, message: 'no submit is scripted' }),
    report: () => null,
  }

  const opened: OpenedEdit = {
    edit: session.id,
    lease,
    context: 'practice',
    ref,
    origin: 'edit',
    text,
    textVersion: 0,
    base: printJson(object),
    baseVersion: session.origin.kind === 'edit' ? session.origin.base.resourceVersion : null,
    applied: null,
    schema: null,
    readOnly: null,
    subresources: [],
    steps: null,
    secret: false,
    secretData: session.view.secretData,
    ...more,
  }

  const stateNow = (): EditState => ({
    edit: session.id,
    lease,
    textVersion: session.textVersion,
    baseVersion: baseVersion(session),
    live: { kind: 'present', resourceVersion: snapshotOf(live).resourceVersion },
    others: [],
    submitting: null,
    kept: { kind: 'kept' },
    recreation: null,
    restored: null,
    settled: null,
    ...told,
  })

  function take(report: Report): Result<{ readonly textVersion: number }> {
    reports.push(report)
    const scripted = script.report(report)
    if (scripted !== null) return scripted
    if (report.lease !== lease) return fail({ code: 'edit-busy' })
    const next = report.kind === 'rebased' ? rebase(report) : step(session, report)
    if (!next.ok) return next
    session = next.value
    wake()
    return ok({ textVersion: session.textVersion })
  }

  function rebase(report: Extract<Report, { kind: 'rebased' }>): Result<EditSession> {
    const known = [saved ?? live, live].map(snapshotOf)
    const base = known.find(({ resourceVersion }) => resourceVersion === report.toBase)
    return base === undefined ? fail<Problem>({ code: 'base-moved' }) : step(session, { ...report, base })
  }

  const os = implement(contract)
  const router = {
    edit: {
      watch: os.edit.watch.handler(async function* ({ signal }) {
        for (;;) {
          const next = new Promise<void>(resolve => {
            watchers.add(resolve)
            signal?.addEventListener('abort', () => resolve())
          })
          yield stateNow()
          await next
          if (signal?.aborted) return
        }
      }),
      converge: os.edit.converge.handler(async function* ({ signal }) {
        // Nothing is told of a submit here: that is for the real cluster.
        yield null
        await new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
      }),
      report: os.edit.report.handler(({ input }) => take(input)),
      live: os.edit.live.handler(() =>
        ok({ base: printJson(live), baseVersion: snapshotOf(live).resourceVersion, others: stateNow().others }),
      ),
      owners: os.edit.owners.handler(async function* ({ signal }) {
        yield { managedFields: '[]', keepers: [] }
        await new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
      }),
      dryRun: os.edit.dryRun.handler(() => ok({ kind: 'unchanged' })),
      heldElsewhere: os.edit.heldElsewhere.handler(() => ok(null)),
      impact: os.edit.impact.handler(() => ok({ lines: [], missed: [] })),
      review: os.edit.review.handler(({ input: { textVersion, choice } }) => {
        choices.push(choice)
        return textVersion === session.textVersion
          ? script.review(session, choice)
          : fail({ code: 'text-behind', hostVersion: session.textVersion })
      }),
      submit: os.edit.submit.handler(async () => {
        const result = await script.submit(session)
        if (result.ok && result.value.kind === 'saved') {
          const parsed = parseJson(result.value.base)
          if (parsed.ok && isObject(parsed.value)) saved = parsed.value
        }
        return result
      }),
      resume: os.edit.resume.handler(() => {
        lease += 1
        wake()
        const { text, textVersion } = session
        return ok({ ...opened, lease, text, textVersion })
      }),
      reveal: os.edit.reveal.handler(() => ({ ok: false, problem: { code: 'plan-stale' } })),
      revealCommand: os.edit.revealCommand.handler(() => ({ ok: false, problem: { code: 'plan-stale' } })),
      stopSubmit: os.edit.stopSubmit.handler(() => script.stop()),
      discard: os.edit.discard.handler(() => {
        discarded = true
      }),
      recreate: os.edit.recreate.handler(() =>
        ok({ ...opened, edit: 'edit-2', origin: 'create', base: null, baseVersion: null }),
      ),
    },
    schema: {
      watch: os.schema.watch.handler(async function* ({ signal }) {
        // What is said by a schema is for the real cluster.
        yield { kind: 'asking' } as const
        await new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
      }),
    },
  }
  // Only what an edit's tab asks for is there; another call fails loudly.
  const client = createRouterClient(router) as unknown as Host['client']

  return {
    host: {
      client,
      state: () => hostState,
      subscribe: listener => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      ready: () => Promise.resolve(),
      retry: () => undefined,
    },
    opened,
    script,
    session: () => session,
    reports,
    choices,
    discarded: () => discarded,
    setLive: next => {
      live = next
    },
    moveOn: spec => {
      const { metadata } = live
      const version = String(Number(snapshotOf(live).resourceVersion) + 1)
      const renewed = { ...(isObject(metadata) ? metadata : {}), resourceVersion: version }
      live = { ...live, metadata: renewed, spec: { ...(isObject(live.spec) ? live.spec : {}), ...spec } }
      wake()
    },
    tell: state => {
      told = { ...told, ...state }
      wake()
    },
    connect: open => {
      hostState = open ? { kind: 'open', session: 2 } : { kind: 'gone', attempt: 1, retryAt: 0 }
      for (const listener of [...listeners]) listener()
    },
  }
}
