import { implement } from '@orpc/server'
import type { AppState } from '../../contract/app.ts'
import { contract } from '../../contract/contract.ts'
import { keptCreationSchema } from '../../contract/create.ts'
import { ok } from '../../core/problem.ts'
import type { Access } from './access/access.ts'
import type { Clusters } from './clusters/clusters.ts'
import { discover } from './clusters/discovery.ts'
import { compareObjects, compareWithText } from './comparing/compare.ts'
import type { Contexts } from './contexts/contexts.ts'
import { readCopy } from './creating/copy.ts'
import type { Creations } from './creating/creations.ts'
import { readSkeleton } from './creating/skeleton.ts'
import type { Deletions } from './deleting/deletions.ts'
import type { Edits } from './editing/edits.ts'
import { findFragments, templateOwner } from './fragments/fragments.ts'
import type { Guards } from './guards/guards.ts'
import type { History } from './history/history.ts'
import { kindDetails } from './kinds/kind-details.ts'
import { refreshKinds, servedKinds } from './kinds/served-kinds.ts'
import type { OtherNames } from './names/names.ts'
import type { Objects } from './objects/objects.ts'
import type { QuickEdits } from './quick/quick-edits.ts'
import type { Recreations } from './recreating/recreations.ts'
import { type Schemas, servedAs } from './schemas/schemas.ts'
import type { Searches } from './search/searches.ts'
import { listCommand, objectCommand } from './sharing/list-command.ts'
import type { Store } from './store/store.ts'
import { latestStates, type Notifier } from './streams.ts'
import { exportView } from './views/export.ts'
import { openView, type View } from './views/view.ts'

/** What the contract's procedures work on. */
export type Parts = {
  readonly version: string
  /** True where the app reads a kubeconfig that kubectl would not find by itself. */
  readonly kubeconfigGiven: boolean
  readonly clusters: Clusters
  readonly contexts: Contexts
  readonly access: Access
  readonly creations: Creations
  readonly deletions: Deletions
  readonly edits: Edits
  readonly guards: Guards
  readonly history: History
  readonly names: OtherNames
  readonly schemas: Schemas
  readonly searches: Searches
  readonly objects: Objects
  readonly quickEdits: QuickEdits
  readonly recreations: Recreations
  readonly store: Store
  readonly changed: Notifier
  readonly state: () => AppState
}

/** The contract's implementation, as oRPC's handlers take it. */
export type Router = ReturnType<typeof makeRouter>

const never = new AbortController().signal

// The whole frame is drawn anew by each of its states, and fifty contexts that connect make hundreds of them.
const appRestMs = 100

