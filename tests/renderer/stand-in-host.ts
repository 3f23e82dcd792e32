import { implement } from '@orpc/server'
import { type AppState, defaultSettings, type Settings } from '../../contract/app.ts'
import type { Ask, Row } from '../../contract/browse.ts'
import { contract } from '../../contract/contract.ts'
import type { ConvergeState } from '../../contract/converge.ts'
import type { EditState, OpenedEdit } from '../../contract/edit.ts'
import { type GuardState, noGuard, unlockMinutes } from '../../contract/guard.ts'
import type { ServedKinds } from '../../contract/kinds.ts'
import type { OwnersState } from '../../contract/owners.ts'
import type { KindFields, SchemaState } from '../../contract/schema.ts'
import type { SearchState } from '../../contract/search.ts'
import { fail, ok, type Problem } from '../../core/problem.ts'
import { formatTarget, openedEdit } from './stand-in-edit.ts'
import { servedBy, standInKinds } from './stand-in-kinds.ts'
import { chosen, rowsOf, viewState } from './stand-in-lists.ts'
import { standInObject } from './stand-in-object.ts'

/** How a stand-in begins. `rows` is the length of every list of a working context. */
export type StandInOptions = {
  readonly rows: number
  readonly settings?: Partial<Settings>
  /** Contexts by name; a problem where their cluster fails. */
  readonly contexts?: Readonly<Record<string, Problem | null>>
  readonly now?: () => number
  /** What the clusters say of the edited kind; nothing where not given. */
  readonly fields?: KindFields
  /** Guards by context; none where not named. */
  readonly guards?: Readonly<Record<string, Partial<GuardState>>>
}

