import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, delimiter, join, resolve } from 'node:path'
import type { Impersonation } from '../../../contract/contexts.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import {
  codeOf,
  invalid,
  type KubeCluster,
  type KubeContext,
  type Kubeconfig,
  type KubeUser,
  readKubeconfig,
} from './kubeconfig-file.ts'

/** What one context needs for talking to its cluster, taken out of the merged kubeconfig. */
export type ContextEntry = {
  readonly context: KubeContext
  readonly cluster: KubeCluster
  /** Null where the context names no user. */
  readonly user: KubeUser | null
  /** Whom the person chose to act as in this session: `user` says it too. */
  readonly actingAs: Impersonation | null
}

/** The files that are read: those given, else KUBECONFIG's list, else `~/.kube/config`. */
export function kubeconfigFiles(given: readonly string[] | null): readonly string[] {
  if (given !== null) return given.map(file => resolve(file))
  const listed = (process.env.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '')
  return listed.length > 0 ? listed.map(file => resolve(file)) : [join(homedir(), '.kube', 'config')]
}

type Merged = {
  readonly contexts: Map<string, KubeContext>
  readonly clusters: Map<string, KubeCluster>
  readonly users: Map<string, KubeUser>
}

/**
 * Reads and merges kubeconfig files as client-go's ClientConfigLoadingRules.Load: the first file that has an entry or a
 * current context wins, a missing file is skipped, paths are relative to their file. Unlike there, what is wrong with
 * one file or entry is a problem (`kubeconfig-invalid`) and the rest stays usable. `kubeconfig-missing`: no file at all.
 * `added` files come after them, each for itself: names that are taken already get the file's name behind them.
 */
export async function loadKubeconfig(options: {
  readonly files: readonly string[] | null
  readonly added?: readonly string[]
}): Promise<{ readonly config: Kubeconfig; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = []
  const merged: Merged = { contexts: new Map(), clusters: new Map(), users: new Map() }
  let currentContext: string | null = null
  let found = 0
  const files = kubeconfigFiles(options.files)
  const added = (options.added ?? []).filter(file => !files.includes(file))
  for (const file of [...files, ...added]) {
    const text = await readOptional(file, problems)
    if (text === null) continue
    found += 1
    const one = readKubeconfig(text, file)
    problems.push(...one.problems)
    mergeInto(merged, added.includes(file) ? renamedBeside(merged, one.config, basename(file)) : one.config)
    currentContext ??= one.config.currentContext
  }
  if (found === 0 && problems.length === 0) problems.push({ code: 'kubeconfig-missing' })
  else if (merged.contexts.size === 0 && problems.length === 0) problems.push(invalid('it has no contexts'))
  return { config: { ...merged, currentContext }, problems }
}

function mergeInto({ contexts, clusters, users }: Merged, config: Pick<Kubeconfig, keyof Merged>): void {
  addNew(contexts, config.contexts)
  addNew(clusters, config.clusters)
  addNew(users, config.users)
}

function addNew<T>(held: Map<string, T>, more: ReadonlyMap<string, T>): void {
  for (const [name, entry] of more) if (!held.has(name)) held.set(name, entry)
}

// Many tools call whatever they make `default` or `kubernetes-admin`: another file's is somebody else's.
function renamedBeside(held: Merged, config: Kubeconfig, file: string): Pick<Kubeconfig, keyof Merged> {
  const free = (kind: keyof Merged, name: string): string => {
    if (name === '' || !held[kind].has(name)) return name
    for (let turn = 1; ; turn++) {
      const other = turn === 1 ? `${name} (${file})` : `${name} (${file} ${turn})`
      if (!held[kind].has(other)) return other
    }
  }
  const contexts = [...config.contexts.values()].map(context => ({
    ...context,
    name: free('contexts', context.name),
    cluster: free('clusters', context.cluster),
    user: free('users', context.user),
  }))
  return {
    contexts: new Map(contexts.map(context => [context.name, context])),
    clusters: new Map([...config.clusters].map(([name, cluster]) => [free('clusters', name), cluster])),
    users: new Map([...config.users].map(([name, user]) => [free('users', name), user])),
  }
}

/** Whether a file can be read as a kubeconfig with contexts. `kubeconfig-invalid`. */
export async function checkKubeconfig(file: string): Promise<Result<void>> {
  const { config, problems } = await loadKubeconfig({ files: [file] })
  const [problem] = problems
  if (problem?.code === 'kubeconfig-missing') return fail(invalid(`${basename(file)} cannot be read (ENOENT)`))
  return problem !== undefined && config.contexts.size === 0 ? fail(problem) : ok(undefined)
}

/** One context's entry. `context-unknown` where there is none, `kubeconfig-invalid` where it names a missing cluster or user. */
export function contextEntry(config: Kubeconfig, name: string): Result<ContextEntry> {
  const context = config.contexts.get(name)
  if (context === undefined) return fail({ code: 'context-unknown', context: name })
  const cluster = config.clusters.get(context.cluster)
  if (cluster === undefined) return fail(invalid(`context "${name}": cluster "${context.cluster}" does not exist`))
  const user = context.user === '' ? null : config.users.get(context.user)
  if (user === undefined) return fail(invalid(`context "${name}": user "${context.user}" does not exist`))
  return ok({ context, cluster, user, actingAs: null })
}

async function readOptional(file: string, problems: Problem[]): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = codeOf(error)
    // kubectl skips a missing file of the list without a word.
    if (code !== 'ENOENT' && code !== 'ENOTDIR') problems.push(invalid(`${basename(file)} cannot be read (${code})`))
    return null
  }
}
