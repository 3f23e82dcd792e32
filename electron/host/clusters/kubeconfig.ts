import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, isAbsolute, join, resolve, sep } from 'node:path'
import { parse } from 'yaml'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'

/** Bytes that a kubeconfig holds inline or names by an absolute path. */
export type Material = { readonly file: string } | { readonly data: Buffer }

/** A `clusters` entry. `execConfig` is what exec plugins get as `spec.cluster.config`. */
type KubeCluster = {
  readonly server: string
  readonly tlsServerName: string | null
  readonly insecureSkipTlsVerify: boolean
  readonly ca: Material | null
  readonly proxyUrl: string | null
  readonly disableCompression: boolean
  readonly execConfig: unknown
}

/** A program that prints credentials (client.authentication.k8s.io). `command` is absolute, or a bare name looked up in PATH. */
export type ExecPlugin = {
  readonly apiVersion: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly provideClusterInfo: boolean
  readonly interactiveMode: string
  readonly installHint: string | null
}

/** A `users` entry. Paths are absolute. */
export type KubeUser = {
  readonly cert: Material | null
  readonly key: Material | null
  readonly token: string | null
  readonly tokenFile: string | null
  readonly basic: { readonly username: string; readonly password: string } | null
  readonly impersonate: {
    readonly user: string
    readonly uid: string | null
    readonly groups: readonly string[]
    readonly extra: Readonly<Record<string, readonly string[]>>
  } | null
  readonly exec: ExecPlugin | null
  readonly authProvider: { readonly name: string; readonly config: Readonly<Record<string, string>> } | null
}

/** A `contexts` entry. An empty `user` means none: requests go out anonymous. */
type KubeContext = {
  readonly name: string
  readonly cluster: string
  readonly user: string
  readonly namespace: string | null
}

/** All kubeconfig files merged. Contexts keep the order in which they stand in the files. */
export type Kubeconfig = {
  readonly contexts: ReadonlyMap<string, KubeContext>
  readonly clusters: ReadonlyMap<string, KubeCluster>
  readonly users: ReadonlyMap<string, KubeUser>
  readonly currentContext: string | null
}

/** What one context needs for talking to its cluster, taken out of the merged kubeconfig. */
export type ContextEntry = {
  readonly context: KubeContext
  readonly cluster: KubeCluster
  /** Null where the context names no user. */
  readonly user: KubeUser | null
}

/** The files that are read: those given, else KUBECONFIG's list, else `~/.kube/config`. */
export function kubeconfigFiles(given: readonly string[] | null): readonly string[] {
  if (given !== null) return given.map(file => resolve(file))
  const listed = (process.env.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '')
  return listed.length > 0 ? listed.map(file => resolve(file)) : [join(homedir(), '.kube', 'config')]
}

/**
 * Reads and merges kubeconfig files as client-go's ClientConfigLoadingRules.Load: the first file that has an entry or a
 * current context wins, a missing file is skipped, paths are relative to their file. Unlike there, what is wrong with
 * one file or entry is a problem (`kubeconfig-invalid`) and the rest stays usable. `kubeconfig-missing`: no file at all.
 */
export async function loadKubeconfig(options: {
  readonly files: readonly string[] | null
}): Promise<{ readonly config: Kubeconfig; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = []
  const merged = { contexts: new Map(), clusters: new Map(), users: new Map() }
  let currentContext: string | null = null
  let found = 0
  for (const file of kubeconfigFiles(options.files)) {
    const text = await readOptional(file, problems)
    if (text === null) continue
    found += 1
    const one = readKubeconfig(text, file)
    problems.push(...one.problems)
    for (const kind of ['contexts', 'clusters', 'users'] as const)
      for (const [name, entry] of one.config[kind]) if (!merged[kind].has(name)) merged[kind].set(name, entry)
    currentContext ??= one.config.currentContext
  }
  if (found === 0 && problems.length === 0) problems.push({ code: 'kubeconfig-missing' })
  else if (merged.contexts.size === 0 && problems.length === 0) problems.push(invalid('it has no contexts'))
  return { config: { ...merged, currentContext }, problems }
}

/** One context's entry. `context-unknown` where there is none, `kubeconfig-invalid` where it names a missing cluster or user. */
export function contextEntry(config: Kubeconfig, name: string): Result<ContextEntry> {
  const context = config.contexts.get(name)
  if (context === undefined) return fail({ code: 'context-unknown', context: name })
  const cluster = config.clusters.get(context.cluster)
  if (cluster === undefined) return fail(invalid(`context "${name}": cluster "${context.cluster}" does not exist`))
  const user = context.user === '' ? null : config.users.get(context.user)
  if (user === undefined) return fail(invalid(`context "${name}": user "${context.user}" does not exist`))
  return ok({ context, cluster, user })
}

async function readOptional(file: string, problems: Problem[]): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = codeOf(error)
    // kubectl skips a missing file of the list without a word.
    if (code !== 'ENOENT' && code !== 'ENOTDIR') problems.push(invalid(`${basename(file)} cannot be read (${code})`))
    return null
  }
}

