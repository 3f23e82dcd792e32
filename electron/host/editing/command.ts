import type { Impersonation } from '../../../contract/contexts.ts'
import type { CommandView } from '../../../contract/review.ts'
import { type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { apiVersionOf, isObject, type ResourceType } from '../../../core/object.ts'
import { objectPath, writeQuery } from '../clusters/path-of.ts'
import type { WriteRequest } from './plan.ts'

/** Linux refuses a single argument of 128 KiB; above this the patch goes in by a here-document. */
const longestArgument = 100_000

/** What a command needs beside the request. `kubeconfigGiven`: the app reads a kubeconfig that kubectl would not find by itself. */
export type CommandFacts = {
  readonly context: string
  /** Whom kubectl is to act as; null for nobody else. */
  readonly actingAs: Impersonation | null
  readonly fieldManager: string
  readonly kubeconfigGiven: boolean
}

/** The subresources that every kubectl knows: others it refuses by name, but for the newest ones. */
const knownSubresources: readonly string[] = ['status', 'scale', 'resize']

/** Whether the command has to name the endpoint itself: `kubectl replace --raw`, which only puts. */
function isRaw({ subresource }: WriteRequest): boolean {
  return subresource !== null && !knownSubresources.includes(subresource)
}

/** What the command of a request sends: its body, or, where kubectl could only put, the object that is to be. */
export function commandBody(request: WriteRequest, merged: JsonObject): string {
  return isRaw(request) && request.method === 'PATCH' ? printJson(merged) : request.body
}

/** The kubectl command that sends the same change. `body` is what `commandBody` says, masked where `masked` says so. */
export function kubectlCommand(request: WriteRequest, body: string, masked: boolean, facts: CommandFacts): CommandView {
  if (request.method === 'DELETE') return deletion(request, facts)
  const raw = isRaw(request)
  const isPatch = !raw && patchType(request) !== null
  const words = isPatch ? patchWords(request, facts) : raw ? rawWords(request, facts) : objectWords(request, facts)
  const notes: CommandView['notes'][number][] = []
  if (isPatch) notes.push('no-strict-validation')
  if (raw && request.method === 'PATCH') notes.push('puts-whole')
  if (facts.kubeconfigGiven) notes.push('needs-kubeconfig')
  if (masked) notes.push('masked')
  return {
    posix: isPatch ? posixPatch(words, body) : posixInput(words, ['-f', '-'], body),
    powershell: powershell(words, isPatch ? '--patch-file' : '-f', body),
    runnable: !masked,
    notes,
  }
}

/** The kubectl command that deletes an object, in its own version. */
export function deleteCommand(
  ref: ResourceType & { readonly namespace: string | null; readonly name: string },
  facts: Pick<CommandFacts, 'context' | 'actingAs'>,
  options: readonly string[] = [],
): Pick<CommandView, 'posix' | 'powershell'> {
  const request = { type: ref, namespace: ref.namespace }
  const words = ['kubectl', ...where(request, facts), 'delete', `${typeWord(request)}/${ref.name}`, ...options]
  return { posix: words.map(quotePosix).join(' '), powershell: words.map(quotePowershell).join(' ') }
}

/** kubectl takes no preconditions: its command deletes whatever has the name. */
function deletion({ type, namespace, name, body }: WriteRequest, facts: CommandFacts): CommandView {
  const parsed = parseJson(body)
  const options = parsed.ok && isObject(parsed.value) ? parsed.value : {}
  const { propagationPolicy, gracePeriodSeconds: grace } = options
  const words = [
    ...(typeof propagationPolicy === 'string' ? [`--cascade=${propagationPolicy.toLowerCase()}`] : []),
    ...(typeof grace === 'number' ? [`--grace-period=${grace}`, ...(grace === 0 ? ['--force'] : [])] : []),
    '--wait=false',
  ]
  const notes: CommandView['notes'] = facts.kubeconfigGiven
    ? ['no-preconditions', 'needs-kubeconfig']
    : ['no-preconditions']
  return { ...deleteCommand({ ...type, namespace, name }, facts, words), runnable: true, notes }
}

function patchWords(request: WriteRequest, facts: CommandFacts): string[] {
  const what = [`${typeWord(request)}/${request.name}`, `--type=${patchType(request)}`]
  return ['kubectl', ...where(request, facts), 'patch', ...what, ...common(request)]
}

/** The words for a request that is an object: kubectl reads it as a file. */
function objectWords(request: WriteRequest, facts: CommandFacts): string[] {
  const verb = request.method === 'POST' ? ['create'] : request.method === 'PUT' ? ['replace'] : applyWords(request)
  return ['kubectl', ...where(request, facts), ...verb, ...common(request), '--validate=strict']
}

function rawWords(request: WriteRequest, { context, actingAs }: CommandFacts): string[] {
  const query = writeQuery({ dryRun: false, fieldManager: request.fieldManager })
  const path = `${objectPath(request.type, request)}?${new URLSearchParams(query)}`
  return ['kubectl', ...contextWords(context, actingAs), 'replace', `--raw=${path}`]
}

function applyWords({ force }: WriteRequest): string[] {
  return ['apply', '--server-side', ...(force ? ['--force-conflicts'] : [])]
}

function common({ subresource, fieldManager }: WriteRequest): string[] {
  return [...(subresource === null ? [] : [`--subresource=${subresource}`]), `--field-manager=${fieldManager}`]
}

/** The `--type` of kubectl patch, null for a request that is none. */
function patchType({ method, mediaType }: WriteRequest): string | null {
  if (method !== 'PATCH') return null
  const [, type] = /^application\/(strategic|merge|json)(?:-merge)?-patch\+json$/.exec(mediaType) ?? []
  return type ?? null
}

function where(request: Pick<WriteRequest, 'namespace'>, facts: Pick<CommandFacts, 'context' | 'actingAs'>): string[] {
  const place = request.namespace === null ? [] : [`--namespace=${request.namespace}`]
  return [...contextWords(facts.context, facts.actingAs), ...place]
}

/** kubectl's words for a context, and for acting as somebody else in it. */
export function contextWords(context: string, as: Impersonation | null): string[] {
  const groups = as?.groups ?? []
  const uid = as?.uid ?? null
  return [
    `--context=${context}`,
    ...(as === null ? [] : [`--as=${as.user}`]),
    ...groups.map(group => `--as-group=${group}`),
    ...(uid === null ? [] : [`--as-uid=${uid}`]),
  ]
}

/** `deployments.v1.apps`, so that kubectl takes the same version; plain names in the core group. */
export function typeWord(request: Pick<WriteRequest, 'type'>): string {
  const { group, version, resource } = request.type
  return apiVersionOf(request.type) === 'v1' ? resource : `${resource}.${version}.${group}`
}

function posixPatch(words: readonly string[], body: string): string {
  if (body.length > longestArgument) return posixInput(words, ['--patch-file=/dev/stdin'], body)
  return [...words, '-p', body].map(quotePosix).join(' ')
}

/** A here-document: its delimiter must not stand in the body, which is JSON on one line. */
function posixInput(words: readonly string[], input: readonly string[], body: string): string {
  return `${[...words, ...input].map(quotePosix).join(' ')} <<'PATCHBAY'\n${body}\nPATCHBAY`
}

/** A word as POSIX shells read it back unchanged. */
export function quotePosix(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** By a temporary file, since Windows PowerShell 5 drops the double quotes of an argument. */
function powershell(words: readonly string[], flag: string, body: string): string {
  const command = words.map(quotePowershell).join(' ')
  return [
    '$file = New-TemporaryFile',
    `[IO.File]::WriteAllText($file.FullName, ${quotePowershell(body)})`,
    `${command} ${flag} $file.FullName`,
    'Remove-Item $file',
  ].join('; ')
}

/** A word as PowerShell reads it back unchanged. It takes typographic single quotes for plain ones, so they are doubled too. */
export function quotePowershell(word: string): string {
  if (/^[A-Za-z0-9_/.=:-]+$/.test(word) && !word.startsWith('--%')) return word
  return `'${word.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}
