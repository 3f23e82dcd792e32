import type { Problem } from '../../../core/problem.ts'
import type { Call, Cluster } from './connection.ts'

/** A request that may change its cluster. `confirmation` is what the person typed to confirm it, null for nothing. */
export type Write = { readonly dryRun: boolean; readonly confirmation: string | null }

/** Asked before each write leaves; dry runs too, since webhooks run in them. A problem is why it must not. */
export type WriteGate = (cluster: Cluster, write: Write) => Promise<Problem | null>

/** A call as the gate sees it; null for one that changes nothing. What is neither read nor asked counts as a write. */
export function writeOf({ method, path, query = [], confirmation = null }: Call): Write | null {
  if (method === 'GET' || asksOnly.test(path)) return null
  return { dryRun: query.some(([name, value]) => name === 'dryRun' && value === 'All'), confirmation }
}

// The reviews of rights are posted, but nothing is kept of them.
const asksOnly = /^\/apis\/authorization\.k8s\.io\/v1\/self\w+reviews$/

/** The same cluster, whose writes carry what the person typed to confirm them. */
export function confirmedBy(cluster: Cluster, confirmation: string | null): Cluster {
  return { ...cluster, open: call => cluster.open({ ...call, confirmation }) }
}
