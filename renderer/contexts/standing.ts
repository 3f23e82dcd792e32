import type { ContextState } from '../../contract/app.ts'
import type { PluginRun } from '../../contract/contexts.ts'

/** How a context stands, as one word and one shape. The order is that in which groups of them are shown. */
export const standings = [
  'ready',
  'slow',
  'old',
  'connecting',
  'login',
  'credentials',
  'forbidden',
  'unreachable',
  'broken',
  'sleeping',
] as const
export type Standing = (typeof standings)[number]

/** How a context stands. `login`: a plugin that it waits for may want something of a person. */
export function standingOf({ name, connection }: ContextState, plugins: readonly PluginRun[]): Standing {
  const waits = plugins.some(({ state, contexts }) => state === 'running' && contexts.includes(name))
  if (waits) return 'login'
  switch (connection.kind) {
    case 'idle':
      return 'sleeping'
    case 'connecting':
      return 'connecting'
    case 'ready':
      if (connection.tooOld) return 'old'
      return connection.slowMs === null ? 'ready' : 'slow'
    case 'failed':
      return standingByProblem(connection.problem.code)
  }
}

function standingByProblem(code: string): Standing {
  if (code === 'forbidden') return 'forbidden'
  if (code === 'kubeconfig-invalid' || code === 'context-unknown') return 'broken'
  const byCredentials = ['credentials-failed', 'credentials-expired', 'plugin-unconfirmed', 'unauthorized']
  return byCredentials.includes(code) ? 'credentials' : 'unreachable'
}
