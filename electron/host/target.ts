import { formatAddress } from '../../contract/address.ts'
import { fail, ok, type Result } from '../../core/problem.ts'
import type { Clusters } from './clusters/clusters.ts'
import { discover, kindNamed } from './clusters/discovery.ts'
import type { TargetWords } from './target-words.ts'

/** The address that typed words mean, resolved as kubectl resolves them. `context-unknown`, `resource-unknown`. */
export async function resolveTarget(
  clusters: Clusters,
  words: TargetWords,
  signal: AbortSignal,
): Promise<Result<string>> {
  const context = words.context
  if (context === null) return fail({ code: 'kubeconfig-missing' })
  const cluster = clusters.cluster(context)
  if (!cluster.ok) return cluster
  const kinds = await discover(cluster.value, { signal })
  if (!kinds.ok) return kinds
  const kind = kindNamed(kinds.value.kinds, words.type)
  if (kind === null) return fail({ code: 'resource-unknown', group: '', resource: words.type })
  const { group, version, resource, namespaced } = kind
  const namespace = namespaced ? (words.namespace ?? cluster.value.namespace ?? 'default') : null
  if (words.verb === 'list' || words.name === null) {
    const scope = { contexts: [context], group, version, resource, namespaces: namespace === null ? [] : [namespace] }
    return ok(formatAddress({ kind: 'list', scope, filter: '', sort: null, columns: null }))
  }
  const target = { context, group, version, resource, namespace, name: words.name, subresource: null }
  return ok(formatAddress({ kind: 'edit', target }))
}
