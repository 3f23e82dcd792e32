import { isDeepStrictEqual } from 'node:util'
import type { Kinds, ResourceKind } from '../../../contract/browse.ts'
import { parseJson } from '../../../core/json.ts'
import type { ResourceType } from '../../../core/object.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { type Cluster, request } from './connection.ts'
import { plainKinds, readAggregated } from './discovery-answers.ts'

/** What one of the two discovery documents (`/api`, `/apis`) said last. */
type Part = { readonly etag: string | null; readonly kinds: Kinds }

type Known = { readonly at: number; readonly parts: readonly Part[]; readonly kinds: Kinds }

const accept = ['v2', 'v2beta1']
  .map(version => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',')

const freshMs = 30_000

const knownKinds = new WeakMap<Cluster, Known>()

/** Questions on their way: several lists and edits open at once, and with 5,000 kinds an answer has megabytes. */
const asking = new WeakMap<Cluster, Promise<Result<Kinds>>>()

/**
 * The kinds that a cluster serves, in its own order: aggregated discovery, or a request per group version on servers
 * without it. Kept for 30 s, then (and with `refresh`) asked again by ETag, which costs one small round trip. The very
 * same value as before when nothing changed.
 */
export async function discover(
  cluster: Cluster,
  options: { readonly refresh?: boolean; readonly signal: AbortSignal },
): Promise<Result<Kinds>> {
  const known = knownKinds.get(cluster)
  if (known && !options.refresh && Date.now() - known.at < freshMs) return ok(known.kinds)
  const underWay = asking.get(cluster)
  // What changed after that question was asked is not in its answer: who wants it fresh asks the next one.
  if (underWay !== undefined && options.refresh) await unlessAborted(underWay, options.signal)
  const shared = asking.get(cluster) ?? ask(cluster, knownKinds.get(cluster))
  return unlessAborted(shared, options.signal)
}

function ask(cluster: Cluster, known: Known | undefined): Promise<Result<Kinds>> {
  // It serves whoever waits; the request's own limit of time and the cluster's end bound it.
  const answer = readParts(cluster, known, new AbortController().signal).finally(() => asking.delete(cluster))
  asking.set(cluster, answer)
  return answer
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function readParts(cluster: Cluster, known: Known | undefined, signal: AbortSignal): Promise<Result<Kinds>> {
  const parts = await Promise.all(
    ['/api', '/apis'].map((path, index) => readPart(cluster, path, known?.parts[index] ?? null, signal)),
  )
  const read: Part[] = []
  for (const part of parts) {
    if (!part.ok) return part
    read.push(part.value)
  }
  const fresh = {
    kinds: read.flatMap(part => part.kinds.kinds),
    failedGroups: read.flatMap(part => part.kinds.failedGroups),
  }
  // Servers without ETags say the same in new words each time; who follows must not take that for news.
  const same = known?.parts.every((part, index) => part === read[index]) || isDeepStrictEqual(fresh, known?.kinds)
  const kinds = same && known ? known.kinds : fresh
  knownKinds.set(cluster, { at: Date.now(), parts: read, kinds })
  return ok(kinds)
}

/** The served kind of that group, version and resource. `resource-unknown` only after asking the server anew. */
export async function findKind(
  cluster: Cluster,
  type: ResourceType,
  signal: AbortSignal,
): Promise<Result<ResourceKind>> {
  return findServed(cluster, type, kind => kind.resource === type.resource, signal)
}

/** The served resource whose objects say that apiVersion and kind. `resource-unknown` names it by its kind. */
export async function findKindOf(
  cluster: Cluster,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  signal: AbortSignal,
): Promise<Result<ResourceKind>> {
  const [version = '', group = ''] = apiVersion.split('/').reverse()
  return findServed(cluster, { group, version, resource: kind }, served => served.kind === kind, signal)
}

async function findServed(
  cluster: Cluster,
  asked: ResourceType,
  isIt: (kind: ResourceKind) => boolean,
  signal: AbortSignal,
): Promise<Result<ResourceKind>> {
  for (const refresh of [false, true]) {
    const kinds = await discover(cluster, { refresh, signal })
    if (!kinds.ok) return kinds
    const found = kinds.value.kinds.find(
      kind => kind.group === asked.group && kind.version === asked.version && isIt(kind),
    )
    if (found) return ok(found)
  }
  return fail({ code: 'resource-unknown', group: asked.group, resource: asked.resource })
}

/**
 * The kind that a typed word means to kubectl: plural, singular, kind or short name, `plural.group`, or
 * `plural.version.group`; in the group that comes first and its preferred version where nothing else is said.
 */
export function kindNamed(kinds: readonly ResourceKind[], word: string): ResourceKind | null {
  const [name = '', ...rest] = word.toLowerCase().split('.')
  const isNamed = (kind: ResourceKind) =>
    [kind.resource, kind.singular, kind.kind.toLowerCase(), ...kind.shortNames].includes(name)
  const named = kinds.filter(isNamed)
  if (rest.length === 0) return named.find(kind => kind.preferred) ?? named[0] ?? null
  const group = rest.join('.')
  const [version = '', ...groupParts] = rest
  const inGroup = named.filter(kind => kind.group === group)
  return (
    named.find(kind => kind.version === version && kind.group === groupParts.join('.')) ??
    inGroup.find(kind => kind.preferred) ??
    inGroup[0] ??
    null
  )
}

async function readPart(
  cluster: Cluster,
  path: string,
  before: Part | null,
  signal: AbortSignal,
): Promise<Result<Part>> {
  const asked = { verb: 'get', group: '', resource: path, namespace: null, name: null }
  const headers = { accept, ...(before?.etag ? { 'if-none-match': before.etag } : {}) }
  const answer = await request(cluster, { method: 'GET', path, headers, asked, signal })
  if (!answer.ok) return answer
  if (answer.value.status === 304 && before !== null) return ok(before)
  const { status, body, headers: told } = answer.value
  const parsed = parseJson(body)
  if (!parsed.ok) return fail({ code: 'server-error', status, message: `${path} did not answer with JSON` })
  const kinds = readAggregated(parsed.value)
  if (kinds !== null) return ok({ etag: told.etag ?? null, kinds })
  // A mere list of groups stays the same when the kinds in them change.
  return ok({ etag: null, kinds: await plainKinds(cluster, parsed.value, signal) })
}
