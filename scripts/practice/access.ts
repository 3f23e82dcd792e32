import type { OnProgress } from './failure.ts'

/** All that is needed to use a practice cluster from any process. */
export type Access = {
  readonly kubeconfigPath: string
  readonly kubectlPath: string
  /** `practice` (admin), `practice-editor`, `practice-viewer`, and `practice-2` (admin of the second) if asked for. */
  readonly contexts: readonly string[]
  readonly servers: readonly { readonly name: string; readonly url: string; readonly context: string }[]
}

/** How to start: `folder` keeps the data, so that the same folder is the same cluster again. */
export type StartOptions = {
  readonly folder: string
  /** Two are two API servers, two authorities and one etcd. Default 1. */
  readonly count?: 1 | 2
  /** Which clusters get controllers, a scheduler and a node; without them a Deployment stays as written. Default `first`. */
  readonly controllers?: 'first' | 'all'
  /** Whether `default` gets the seed objects that it does not have yet. Policies and roles are always there. Default true. */
  readonly seed?: boolean
  /** Ends the start, and everything started, at any moment before it has resolved. */
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

/** One API server of a practice that this process started. It keeps its address. */
export type Server = Access['servers'][number] & {
  stop(): Promise<void>
  start(): Promise<void>
  restart(): Promise<void>
}

/** A running practice cluster, or pair of them. */
export type Practice = Access & {
  readonly folder: string
  /** Another process runs it: `stop` does nothing, and the servers cannot be restarted from here. */
  readonly joined: boolean
  readonly servers: readonly Server[]
  /** Resolves with one sentence when a program of it ended by itself (all are stopped then), with null when it was stopped. */
  readonly ended: Promise<string | null>
  /** Makes the namespace with seeds of its own, in the first cluster or that of the context named. */
  seed(namespace: string, context?: string): Promise<void>
  stop(): Promise<void>
}
