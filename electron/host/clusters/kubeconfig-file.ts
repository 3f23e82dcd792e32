import { basename, dirname, isAbsolute, resolve, sep } from 'node:path'
import { parse } from 'yaml'
import type { Problem } from '../../../core/problem.ts'

/** Bytes that a kubeconfig holds inline or names by an absolute path. */
export type Material = { readonly file: string } | { readonly data: Buffer }

/** A `clusters` entry. `execConfig` is what exec plugins get as `spec.cluster.config`. */
export type KubeCluster = {
  readonly server: string
  readonly tlsServerName: string | null
  readonly insecureSkipTlsVerify: boolean
  readonly ca: Material | null
  readonly proxyUrl: string | null
  readonly disableCompression: boolean
  readonly execConfig: unknown
}

/** A program that a kubeconfig `file` wants to be run. `command` is absolute, or a bare name looked up in PATH. */
export type Program = {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly file: string
}

/** A program that prints credentials (client.authentication.k8s.io). */
export type ExecPlugin = Program & {
  readonly apiVersion: string
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
  /** `program`: what some of the providers of old run for a token. */
  readonly authProvider: {
    readonly name: string
    readonly config: Readonly<Record<string, string>>
    readonly program: Program | null
  } | null
}

/** A user of whom nothing is said: requests go out anonymous. */
export const nobody: KubeUser = readUser({}, '')

/** A `contexts` entry. An empty `user` means none: requests go out anonymous. */
export type KubeContext = {
  readonly name: string
  readonly cluster: string
  readonly user: string
  readonly namespace: string | null
}

/** One kubeconfig file, or several merged. Contexts keep the order in which they stand in the files. */
export type Kubeconfig = {
  readonly contexts: ReadonlyMap<string, KubeContext>
  readonly clusters: ReadonlyMap<string, KubeCluster>
  readonly users: ReadonlyMap<string, KubeUser>
  readonly currentContext: string | null
}

/** Reads the text of one kubeconfig file; its relative paths are relative to the file's folder. */
export function readKubeconfig(
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
    users: read('users', 'user', (_, entry) => readUser(entry, file)),
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

function readUser(entry: Fields, file: string): KubeUser {
  const folder = dirname(file)
  const tokenFile = textOf(entry.tokenFile)
  const username = textOf(entry.username)
  return {
    cert: materialOf(entry['client-certificate-data'], entry['client-certificate'], folder),
    key: materialOf(entry['client-key-data'], entry['client-key'], folder),
    token: textOf(entry.token),
    tokenFile: tokenFile === null ? null : absolute(tokenFile, folder),
    basic: username === null ? null : { username, password: textOf(entry.password) ?? '' },
    impersonate: readImpersonation(entry),
    exec: readExec(fieldsOf(entry.exec), file),
    authProvider: readAuthProvider(fieldsOf(entry['auth-provider']), file),
  }
}

function readImpersonation(entry: Fields): KubeUser['impersonate'] {
  const user = textOf(entry.as)
  if (user === null) return null
  const extra = Object.entries(fieldsOf(entry['as-user-extra'])).map(([key, values]) => [key, textsOf(values)] as const)
  return { user, uid: textOf(entry['as-uid']), groups: textsOf(entry['as-groups']), extra: Object.fromEntries(extra) }
}

function readExec(entry: Fields, file: string): ExecPlugin | null {
  const command = textOf(entry.command)
  if (command === null) return null
  const env = listOf(entry.env).map(fieldsOf)
  return {
    apiVersion: textOf(entry.apiVersion) ?? '',
    // As client-go: a bare name is looked up in PATH, anything with a separator is relative to the kubeconfig.
    command: command.includes(sep) || command.includes('/') ? absolute(command, dirname(file)) : command,
    args: textsOf(entry.args),
    env: Object.fromEntries(env.map(one => [textOf(one.name) ?? '', textOf(one.value) ?? ''])),
    file,
    provideClusterInfo: entry.provideClusterInfo === true,
    interactiveMode: textOf(entry.interactiveMode) ?? 'IfAvailable',
    installHint: textOf(entry.installHint),
  }
}

function readAuthProvider(entry: Fields, file: string): KubeUser['authProvider'] {
  const name = textOf(entry.name)
  if (name === null) return null
  const config = Object.fromEntries(
    Object.entries(fieldsOf(entry.config)).map(([key, value]) => [key, textOf(value) ?? '']),
  )
  const command = config['cmd-path']
  const args = (config['cmd-args'] ?? '').split(' ').filter(word => word !== '')
  return { name, config, program: command === undefined ? null : { command, args, env: {}, file } }
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

/** A kubeconfig that cannot be used as it is, or a part of one. */
export function invalid(detail: string): Problem {
  return { code: 'kubeconfig-invalid', detail }
}
