import type { AppState, Target } from '../../contract/app.ts'
import type { Impersonation } from '../../contract/contexts.ts'
import { noGuard } from '../../contract/guard.ts'
import type { Result } from '../../core/problem.ts'
import { createAccess } from './access/access.ts'
import { type Clusters, openClusters } from './clusters/clusters.ts'
import { createContexts } from './contexts/contexts.ts'
import { createCreations } from './creating/creations.ts'
import { createDeletions } from './deleting/deletions.ts'
import { createEdits } from './editing/edits.ts'
import { createGuards } from './guards/guards.ts'
import { looksLikeProduction } from './guards/production.ts'
import { abandonedSubmits } from './history/abandoned.ts'
import { createHistory } from './history/history.ts'
import { createLedger } from './history/ledger.ts'
import { createNames } from './names/names.ts'
import { createObjects } from './objects/objects.ts'
import { createQuickEdits } from './quick/quick-edits.ts'
import { unfinishedRuns } from './quick/unfinished.ts'
import { createRecreations } from './recreating/recreations.ts'
import { makeRouter, type Router } from './router.ts'
import { createSchemas } from './schemas/schemas.ts'
import { createSearches } from './search/searches.ts'
import { openStore } from './store/store.ts'
import { createNotifier } from './streams.ts'
import { resolveTarget } from './target.ts'
import type { TargetWords } from './target-words.ts'

/** How a host is started. `kubeconfig` null means what kubectl would read: KUBECONFIG's list, else the default file. */
export type HostOptions = {
  readonly version: string
  /** The profile folder: settings, drafts and history. Made with mode 0700 when missing. */
  readonly profile: string
  readonly kubeconfig: readonly string[] | null
  /** The context that pages begin with, null for the kubeconfig's current one. */
  readonly context: string | null
  /** Whom that context acts as from the beginning; nobody else as a rule. */
  readonly actingAs?: Impersonation | null | undefined
  /** True where the app runs its own practice cluster. */
  readonly practice: boolean
  /** The key that the system's keychain guards, as base64; null or absent for a key file in the profile. */
  readonly keychainKey?: string | null | undefined
}

/** A running host: what both shells (Electron and loopback) put behind their transport. */
export type Host = {
  readonly router: Router
  /** The address that a target means. `context-unknown`, `resource-unknown`, and what reaching its cluster may answer. */
  readonly resolveTarget: (words: TargetWords) => Promise<Result<string>>
  /** Lets the open pages go to an address (from the command line or a second start). */
  readonly openTarget: (address: string) => void
  /** Ends all watches, connections and timers, and closes the store. */
  readonly end: () => Promise<void>
}

/** Starts a host: reads the kubeconfig, opens the profile's store, and waits for pages. Asks no cluster by itself. */
export async function createHost(options: HostOptions): Promise<Host> {
  const life = new AbortController()
  const store = openStore(options.profile, options.keychainKey)
  const changed = createNotifier()
  const guards = createGuards(store, changed.notify, life.signal)
  const { kubeconfig, version } = options
  const clusters = await openClusters({
    kubeconfig,
    added: store.memory().kubeconfigs,
    isAllowed: mark => store.memory().programs.includes(mark),
    version,
    gate: guards.gate,
    signal: life.signal,
  })
  const beginning = options.context ?? clusters.currentContext()
  if (options.actingAs && beginning !== null) clusters.impersonate(beginning, options.actingAs)
  clusters.onChange(() => {
    guards.learn(clusters)
    changed.notify()
  })
  const kubeconfigGiven = options.kubeconfig !== null
  const fieldManager = () => store.settings().fieldManager
  const dangersOff = () => store.settings().dangersOff
  const edits = createEdits(clusters, store, { fieldManager, dangersOff, kubeconfigGiven, isGuarded: guards.isGuarded })
  const ledger = createLedger(store)
  const creations = createCreations({ clusters, ledger, fieldManager, kubeconfigGiven })
  const deletions = createDeletions({ clusters, ledger })
  const abandoned = abandonedSubmits(clusters, store.submits, ledger, life.signal)
  const unfinished = unfinishedRuns(store, { abandoned, ledger })
  const quickEdits = createQuickEdits({ clusters, write: edits.write, unfinished })
  const recreations = createRecreations({ clusters, ledger, edits, fieldManager })
  const onSubmits: typeof edits.onSubmits = listener => {
    const stops = [edits.onSubmits(listener), ledger.listen(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  }
  const history = createHistory(clusters, store, { ...edits, onSubmits }, { kubeconfigGiven, signal: life.signal })
  const access = createAccess(clusters)
  const names = createNames(access, life.signal)
  const schemas = createSchemas()
  const searches = createSearches(clusters, store, life.signal)
  const objects = createObjects(clusters, life.signal)
  let target: Target | null = null

  const guardOf = ({ name, cluster, server }: ReturnType<Clusters['contexts']>[number]) => {
    const identity = clusters.identity(name)
    const offered = looksLikeProduction([name, cluster, server])
    return identity.ok ? guards.stateOf(identity.value, offered) : { ...noGuard, unlockedUntil: null, offered: false }
  }
  const state = (): AppState => ({
    version: options.version,
    contexts: clusters.contexts().map(context => ({ ...context, guard: guardOf(context) })),
    currentContext: options.context ?? clusters.currentContext(),
    problems: [...clusters.problems(), ...store.problems()],
    kubeconfigs: clusters.files(),
    plugins: clusters.plugins.runs(),
    practice: options.practice,
    settings: store.settings(),
    target,
  })
  return {
    router: makeRouter({
      version: options.version,
      kubeconfigGiven: options.kubeconfig !== null,
      clusters,
      contexts: createContexts(clusters, store),
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
    }),
    resolveTarget: words => resolveTarget(clusters, words, state().currentContext, life.signal),
    openTarget(address) {
      target = { serial: (target?.serial ?? 0) + 1, address }
      changed.notify()
    },
    async end() {
      const edited = Promise.all([edits.end(), creations.end()])
      deletions.end()
      quickEdits.end()
      recreations.end()
      life.abort(new Error('the host ends'))
      await Promise.all([edited, clusters.end()])
      store.close()
    },
  }
}