/** A host at the contract's seam: lists made of numbers, settings in memory, one object to edit. */
export function createStandIn(options: StandInOptions) {
  const now = options.now ?? Date.now
  const contexts = options.contexts ?? { practice: null }
  const listeners = new Set<() => void>()
  let app: AppState = {
    version: '0.1.0',
    contexts: Object.entries(contexts).map(([name, problem]) => ({
      name,
      cluster: name,
      server: 'https://127.0.0.1:6443',
      user: 'admin',
      namespace: 'default',
      actingAs: null,
      guard: { ...noGuard, unlockedUntil: null, offered: false, ...options.guards?.[name] },
      connection:
        problem === null
          ? { kind: 'ready', version: 'v1.37.2', tooOld: false, slowMs: null }
          : { kind: 'failed', problem },
    })),
    currentContext: Object.keys(contexts)[0] ?? null,
    problems: [],
    kubeconfigs: [],
    plugins: [],
    practice: true,
    settings: { ...defaultSettings, language: 'en', ...options.settings },
    target: null,
  }
  type Held = { readonly rows: readonly Row[]; ask: Ask; wake: () => void }
  const asks = new Map<string, Held>()
  const edits = new Map<string, OpenedEdit>()
  const calls: string[] = []

  function change(next: Partial<AppState>): void {
    app = { ...app, ...next }
    for (const listener of [...listeners]) listener()
  }

  function changeGuard(context: string, part: Partial<GuardState>) {
    const contexts = app.contexts.map(one =>
      one.name === context ? { ...one, guard: { ...one.guard, ...part } } : one,
    )
    change({ contexts })
    return ok(undefined)
  }

  async function* states<T>(read: () => T, wait: (wake: () => void) => () => void, signal: AbortSignal | undefined) {
    while (signal?.aborted !== true) {
      const woken = Promise.withResolvers<void>()
      const stop = wait(woken.resolve)
      signal?.addEventListener('abort', () => woken.resolve(), { once: true })
      yield read()
      await woken.promise
      stop()
    }
  }

  const os = implement(contract)
  const router = os.router({
    app: {
      watch: os.app.watch.handler(({ signal }) =>
        states(
          () => app,
          wake => {
            listeners.add(wake)
            return () => listeners.delete(wake)
          },
          signal,
        ),
      ),
      saveSettings: os.app.saveSettings.handler(({ input }) => {
        const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
        change({ settings: { ...app.settings, ...given } })
      }),
    },
    guards: {
      set: os.guards.set.handler(({ input }) =>
        changeGuard(input.context, { ...input.guard, unlockedUntil: null, offered: false }),
      ),
      unlock: os.guards.unlock.handler(({ input }) =>
        changeGuard(input.context, { unlockedUntil: now() + unlockMinutes * 60_000 }),
      ),
      lock: os.guards.lock.handler(({ input }) => changeGuard(input.context, { unlockedUntil: null })),
    },
    contexts: {
      again: os.contexts.again.handler(() => ok({ kind: 'idle' })),
      impersonate: os.contexts.impersonate.handler(() => ok(undefined)),
      addKubeconfig: os.contexts.addKubeconfig.handler(() => ok(undefined)),
      removeKubeconfig: os.contexts.removeKubeconfig.handler(() => ok(undefined)),
      allowPlugin: os.contexts.allowPlugin.handler(() => ok(undefined)),
      stopPlugin: os.contexts.stopPlugin.handler(() => undefined),
      rememberNamespace: os.contexts.rememberNamespace.handler(() => ok(undefined)),
      forgetNamespace: os.contexts.forgetNamespace.handler(() => ok(undefined)),
    },
    access: {
      may: os.access.may.handler(({ input }) => input.questions.map(() => ({ answer: 'yes', reason: '' }))),
      rules: os.access.rules.handler(() => ok({ rules: [], urls: [], incomplete: false, evaluationError: '' })),
    },
    browse: {
      kinds: os.browse.kinds.handler(({ input }) => {
        const problem = contexts[input.context]
        return problem ? fail(problem) : ok({ kinds: standInKinds, failedGroups: [] })
      }),
      namespaces: os.browse.namespaces.handler(() =>
        ok({
          names: ['default', 'kube-public', 'kube-system', 'payments', 'shop', 'shop-staging'],
          typed: [],
          problem: null,
        }),
      ),
      view: os.browse.view.handler(async function* ({ input, signal }) {
        calls.push(`view ${input.scope.resource}`)
        const rows = rowsOf(input.scope, contexts, options.rows, now())
        let version = 0
        const held: Held = { rows, ask: input.ask, wake: () => undefined }
        asks.set(input.view, held)
        yield* states(
          () => viewState(++version, input.scope, held.ask, rows, contexts),
          wake => {
            held.wake = wake
            return () => undefined
          },
          signal,
        )
        asks.delete(input.view)
      }),
      adjust: os.browse.adjust.handler(({ input }) => {
        const held = asks.get(input.view)
        if (held === undefined) return false
        held.ask = input.ask
        held.wake()
        return true
      }),
      retry: os.browse.retry.handler(({ input }) => {
        calls.push('retry')
        return asks.has(input.view)
      }),
      rows: os.browse.rows.handler(async function* ({ input }) {
        const held = asks.get(input.view)
        if (held !== undefined) yield chosen(held.rows, held.ask, input.keys)
      }),
      export: os.browse.export.handler(async function* ({ input }) {
        const held = asks.get(input.view)
        if (held === undefined) return
        for (const row of chosen(held.rows, held.ask, input.keys)) yield `${row.name}\r\n`
      }),
    },
    kinds: {
      watch: os.kinds.watch.handler(({ input, signal }) =>
        states<ServedKinds>(
          () => servedBy(input.contexts.length > 0 ? input.contexts : Object.keys(contexts), contexts),
          () => () => undefined,
          signal,
        ),
      ),
      refresh: os.kinds.refresh.handler(() => undefined),
      details: os.kinds.details.handler(() => ok({ definition: null })),
    },
    search: {
      find: os.search.find.handler(({ signal }) =>
        states<SearchState>(
          () => ({
            meaning: { by: 'name', words: [], namespace: null, kind: null, category: null, context: null },
            state: 'done',
            found: [],
            total: 0,
            full: false,
            objects: 0,
            contexts: [],
          }),
          () => () => undefined,
          signal,
        ),
      ),
      goOn: os.search.goOn.handler(() => false),
    },
    edit: {
      open: os.edit.open.handler(({ input }) => {
        if (input.name.startsWith('missing')) {
          const { group, resource, namespace, name } = input
          return fail({ code: 'not-found', asked: { verb: 'get', group, resource, namespace, name }, message: '' })
        }
        const known = [...edits.values()].find(
          edit => formatTarget(edit) === formatTarget({ context: input.context, ref: input }),
        )
        const edit = known ?? openedEdit(`edit-${edits.size + 1}`, input)
        edits.set(edit.edit, edit)
        return ok(edit)
      }),
      resume: os.edit.resume.handler(({ input }) => {
        const edit = edits.get(input.edit)
        return edit === undefined ? fail({ code: 'edit-unknown' }) : ok(edit)
      }),
      converge: os.edit.converge.handler(({ signal }) =>
        states<ConvergeState | null>(
          () => null,
          () => () => undefined,
          signal,
        ),
      ),
      live: os.edit.live.handler(() => fail({ code: 'edit-unknown' })),
      owners: os.edit.owners.handler(({ signal }) =>
        states<OwnersState>(
          () => ({ managedFields: '[]', keepers: [] }),
          () => () => undefined,
          signal,
        ),
      ),
      impact: os.edit.impact.handler(() => ok({ lines: [], missed: [] })),
      dryRun: os.edit.dryRun.handler(() => ok({ kind: 'unchanged' })),
      heldElsewhere: os.edit.heldElsewhere.handler(() => ok(null)),
      list: os.edit.list.handler(() =>
        [...edits.values()].map(({ edit, context, ref, origin }) => ({
          edit,
          context,
          ref,
          origin,
          changed: false,
          resting: null,
          recreating: false,
        })),
      ),
      watch: os.edit.watch.handler(({ input, signal }) =>
        states<EditState>(
          () => ({
            edit: input.edit,
            lease: 1,
            textVersion: 0,
            baseVersion: '1',
            live: { kind: 'present', resourceVersion: '1' },
            others: [],
            submitting: null,
            kept: { kind: 'kept' },
            recreation: null,
            restored: null,
            settled: null,
          }),
          () => () => undefined,
          signal,
        ),
      ),
      report: os.edit.report.handler(() => fail({ code: 'edit-unknown' })),
      review: os.edit.review.handler(() => fail({ code: 'edit-unknown' })),
      submit: os.edit.submit.handler(() => fail({ code: 'edit-unknown' })),
      reveal: os.edit.reveal.handler(() => ({ ok: false, problem: { code: 'plan-stale' } })),
      revealCommand: os.edit.revealCommand.handler(() => ({ ok: false, problem: { code: 'plan-stale' } })),
      stopSubmit: os.edit.stopSubmit.handler(() => undefined),
      discard: os.edit.discard.handler(({ input }) => {
        edits.delete(input.edit)
      }),
      release: os.edit.release.handler(({ input }) => {
        edits.delete(input.edit)
      }),
      recreate: os.edit.recreate.handler(() => fail({ code: 'edit-unknown' })),
      againstLive: os.edit.againstLive.handler(() => fail({ code: 'edit-unknown' })),
    },
    compare: {
      objects: os.compare.objects.handler(() => fail({ code: 'yaml-empty' })),
      withText: os.compare.withText.handler(() => fail({ code: 'yaml-empty' })),
    },
    share: {
      listCommand: os.share.listCommand.handler(({ input }) => shellText(`kubectl get ${input.scope.resource}`)),
      objectCommand: os.share.objectCommand.handler(({ input }) =>
        shellText(input.targets.map(({ resource, name }) => `kubectl ${input.verb} ${resource}/${name}`).join('\n')),
      ),
    },
    manifest: { open: os.manifest.open.handler(() => fail({ code: 'yaml-empty' })) },
    create: {
      run: os.create.run.handler(async function* () {}),
      send: os.create.send.handler(() => fail({ code: 'run-unknown' })),
      stop: os.create.stop.handler(() => undefined),
      cell: os.create.cell.handler(() => fail({ code: 'run-unknown' })),
      keep: os.create.keep.handler(() => ok(undefined)),
      kept: os.create.kept.handler(() => null),
      copy: os.create.copy.handler(() => fail({ code: 'run-unknown' })),
      skeleton: os.create.skeleton.handler(() => fail({ code: 'run-unknown' })),
    },
    deletion: {
      run: os.deletion.run.handler(async function* () {}),
      adjust: os.deletion.adjust.handler(() => false),
      send: os.deletion.send.handler(() => fail({ code: 'run-unknown' })),
      stop: os.deletion.stop.handler(() => undefined),
    },
    names: {
      list: os.names.list.handler(() => ok({ names: [], more: false })),
      parts: os.names.parts.handler(() => ok([])),
      ports: os.names.ports.handler(() => ok([])),
      missing: os.names.missing.handler(({ input }) => ok(input.objects.map(() => false))),
    },
    schema: {
      ofEdit: os.schema.ofEdit.handler(() => ok(options.fields ?? null)),
      watch: os.schema.watch.handler(({ signal }) => {
        const state: SchemaState = options.fields
          ? { kind: 'known', version: options.fields.version }
          : { kind: 'none' }
        return states<SchemaState>(
          () => state,
          () => () => undefined,
          signal,
        )
      }),
      ofKind: os.schema.ofKind.handler(() => ok(options.fields ?? null)),
    },
    quick: {
      run: os.quick.run.handler(async function* () {}),
      adjust: os.quick.adjust.handler(() => false),
      send: os.quick.send.handler(() => fail({ code: 'run-unknown' })),
      stop: os.quick.stop.handler(() => undefined),
      unfinished: os.quick.unfinished.handler(async function* () {}),
      leave: os.quick.leave.handler(() => undefined),
      revisions: os.quick.revisions.handler(() => ok([])),
    },
    recreation: {
      run: os.recreation.run.handler(async function* () {}),
      adjust: os.recreation.adjust.handler(() => false),
      send: os.recreation.send.handler(() => fail({ code: 'run-unknown' })),
      stop: os.recreation.stop.handler(() => undefined),
      leave: os.recreation.leave.handler(() => undefined),
      goOn: os.recreation.goOn.handler(() => fail({ code: 'edit-unknown' })),
    },
    fragments: {
      find: os.fragments.find.handler(() => ok({ found: [], more: false })),
      owner: os.fragments.owner.handler(() => ok(null)),
    },
    history: {
      watch: os.history.watch.handler(({ input, signal }) =>
        states(
          () => ({ total: 0, matched: 0, window: { start: input.window.start, rows: [] } }),
          () => () => undefined,
          signal,
        ),
      ),
      read: os.history.read.handler(() => fail({ code: 'entry-unknown' })),
      undo: os.history.undo.handler(() => fail({ code: 'entry-unknown' })),
      recreate: os.history.recreate.handler(() => fail({ code: 'entry-unknown' })),
      export: os.history.export.handler(async function* () {}),
      remove: os.history.remove.handler(() => ok(undefined)),
      clear: os.history.clear.handler(() => ok(undefined)),
    },
    object: standInObject,
    ping: os.ping.handler(() => ({ version: app.version })),
  })
  return { router, calls, change, state: () => app }
}

function shellText(text: string) {
  return { posix: text, powershell: text }
}
