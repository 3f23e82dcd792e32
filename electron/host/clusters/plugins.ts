import { createHash } from 'node:crypto'
import type { PluginRun } from '../../../contract/contexts.ts'
import { fail, type Result } from '../../../core/problem.ts'
import { type ExecCredential, runExecPlugin } from './exec-plugin.ts'
import type { ContextEntry } from './kubeconfig.ts'
import type { ExecPlugin, Program } from './kubeconfig-file.ts'
import { makePrompts, type Prompts } from './prompts.ts'

/** The programs that kubeconfigs name for credentials: allowed or not, run once at a time, their credentials shared. */
export type Plugins = {
  /**
   * The credential of an entry's plugin: the one that is held, or from a run that serves all who ask meanwhile. The run
   * ends when none of them is left. `plugin-unconfirmed`, `credentials-failed`.
   */
  credential(
    plugin: ExecPlugin,
    entry: ContextEntry,
    ca: () => Promise<Buffer | null>,
    signal: AbortSignal,
  ): Promise<Result<ExecCredential>>
  /** Drops a credential that was refused, unless a newer one is held already. */
  drop(credential: ExecCredential): void
  /** Whether a program may run; where not, the person is asked. */
  isAllowed(program: Program, context: string): boolean
  runs(): readonly PluginRun[]
  /** Lets a program run from now on. Gives its mark, to be kept, and the contexts that waited; null for an unknown id. */
  allow(id: string): { readonly mark: string; readonly contexts: readonly string[] } | null
  /** Ends a run, or refuses a program for this session. */
  stop(id: string): void
}

type Running = {
  readonly program: Program
  readonly contexts: Set<string>
  readonly since: number
  readonly prompts: Prompts
  readonly life: AbortController
  readonly result: Promise<Result<ExecCredential>>
}
type Waiting = { readonly program: Program; readonly contexts: Set<string>; readonly since: number; refused: boolean }

/** What a program is known by: its file, its words and its variables. Another of any is another program. */
export function markOf({ file, command, args, env }: Program): string {
  return createHash('sha256')
    .update(JSON.stringify([file, command, args, env]))
    .digest('hex')
}

/** No program has run yet. `isTrusted` tells of the person's own files and of what they have allowed before. */
export function createPlugins(options: {
  readonly isTrusted: (program: Program, mark: string) => boolean
  readonly onChange: () => void
}): Plugins {
  const running = new Map<string, Running>()
  const waiting = new Map<string, Waiting>()
  const allowed = new Set<string>()
  const held = new Map<string, ExecCredential>()

  const run = (key: string, plugin: ExecPlugin, entry: ContextEntry, ca: () => Promise<Buffer | null>): Running => {
    const life = new AbortController()
    const prompts = makePrompts()
    const onPrompt = (text: string) => {
      prompts.add(text)
      options.onChange()
    }
    const result = ca()
      .then(bytes => runExecPlugin(plugin, { entry, ca: bytes, onPrompt, signal: life.signal }))
      .then(ended => {
        if (ended.ok) held.set(key, ended.value)
        return ended
      })
      .finally(() => {
        running.delete(key)
        options.onChange()
      })
    const one = { program: plugin, contexts: new Set<string>(), since: Date.now(), prompts, life, result }
    running.set(key, one)
    return one
  }
  const isAllowed = (program: Program, context: string): boolean => {
    const mark = markOf(program)
    if (allowed.has(mark) || options.isTrusted(program, mark)) return true
    const asked = waiting.get(mark) ?? { program, contexts: new Set(), since: Date.now(), refused: false }
    waiting.set(mark, asked)
    if (!asked.contexts.has(context)) {
      asked.contexts.add(context)
      options.onChange()
    }
    return false
  }
  return {
    isAllowed,
    async credential(plugin, entry, ca, signal) {
      const { name } = entry.context
      if (!isAllowed(plugin, name)) return fail({ code: 'plugin-unconfirmed', command: wordsOf(plugin) })
      // As client-go: a plugin that is not told about the cluster gives the same credential for all of them.
      const key = keyOf(plugin, entry)
      const before = held.get(key)
      if (before !== undefined && isFresh(before)) return { ok: true, value: before }
      const one = running.get(key) ?? run(key, plugin, entry, ca)
      one.contexts.add(name)
      options.onChange()
      const leave = () => {
        one.contexts.delete(name)
        if (one.contexts.size === 0) one.life.abort(new Error('nobody waits for it'))
      }
      signal.addEventListener('abort', leave, { once: true })
      try {
        return await one.result
      } finally {
        signal.removeEventListener('abort', leave)
      }
    },
    drop(credential) {
      for (const [key, one] of held) if (one === credential) held.delete(key)
    },
    runs: () => [
      ...[...waiting].map(([id, { program, contexts, since, refused }]) => ({
        ...shown(id, program, contexts, since),
        state: refused ? ('refused' as const) : ('unconfirmed' as const),
        lines: [],
      })),
      ...[...running].map(([id, { program, contexts, since, prompts }]) => ({
        ...shown(id, program, contexts, since),
        state: 'running' as const,
        lines: prompts.lines(),
      })),
    ],
    allow(id) {
      const asked = waiting.get(id)
      if (asked === undefined) return null
      waiting.delete(id)
      allowed.add(id)
      options.onChange()
      return { mark: id, contexts: [...asked.contexts] }
    },
    stop(id) {
      running.get(id)?.life.abort(new Error('the person stopped it'))
      const asked = waiting.get(id)
      if (asked !== undefined) asked.refused = true
      options.onChange()
    },
  }
}

// Dropped a little before it expires, as client-go does not but should.
function isFresh({ expires }: ExecCredential): boolean {
  return expires === null || expires > Date.now() + 5_000
}

function keyOf(plugin: ExecPlugin, { cluster }: ContextEntry): string {
  const about = plugin.provideClusterInfo ? cluster : null
  return createHash('sha256')
    .update(JSON.stringify([plugin, about]))
    .digest('hex')
}

function wordsOf({ command, args }: Program): string {
  return [command, ...args].join(' ')
}

function shown(id: string, { command, args, env, file }: Program, contexts: ReadonlySet<string>, since: number) {
  return { id, contexts: [...contexts], command, args, variables: Object.keys(env), file, since }
}