/** Reads the text of one kubeconfig file; its relative paths are relative to the file's folder. */
function readKubeconfig(
  text: string,
  file: string,
): { readonly config: Kubeconfig; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const folder = dirname(file)
  const root = parseYaml(text, basename(file), problems)
  const read = <T>(kind: string, item: string, make: (name: string, entry: Fields) => T): Map<string, T> => {
    const entries = new Map<string, T>()
    for (const one of listOf(root[kind])) {
      const name = textOf(fieldsOf(one).name)
      if (name === null) problems.push(invalid(`an entry of ${kind} has no name`))
      else if (entries.has(name))
        problems.push(invalid(`two ${kind} in one file are named "${name}"; the first is used`))
      else entries.set(name, make(name, fieldsOf(fieldsOf(one)[item])))
    }
    return entries
  }
  const clusters = read('clusters', 'cluster', (name, entry) => readCluster(name, entry, folder, problems))
  const config = {
    clusters: new Map([...clusters].filter((pair): pair is [string, KubeCluster] => pair[1] !== null)),
    users: read('users', 'user', (_, entry) => readUser(entry, folder)),
    contexts: read('contexts', 'context', readContext),
    currentContext: textOf(root['current-context']),
  }
  return { config, problems }
}

type Fields = Readonly<Record<string, unknown>>

function parseYaml(text: string, name: string, problems: Problem[]): Fields {
  try {
    return fieldsOf(parse(text, { schema: 'yaml-1.1', merge: true, uniqueKeys: false, logLevel: 'error' }))
  } catch (error) {
    // The parser's message quotes lines of the file, which may hold a token: only its first line is safe.
    const message = error instanceof Error ? error.message.split('\n')[0] : ''
    problems.push(invalid(`${name} is not YAML: ${(message ?? '').replace(/:$/, '')}`))
    return {}
  }
}

function readContext(name: string, entry: Fields): KubeContext {
  return {
    name,
    cluster: textOf(entry.cluster) ?? '',
    user: textOf(entry.user) ?? '',
    namespace: textOf(entry.namespace),
  }
}

function readCluster(name: string, entry: Fields, folder: string, problems: Problem[]): KubeCluster | null {
  const server = textOf(entry.server) ?? ''
  if (!URL.canParse(server) || !/^https?:/.test(server)) {
    problems.push(invalid(`cluster "${name}": server is not an http or https address`))
    return null
  }
  const extensions = listOf(entry.extensions).map(fieldsOf)
  return {
    server: server.replace(/\/+$/, ''),
    tlsServerName: textOf(entry['tls-server-name']),
    insecureSkipTlsVerify: entry['insecure-skip-tls-verify'] === true,
    ca: materialOf(entry['certificate-authority-data'], entry['certificate-authority'], folder),
    proxyUrl: textOf(entry['proxy-url']),
    disableCompression: entry['disable-compression'] === true,
    execConfig: extensions.find(one => one.name === 'client.authentication.k8s.io/exec')?.extension ?? null,
  }
}

function readUser(entry: Fields, folder: string): KubeUser {
  const tokenFile = textOf(entry.tokenFile)
  const username = textOf(entry.username)
  return {
    cert: materialOf(entry['client-certificate-data'], entry['client-certificate'], folder),
    key: materialOf(entry['client-key-data'], entry['client-key'], folder),
    token: textOf(entry.token),
    tokenFile: tokenFile === null ? null : absolute(tokenFile, folder),
    basic: username === null ? null : { username, password: textOf(entry.password) ?? '' },
    impersonate: readImpersonation(entry),
    exec: readExec(fieldsOf(entry.exec), folder),
    authProvider: readAuthProvider(fieldsOf(entry['auth-provider'])),
  }
}

function readImpersonation(entry: Fields): KubeUser['impersonate'] {
  const user = textOf(entry.as)
  if (user === null) return null
  const extra = Object.entries(fieldsOf(entry['as-user-extra'])).map(([key, values]) => [key, textsOf(values)] as const)
  return { user, uid: textOf(entry['as-uid']), groups: textsOf(entry['as-groups']), extra: Object.fromEntries(extra) }
}

function readExec(entry: Fields, folder: string): ExecPlugin | null {
  const command = textOf(entry.command)
  if (command === null) return null
  const env = listOf(entry.env).map(fieldsOf)
  return {
    apiVersion: textOf(entry.apiVersion) ?? '',
    // As client-go: a bare name is looked up in PATH, anything with a separator is relative to the kubeconfig.
    command: command.includes(sep) || command.includes('/') ? absolute(command, folder) : command,
    args: textsOf(entry.args),
    env: Object.fromEntries(env.map(one => [textOf(one.name) ?? '', textOf(one.value) ?? ''])),
    provideClusterInfo: entry.provideClusterInfo === true,
    interactiveMode: textOf(entry.interactiveMode) ?? 'IfAvailable',
    installHint: textOf(entry.installHint),
  }
}

function readAuthProvider(entry: Fields): KubeUser['authProvider'] {
  const name = textOf(entry.name)
  if (name === null) return null
  const config = Object.entries(fieldsOf(entry.config)).map(([key, value]) => [key, textOf(value) ?? ''])
  return { name, config: Object.fromEntries(config) }
}

function materialOf(data: unknown, file: unknown, folder: string): Material | null {
  const inline = textOf(data)
  if (inline !== null) return { data: Buffer.from(inline, 'base64') }
  const path = textOf(file)
  return path === null ? null : { file: absolute(path, folder) }
}

function absolute(path: string, folder: string): string {
  return isAbsolute(path) ? path : resolve(folder, path)
}

function invalid(detail: string): Problem {
  return { code: 'kubeconfig-invalid', detail }
}

/** The `code` of a Node error, its name where it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function fieldsOf(value: unknown): Fields {
  // A non-null, non-list object of a parsed document has string keys.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).map(one => textOf(one) ?? '')
}

// Empty means absent, as in client-go. A token or a context may be written as a bare number.
function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}
