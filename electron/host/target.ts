import { formatAddress } from '../../contract/address.ts'
import type { ResourceKind } from '../../contract/browse.ts'
import { fail, ok, type Result } from '../../core/problem.ts'
import type { Clusters } from './clusters/clusters.ts'
import { discover, kindNamed } from './clusters/discovery.ts'
import type { TargetWords } from './target-words.ts'

/**
 * The address that typed words mean, resolved as kubectl resolves them; of several contexts the first tells what a type
 * is. `usual` is the context that pages begin with. `kubeconfig-missing`, `context-unknown`, `resource-unknown`.
 */
export async function resolveTarget(
  clusters: Clusters,
  words: TargetWords,
  usual: string | null,
  signal: AbortSignal,
): Promise<Result<string>> {
  const context = (words.kind === 'list' ? words.contexts?.[0] : words.context) ?? usual
  if (context === null) return fail({ code: 'kubeconfig-missing' })
  const cluster = clusters.cluster(context)
  if (!cluster.ok) return cluster
  const kinds = await discover(cluster.value, { signal })
  if (!kinds.ok) return kinds
  if (words.kind === 'explain') return explained(kinds.value.kinds, context, words)
  const kind = kindNamed(kinds.value.kinds, words.type)
  if (kind === null) return fail({ code: 'resource-unknown', group: '', resource: words.type })
  const { group, version, resource, namespaced } = kind
  const home = cluster.value.namespace ?? 'default'
  if (words.kind === 'list') {
    const { contexts, filter, sort, columns } = words
    const namespaces = namespaced ? (words.namespaces ?? [home]) : []
    const scope = { contexts: contexts ?? [context], group, version, resource, namespaces }
    return ok(formatAddress({ kind: 'list', scope, filter, sort, columns }))
  }
  const { name, section, subresource } = words
  const target = { context, group, version, resource, namespace: namespaced ? (words.namespace ?? home) : null, name }
  if (words.verb === 'show') return ok(formatAddress({ kind: 'object', target, section }))
  return ok(formatAddress({ kind: 'edit', target: { ...target, subresource } }))
}

/** As kubectl does: the longest beginning of the path that is a type; the rest is the field. */
function explained(
  kinds: readonly ResourceKind[],
  context: string,
  { type, apiVersion }: Extract<TargetWords, { kind: 'explain' }>,
): Result<string> {
  const parts = type.split('.')
  for (let length = parts.length; length > 0; length--) {
    const kind = kindNamed(kinds, parts.slice(0, length).join('.'))
    if (kind === null) continue
    const { group, resource } = kind
    const version = apiVersion?.split('/').at(-1) ?? kind.version
    const field = parts.slice(length).join('.')
    return ok(formatAddress({ kind: 'explain', of: { context, group, version, resource }, field }))
  }
  return fail({ code: 'resource-unknown', group: '', resource: parts[0] ?? '' })
}
