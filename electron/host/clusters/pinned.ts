import type { ClusterIdentity } from '../../../core/object.ts'
import { fail, type Result } from '../../../core/problem.ts'
import type { Clusters } from './clusters.ts'
import type { Cluster } from './connection.ts'
import { clusterIdentity } from './identity.ts'

/**
 * The cluster that an identity names, reached through a context: asked anew at each request, so that it is there as soon
 * as the context is. Nothing is sent while the context is missing (`context-unknown`) or leads to another cluster
 * (`cluster-changed`).
 */
export function pinnedCluster(clusters: Clusters, context: string, identity: ClusterIdentity): Cluster {
  const found = (): Result<Cluster> => {
    const cluster = clusters.cluster(context)
    if (!cluster.ok || cluster.value.address === partsOf(identity).address) return cluster
    return fail({ code: 'cluster-changed', context })
  }
  const reached = async (signal: AbortSignal): Promise<Result<Cluster>> => {
    const cluster = found()
    if (!cluster.ok) return cluster
    const now = await clusterIdentity(cluster.value, signal)
    if (!now.ok) return now
    return isSameCluster(identity, now.value) ? cluster : fail({ code: 'cluster-changed', context })
  }
  const state: Cluster['state'] = () => {
    const cluster = found()
    return cluster.ok ? cluster.value.state() : { kind: 'failed', problem: cluster.problem }
  }
  const known = found()
  return {
    context,
    server: known.ok ? known.value.server : '',
    namespace: known.ok ? known.value.namespace : null,
    address: partsOf(identity).address,
    cacheFolder: known.ok ? known.value.cacheFolder : '',
    work: clusters.work,
    state,
    rights: () => {
      const cluster = found()
      return cluster.ok ? cluster.value.rights() : 0
    },
    person: () => {
      const cluster = found()
      return cluster.ok ? cluster.value.person() : ''
    },
    actingAs: () => {
      const cluster = found()
      return cluster.ok ? cluster.value.actingAs() : null
    },
    version: async () => {
      const cluster = found()
      return cluster.ok ? cluster.value.version() : state()
    },
    again: async () => {
      const cluster = found()
      return cluster.ok ? cluster.value.again() : state()
    },
    async open(call) {
      const cluster = await reached(call.signal)
      return cluster.ok ? cluster.value.open(call) : cluster
    },
    renew() {
      const cluster = found()
      if (cluster.ok) cluster.value.renew()
    },
    // The cluster behind it belongs to the kubeconfig's contexts.
    update: () => undefined,
    end: async () => undefined,
  }
}

/**
 * The context through which a cluster is reached that was reached through `context` before: that one, or where it is gone
 * or leads elsewhere now (contexts are renamed, and names used again) another that leads to the same server.
 */
export function contextOf(clusters: Clusters, context: string, identity: ClusterIdentity): string {
  const leadsThere = (name: string) => {
    const known = clusters.identity(name)
    return known.ok && known.value.address === partsOf(identity).address
  }
  if (leadsThere(context)) return context
  return clusters.contexts().find(({ name }) => leadsThere(name))?.name ?? context
}

/** Whether two identities are of one cluster. A uid that could not be read then or now says nothing. */
export function isSameCluster(a: ClusterIdentity, b: ClusterIdentity): boolean {
  const [one, other] = [partsOf(a), partsOf(b)]
  return one.address === other.address && (one.uid === null || other.uid === null || one.uid === other.uid)
}

function partsOf(identity: ClusterIdentity): { readonly address: string; readonly uid: string | null } {
  const [address = '', uid = null] = identity.split(':')
  return { address, uid }
}
