import type { Result } from '../../core/problem.ts'
import type { Router } from './router.ts'

/** How a host is started. `kubeconfig` null means what kubectl would read: KUBECONFIG's list, else the default file. */
export type HostOptions = {
  readonly version: string
  /** The profile folder: settings now, drafts and history later. Made with mode 0700 when missing. */
  readonly profile: string
  readonly kubeconfig: readonly string[] | null
  /** The context that pages begin with, null for the kubeconfig's current one. */
  readonly context: string | null
  /** True where the app runs its own practice cluster. */
  readonly practice: boolean
}

/** A target as typed after `npm start --`, in kubectl's words. `context` null is the one that pages begin with. */
export type TargetWords = {
  readonly verb: 'edit' | 'list'
  /** As kubectl takes it: plural, singular or short name, or `plural.group` or `plural.version.group`. */
  readonly type: string
  /** Null for a list. */
  readonly name: string | null
  /** Null for the context's own namespace. */
  readonly namespace: string | null
  readonly context: string | null
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
