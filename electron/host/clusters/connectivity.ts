import type { ConnectionState } from '../../../contract/app.ts'
import { parseJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import type { Answer } from './connection.ts'

/** What is known of a cluster, kept by what its requests came to. */
type Connectivity = {
  state(): ConnectionState
  version(): Promise<ConnectionState>
  /** Asks anew, whatever is known. */
  again(): Promise<ConnectionState>
  /** A request is about to go out. The first one also asks for the version. */
  begin(): void
  /** An answer's head came after so long. */
  took(milliseconds: number): void
  /** A request for that path came back: null for what was granted, else what hindered it. */
  note(path: string, problem: Problem | null): void
  /** The kubeconfig's entry is another: what failed by it may work now, and what is known may be another person's. */
  changed(anotherPerson: boolean): void
  /** Nobody has used the cluster for long; what is known of it may be outdated when somebody does. */
  sleep(): void
}

/** The oldest server that the app writes to: OpenAPI v3 and field validation are there from 1.27 on. */
const oldest = { major: 1, minor: 27 }

/** From here on a person waits. */
const slowFromMs = 1_000
const samplesKept = 3

/** Follows a cluster's state; `ask` requests `/version`. */
export function followConnectivity(options: {
  readonly ask: () => Promise<Result<Answer>>
  readonly onChange: () => void
}): Connectivity {
  let state: ConnectionState = { kind: 'idle' }
  let known: { readonly version: string; readonly tooOld: boolean } | null = null
  let asking: Promise<ConnectionState> | null = null
  let latest: readonly number[] = []
  // One thing granted shows that this person may do something here; until then a refusal is all there is.
  let granted = false
  let refusal: Problem | null = null

  const set = (next: ConnectionState) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    state = next
    options.onChange()
  }
  const settle = (version: { readonly version: string; readonly tooOld: boolean }) => {
    if (refusal !== null && !granted) set({ kind: 'failed', problem: refusal })
    else set({ kind: 'ready', ...version, slowMs: slownessOf(latest) })
  }
  const ask = async (): Promise<ConnectionState> => {
    const answer = await options.ask()
    if (answer.ok) known = versionOf(answer.value.body)
    // A server may keep its version from us; that does not make it old.
    else if (answer.problem.code === 'forbidden' || answer.problem.code === 'not-found')
      known = { version: '', tooOld: false }
    else set({ kind: 'failed', problem: answer.problem })
    if (known !== null) settle(known)
    return state
  }
  const askOnce = () => {
    asking ??= ask().finally(() => {
      asking = null
    })
    return asking
  }
  const version = async () =>
    known === null ? askOnce() : { kind: 'ready' as const, ...known, slowMs: slownessOf(latest) }
  // Only the context's end makes a question throw, and then nobody is left to tell.
  const askBeside = () => void version().catch(() => set({ kind: 'idle' }))
  const forget = () => {
    known = null
    latest = []
    granted = false
    refusal = null
  }
  const again = () => {
    forget()
    set({ kind: 'connecting' })
    return askOnce()
  }
  return {
    state: () => state,
    version,
    again,
    changed(anotherPerson) {
      const isAffected = state.kind === 'failed' || (anotherPerson && state.kind !== 'idle')
      if (isAffected) again().catch(() => set({ kind: 'idle' }))
    },
    begin() {
      if (state.kind !== 'idle') return
      set({ kind: 'connecting' })
      askBeside()
    },
    took(milliseconds) {
      latest = [...latest, milliseconds].slice(-samplesKept)
    },
    note(path, problem) {
      if (problem === null) granted ||= !isOpenToAll(path)
      else if (problem.code === 'forbidden') refusal = problem
      if (problem !== null && hinders(problem)) set({ kind: 'failed', problem })
      else if (known !== null) settle(known)
      else if (asking === null) askBeside()
    },
    sleep() {
      if (state.kind === 'failed') return
      forget()
      set({ kind: 'idle' })
    },
  }
}

/** What any authenticated person may ask for as a rule, so that its being granted says nothing. */
function isOpenToAll(path: string): boolean {
  return /^\/(version|apis?|openapi\/.*|apis\/authorization\.k8s\.io\/.*)$/.test(path)
}

/** The time of the quickest of the latest answers, in steps of 100 ms, where even that is slow; else null. */
function slownessOf(latest: readonly number[]): number | null {
  const quickest = Math.min(...latest)
  return latest.length > 0 && quickest >= slowFromMs ? Math.round(quickest / 100) * 100 : null
}

function hinders({ code }: Problem): boolean {
  return [
    'unreachable',
    'tls-failed',
    'timed-out',
    'credentials-failed',
    'credentials-expired',
    'plugin-unconfirmed',
    'unauthorized',
  ].includes(code)
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
