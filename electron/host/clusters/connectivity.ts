import type { ConnectionState } from '../../../contract/app.ts'
import { parseJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import type { Answer } from './connection.ts'

/** What is known of a cluster, kept by what its requests came to. */
type Connectivity = {
  state(): ConnectionState
  version(): Promise<ConnectionState>
  /** A request is about to go out. The first one also asks for the version. */
  begin(): void
  /** A request came back: null for any answer of the server, else what hindered it. */
  note(problem: Problem | null): void
}

/** The oldest server that the app writes to: OpenAPI v3 and field validation are there from 1.27 on. */
const oldest = { major: 1, minor: 27 }

/** Follows a cluster's state; `ask` requests `/version`. */
export function followConnectivity(options: {
  readonly ask: () => Promise<Result<Answer>>
  readonly onChange: () => void
}): Connectivity {
  let state: ConnectionState = { kind: 'idle' }
  let known: { readonly version: string; readonly tooOld: boolean } | null = null
  let asking: Promise<ConnectionState> | null = null

  const set = (next: ConnectionState) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    state = next
    options.onChange()
  }
  const ask = async (): Promise<ConnectionState> => {
    const answer = await options.ask()
    if (answer.ok) known = versionOf(answer.value.body)
    // A server may keep its version from us; that does not make it old.
    else if (answer.problem.code === 'forbidden' || answer.problem.code === 'not-found')
      known = { version: '', tooOld: false }
    else set({ kind: 'failed', problem: answer.problem })
    if (known !== null) set({ kind: 'ready', ...known })
    return state
  }
  const version = async () => {
    if (known !== null) return { kind: 'ready' as const, ...known }
    asking ??= ask().finally(() => {
      asking = null
    })
    return asking
  }
  return {
    state: () => state,
    version,
    begin() {
      if (state.kind !== 'idle') return
      set({ kind: 'connecting' })
      // Only the context's end makes this throw, and then nobody is left to tell.
      version().catch(() => set({ kind: 'idle' }))
    },
    note(problem) {
      if (problem !== null && hinders(problem)) set({ kind: 'failed', problem })
      else if (known !== null) set({ kind: 'ready', ...known })
      else if (asking === null) version().catch(() => set({ kind: 'idle' }))
    },
  }
}

function hinders({ code }: Problem): boolean {
  return ['unreachable', 'tls-failed', 'timed-out', 'credentials-failed', 'unauthorized'].includes(code)
}

function versionOf(body: string): { readonly version: string; readonly tooOld: boolean } {
  const parsed = parseJson(body)
  const info = parsed.ok && isObject(parsed.value) ? parsed.value : {}
  const version = typeof info.gitVersion === 'string' ? info.gitVersion : ''
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  if (major === undefined || minor === undefined) return { version, tooOld: false }
  const older = Number(major) < oldest.major || (Number(major) === oldest.major && Number(minor) < oldest.minor)
  return { version, tooOld: older }
}
