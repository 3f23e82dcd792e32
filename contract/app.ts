import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import type { ActingAs, KubeconfigFile, PluginRun } from './contexts.ts'
import type { GuardState } from './guard.ts'
import { listLookSchema, savedViewSchema } from './list-settings.ts'

/**
 * What is known of a context's cluster now. `idle`: not asked yet, or not for some minutes, and its connections closed.
 * `tooOld` servers (before 1.27) are shown read-only. `slowMs`: even the quickest of its latest answers took so many
 * milliseconds; null where it is quick enough. `failed` by `forbidden`: nothing at all was granted to this person so far.
 */
export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready'; readonly version: string; readonly tooOld: boolean; readonly slowMs: number | null }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** One context of the kubeconfig, without anything secret: no path, no token, no certificate. */
export type ContextState = {
  readonly name: string
  readonly cluster: string
  readonly server: string
  readonly user: string
  /** The context's own namespace, null when the kubeconfig names none. */
  readonly namespace: string | null
  readonly connection: ConnectionState
  /** Whom its requests act as; null where they are the user's own. */
  readonly actingAs: ActingAs | null
  readonly guard: GuardState
}

export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Favourite kinds, `group/resource` with an empty group for core: `/pods`, `apps/deployments`. In the person's order. */
  favourites: z.array(z.string().max(300)).max(200),
  /** Kinds looked at last, newest first, in the same notation. */
  recents: z.array(z.string().max(300)).max(20),
  /** Pages of the objects that were looked at last, as the app's addresses, newest first. */
  recentObjects: z.array(z.string().max(4_000)).max(50),
  /** How lists look, by kind in the notation of favourites. */
  listLooks: z.record(z.string().max(300), listLookSchema),
  /** Lists with a name, in the order in which they were saved. */
  savedViews: z.array(savedViewSchema).max(200),
  /** How the sidebar groups contexts. */
  contextsBy: z.enum(['none', 'cluster', 'state']),
  /** Whether what others change, where it does not meet the person's own changes, comes into an open edit by itself. */
  takeIn: z.enum(['on-request', 'at-once']),
  /** The editor's keys: CodeMirror's own, or Vim's. */
  editorKeys: z.enum(['standard', 'vim']),
  /** Whether long lines of the editor wrap. */
  softWrap: z.boolean(),
  /** Completion, checks and documentation from the cluster's schema while typing. */
  schemaHelp: z.boolean(),
  /** Whether the server dry-runs what is typed after a pause, before any review. */
  liveDryRun: z.boolean(),
  /** Whether the editor's lines show who owns them. */
  ownersGutter: z.boolean(),
  /** Whether a screen reader is told the marks of the line that the cursor comes to. */
  speakMarks: z.boolean(),
  /** How compared texts stand: as there is room, or always so. */
  compareLayout: z.enum(['by-room', 'split', 'unified']),
  /** Dangers that are not to be told of, by their ids (`core/dangers/`). */
  dangersOff: z.array(z.string().max(100)).max(100),
  /** What stands beside the editor; null for nothing. */
  editSide: z.enum(['explain', 'outline', 'owners']).nullable(),
  /** The name that PATCH and PUT requests carry as `fieldManager`. */
  fieldManager: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\x20-\x7e]+$/),
  /** How long submits stay in the history, in days, and how many of them; null for no limit. */
  history: z.object({
    days: z.number().int().min(1).max(36_500).nullable(),
    entries: z.number().int().min(1).max(1_000_000).nullable(),
  }),
})

/** What the person chose, kept in the profile. */
export type Settings = z.infer<typeof settingsSchema>

/** The settings of a new profile. */
export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  favourites: ['/pods', 'apps/deployments', '/services', '/configmaps', '/secrets'],
  recents: [],
  recentObjects: [],
  listLooks: {},
  savedViews: [],
  contextsBy: 'none',
  takeIn: 'on-request',
  editorKeys: 'standard',
  softWrap: false,
  schemaHelp: true,
  liveDryRun: true,
  ownersGutter: false,
  speakMarks: true,
  compareLayout: 'by-room',
  dangersOff: [],
  editSide: null,
  fieldManager: 'patchbay',
  history: { days: 180, entries: 5_000 },
}

/** An address that a page should open: from the command line, or handed over by a second start. `serial` rises by one each time. */
export type Target = { readonly serial: number; readonly address: string }

/** All that the frame of the window shows. */
export type AppState = {
  readonly version: string
  readonly contexts: readonly ContextState[]
  readonly currentContext: string | null
  readonly kubeconfigs: readonly KubeconfigFile[]
  /** Credential plugins that run, or wait to be allowed. */
  readonly plugins: readonly PluginRun[]
  /** What is wrong with the kubeconfig, if anything; its good entries are usable all the same. */
  readonly problems: readonly Problem[]
  /** True where the app started its own practice cluster. */
  readonly practice: boolean
  readonly settings: Settings
  readonly target: Target | null
}
