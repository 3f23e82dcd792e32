import { implement } from '@orpc/server'
import type { AppState } from '../../contract/app.ts'
import { contract } from '../../contract/contract.ts'
import { ok } from '../../core/problem.ts'
import type { Access } from './access/access.ts'
import { discover } from './clusters/discovery.ts'
import { compareObjects, compareWithText } from './comparing/compare.ts'
import type { Contexts } from './contexts/contexts.ts'
import { type EditParts, editHandlers } from './edit-handlers.ts'
import { findFragments, templateOwner } from './fragments/fragments.ts'
import type { Guards } from './guards/guards.ts'
import type { History } from './history/history.ts'
import { kindDetails } from './kinds/kind-details.ts'
import { refreshKinds, servedKinds } from './kinds/served-kinds.ts'
import type { Objects } from './objects/objects.ts'
import { type RunParts, runHandlers } from './run-handlers.ts'
import type { Searches } from './search/searches.ts'
import { listCommand, objectCommand } from './sharing/list-command.ts'
import { latestStates, type Notifier, never } from './streams.ts'
import { exportView } from './views/export.ts'
import { openView, type View } from './views/view.ts'

/** What the contract's procedures work on. */
export type Parts = EditParts &
  RunParts & {
    readonly version: string
    /** True where the app reads a kubeconfig that kubectl would not find by itself. */
    readonly kubeconfigGiven: boolean
    readonly contexts: Contexts
    readonly access: Access
    readonly guards: Guards
    readonly history: History
    readonly searches: Searches
    readonly objects: Objects
    readonly changed: Notifier
    readonly state: () => AppState
  }

/** The contract's implementation, as oRPC's handlers take it. */
export type Router = ReturnType<typeof makeRouter>

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
    guards,
    history,
    searches,
    objects,
    store,
    changed,
    state,
  } = parts
  const views = new Map<string, View>()
  const os = implement(contract)
  return os.router({
    ...editHandlers(parts),
    ...runHandlers(parts),
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
  })
}