/** Puts the host's parts behind the contract. A procedure only finds the part that does the work. */
export function makeRouter(parts: Parts) {
  const {
    version,
    kubeconfigGiven,
    clusters,
    contexts,
    access,
    creations,
    deletions,
    edits,
    guards,
    history,
    names,
    schemas,
    searches,
    objects,
    quickEdits,
    recreations,
    store,
    changed,
    state,
  } = parts
  const views = new Map<string, View>()
  const os = implement(contract)
  return os.router({
    ping: os.ping.handler(() => ({ version })),
    app: {
      watch: os.app.watch.handler(({ signal = never }) => latestStates(changed.listen, state, signal, appRestMs)),
      saveSettings: os.app.saveSettings.handler(({ input }) => {
        store.saveSettings(input)
        if (input.history !== undefined) history.expire()
        changed.notify()
      }),
    },
    guards: {
      set: os.guards.set.handler(({ input }) => {
        const identity = clusters.identity(input.context)
        if (!identity.ok) return identity
        const set = guards.set(identity.value, input.guard)
        guards.learn(clusters)
        return set
      }),
      unlock: os.guards.unlock.handler(({ input }) => {
        const identity = clusters.identity(input.context)
        return identity.ok ? guards.unlock(input.context, identity.value) : identity
      }),
      lock: os.guards.lock.handler(({ input }) => {
        const identity = clusters.identity(input.context)
        if (!identity.ok) return identity
        guards.lock(identity.value)
        return ok(undefined)
      }),
    },
    contexts: {
      again: os.contexts.again.handler(({ input }) => contexts.again(input.context)),
      impersonate: os.contexts.impersonate.handler(({ input }) =>
        clusters.impersonate(input.context, input.impersonation),
      ),
      addKubeconfig: os.contexts.addKubeconfig.handler(({ input }) => contexts.addKubeconfig(input.path)),
      removeKubeconfig: os.contexts.removeKubeconfig.handler(({ input }) => contexts.removeKubeconfig(input.path)),
      allowPlugin: os.contexts.allowPlugin.handler(({ input }) => contexts.allowPlugin(input.plugin)),
      stopPlugin: os.contexts.stopPlugin.handler(({ input }) => clusters.plugins.stop(input.plugin)),
      rememberNamespace: os.contexts.rememberNamespace.handler(({ input }) =>
        contexts.rememberNamespace(input.context, input.namespace),
      ),
      forgetNamespace: os.contexts.forgetNamespace.handler(({ input }) =>
        contexts.forgetNamespace(input.context, input.namespace),
      ),
    },
    access: {
      may: os.access.may.handler(({ input }) => access.may(input.questions)),
      rules: os.access.rules.handler(({ input }) =>
        access.rules(input.context, input.namespace, input.refresh ?? false),
      ),
    },
    browse: {
      kinds: os.browse.kinds.handler(async ({ input, signal = never }) => {
        const cluster = clusters.cluster(input.context)
        return cluster.ok ? discover(cluster.value, { refresh: input.refresh ?? false, signal }) : cluster
      }),
      namespaces: os.browse.namespaces.handler(({ input, signal = never }) =>
        contexts.namespaces(input.context, signal),
      ),
      view: os.browse.view.handler(async function* ({ input, signal = never }) {
        const view = openView(clusters, input, signal)
        views.set(input.view, view)
        try {
          yield* view.states
        } finally {
          // A page that reopens a list under the same id has put its new one here already.
          if (views.get(input.view) === view) views.delete(input.view)
        }
      }),
      adjust: os.browse.adjust.handler(({ input }) => {
        const view = views.get(input.view)
        view?.adjust(input.ask)
        return view !== undefined
      }),
      retry: os.browse.retry.handler(({ input }) => {
        const view = views.get(input.view)
        view?.retry()
        return view !== undefined
      }),
      rows: os.browse.rows.handler(async function* ({ input }) {
        yield* views.get(input.view)?.rows(input.keys, []) ?? []
      }),
      export: os.browse.export.handler(async function* ({ input }) {
        const view = views.get(input.view)
        if (view !== undefined) yield* exportView(view, input)
      }),
    },
    kinds: {
      watch: os.kinds.watch.handler(({ input, signal = never }) => servedKinds(clusters, input.contexts, signal)),
      refresh: os.kinds.refresh.handler(({ input }) => refreshKinds(clusters, input.contexts)),
      details: os.kinds.details.handler(async ({ input, signal = never }) => {
        const cluster = clusters.cluster(input.context)
        return cluster.ok ? kindDetails(cluster.value, input, signal) : cluster
      }),
    },
    search: {
      find: os.search.find.handler(({ input, signal = never }) => searches.find(input, signal)),
      goOn: os.search.goOn.handler(({ input }) => searches.goOn(input.search)),
    },
    create: {
      run: os.create.run.handler(({ input, signal = never }) => creations.run(input, signal)),
      send: os.create.send.handler(({ input: { run, ...ask } }) => creations.send(run, ask)),
      stop: os.create.stop.handler(({ input }) => creations.stop(input.run)),
      cell: os.create.cell.handler(({ input }) => creations.cell(input)),
      keep: os.create.keep.handler(({ input }) =>
        store.write(() => store.texts.keep('creation', JSON.stringify(input))),
      ),
      kept: os.create.kept.handler(() => {
        const kept = store.texts.read('creation')
        return kept === null ? null : keptCreationSchema.parse(JSON.parse(kept))
      }),
      copy: os.create.copy.handler(async ({ input, signal = never }) => {
        const cluster = clusters.cluster(input.object.context)
        return cluster.ok ? readCopy(cluster.value, input, signal) : cluster
      }),
      skeleton: os.create.skeleton.handler(async ({ input: { context, ...kind }, signal = never }) => {
        const cluster = clusters.cluster(context)
        return cluster.ok ? readSkeleton(cluster.value, kind, signal) : cluster
      }),
    },
    deletion: {
      run: os.deletion.run.handler(({ input, signal = never }) => deletions.run(input, signal)),
      adjust: os.deletion.adjust.handler(({ input }) => deletions.adjust(input.run, input.options)),
      send: os.deletion.send.handler(({ input: { run, ...ask } }) => deletions.send(run, ask)),
      stop: os.deletion.stop.handler(({ input }) => deletions.stop(input.run)),
    },
    edit: {
      open: os.edit.open.handler(({ input }) => edits.open(input)),
      resume: os.edit.resume.handler(({ input }) => edits.resume(input.edit)),
      list: os.edit.list.handler(() => edits.list()),
      watch: os.edit.watch.handler(({ input, signal = never }) => edits.watch(input.edit, signal)),
      report: os.edit.report.handler(({ input }) => edits.report(input)),
      live: os.edit.live.handler(({ input, signal = never }) => edits.live(input.edit, input.read, signal)),
      heldElsewhere: os.edit.heldElsewhere.handler(({ input, signal = never }) =>
        edits.heldElsewhere(input.edit, signal),
      ),
      review: os.edit.review.handler(({ input, signal = never }) => edits.review(input.edit, input, signal)),
      owners: os.edit.owners.handler(({ input, signal = never }) => edits.owners(input.edit, signal)),
      impact: os.edit.impact.handler(({ input, signal = never }) =>
        edits.impact(input.edit, input.textVersion, signal),
      ),
      dryRun: os.edit.dryRun.handler(({ input, signal = never }) => edits.dryRun(input.edit, input, signal)),
      submit: os.edit.submit.handler(({ input }) => edits.submit(input)),
      converge: os.edit.converge.handler(({ input, signal = never }) => edits.converge(input.edit, signal)),
      reveal: os.edit.reveal.handler(({ input }) => edits.reveal(input)),
      revealCommand: os.edit.revealCommand.handler(({ input }) => edits.revealCommand(input)),
      stopSubmit: os.edit.stopSubmit.handler(({ input }) => edits.stopSubmit(input.edit)),
      discard: os.edit.discard.handler(({ input }) => edits.discard(input.edit)),
      recreate: os.edit.recreate.handler(({ input }) => edits.recreate(input.edit)),
      againstLive: os.edit.againstLive.handler(({ input, signal = never }) => edits.againstLive(input.edit, signal)),
    },
    schema: {
      ofEdit: os.schema.ofEdit.handler(async ({ input, signal = never }) => {
        const edit = edits.find(input.edit)
        if (!edit.ok) return edit
        return schemas.read(edit.value.cluster, servedAs(edit.value.session.ref, input.version), signal)
      }),
      watch: os.schema.watch.handler(async function* ({ input, signal = never }) {
        const edit = edits.find(input.edit)
        if (!edit.ok) return
        const { cluster, session, life } = edit.value
        const served = servedAs(session.ref, input.version)
        yield* schemas.watch(cluster, served, AbortSignal.any([signal, life.signal]))
      }),
      ofKind: os.schema.ofKind.handler(async ({ input: { context, ...kind }, signal = never }) => {
        const cluster = clusters.cluster(context)
        return cluster.ok ? schemas.read(cluster.value, { kind, through: kind }, signal) : cluster
      }),
    },
    quick: {
      run: os.quick.run.handler(({ input, signal = never }) => quickEdits.run(input, signal)),
      adjust: os.quick.adjust.handler(({ input }) => quickEdits.adjust(input.run, input.ask)),
      send: os.quick.send.handler(({ input: { run, ...ask } }) => quickEdits.send(run, ask)),
      stop: os.quick.stop.handler(({ input }) => quickEdits.stop(input.run)),
      revisions: os.quick.revisions.handler(({ input, signal = never }) => quickEdits.revisions(input.object, signal)),
    },
    names: {
      list: os.names.list.handler(async ({ input: { edit: id, ...ask }, signal = never }) => {
        const edit = edits.find(id)
        return edit.ok ? names.list(edit.value, ask, signal) : edit
      }),
      parts: os.names.parts.handler(async ({ input: { edit: id, ...ask }, signal = never }) => {
        const edit = edits.find(id)
        return edit.ok ? names.parts(edit.value, ask, signal) : edit
      }),
      missing: os.names.missing.handler(async ({ input: { edit: id, objects }, signal = never }) => {
        const edit = edits.find(id)
        return edit.ok ? names.missing(edit.value, objects, signal) : edit
      }),
    },
    recreation: {
      run: os.recreation.run.handler(({ input, signal = never }) => recreations.run(input, signal)),
      adjust: os.recreation.adjust.handler(({ input }) => recreations.adjust(input.run, input.options)),
      send: os.recreation.send.handler(({ input: { run, ...ask } }) => recreations.send(run, ask)),
      stop: os.recreation.stop.handler(({ input }) => recreations.stop(input.run)),
    },
    fragments: {
      find: os.fragments.find.handler(async ({ input, signal = never }) => {
        const cluster = clusters.cluster(input.context)
        return cluster.ok ? findFragments(cluster.value, input.namespace, signal) : cluster
      }),
      owner: os.fragments.owner.handler(async ({ input: { object }, signal = never }) => {
        const cluster = clusters.cluster(object.context)
        return cluster.ok ? templateOwner(cluster.value, object, signal) : cluster
      }),
    },
    history: {
      watch: os.history.watch.handler(({ input, signal = never }) => history.watch(input, signal)),
      read: os.history.read.handler(({ input }) => history.read(input.entry)),
      undo: os.history.undo.handler(({ input, signal = never }) => history.undo(input.entry, signal)),
      recreate: os.history.recreate.handler(({ input, signal = never }) => history.recreate(input.entry, signal)),
      export: os.history.export.handler(({ input, signal = never }) => history.export(input, signal)),
      remove: os.history.remove.handler(({ input }) => history.remove(input.entry)),
      clear: os.history.clear.handler(() => history.remove('all')),
    },
    compare: {
      objects: os.compare.objects.handler(({ input, signal = never }) => compareObjects(clusters, input, signal)),
      withText: os.compare.withText.handler(({ input, signal = never }) => compareWithText(clusters, input, signal)),
    },
    share: {
      listCommand: os.share.listCommand.handler(({ input }) => {
        const named = input.scope.contexts
        const contexts = named.length > 0 ? named : clusters.contexts().map(context => context.name)
        return listCommand(input, { contexts, actingAs: clusters.actingAs, kubeconfigGiven })
      }),
      objectCommand: os.share.objectCommand.handler(({ input }) =>
        objectCommand(input, { actingAs: clusters.actingAs, kubeconfigGiven }),
      ),
    },
    object: {
      watch: os.object.watch.handler(({ input, signal = never }) => objects.watch(input.target, signal)),
      text: os.object.text.handler(({ input, signal = never }) =>
        objects.text(input.target, input.managedFields, signal),
      ),
      reveal: os.object.reveal.handler(({ input, signal = never }) => objects.reveal(input.target, input.path, signal)),
      events: os.object.events.handler(({ input, signal = never }) => objects.events(input.target, signal)),
      owned: os.object.owned.handler(({ input, signal = never }) =>
        objects.owned(input.target, input.everyKind, signal),
      ),
      related: os.object.related.handler(({ input, signal = never }) => objects.related(input.target, signal)),
      writers: os.object.writers.handler(({ input, signal = never }) => objects.writers(input.target, signal)),
      writerFields: os.object.writerFields.handler(({ input, signal = never }) =>
        objects.writerFields(input.target, input.writer, signal),
      ),
      versions: os.object.versions.handler(({ input, signal = never }) =>
        objects.versions(input.target, input.other, signal),
      ),
    },
    manifest: {
      open: os.manifest.open.handler(({ input, signal = never }) => edits.openManifest(input, signal)),
    },
  })
}
