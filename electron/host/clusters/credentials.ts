import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { fail, ok, type Result } from '../../../core/problem.ts'
import type { ExecCredential } from './exec-plugin.ts'
import type { ContextEntry } from './kubeconfig.ts'
import { codeOf, type KubeUser, type Material } from './kubeconfig-file.ts'
import type { Plugins } from './plugins.ts'

/** What a request carries: TLS material for the connection, headers for itself. `key` changes exactly when the TLS part does. */
export type Credentials = {
  readonly tls: {
    readonly ca: Buffer | null
    readonly cert: Buffer | null
    readonly key: Buffer | null
    readonly servername: string | null
    readonly insecure: boolean
  }
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly key: string
}

/** Where a context's credentials come from. */
export type CredentialSource = {
  /** Files are read anew when they changed, plugins run anew when their credential expires. `credentials-failed`, `plugin-unconfirmed`. */
  current(): Promise<Result<Credentials>>
  /** To be called after a 401: true when `current` may now give something else. */
  refused(): boolean
}

/** The credentials of one kubeconfig context, kept fresh. The signal ends the wait for a plugin that runs. */
export function credentialSource(entry: ContextEntry, plugins: Plugins, signal: AbortSignal): CredentialSource {
  const files = fileReader()
  const ca = async () => (entry.cluster.ca === null ? null : files.bytes(entry.cluster.ca))
  const { exec = null, authProvider = null } = entry.user ?? {}
  const provider = entry.user !== null && authProvider !== null ? authProviderSource(entry.user) : null
  const program = authProvider?.program ?? null
  let used: ExecCredential | null = null
  return {
    async current() {
      try {
        if (exec !== null) {
          const executed = await plugins.credential(exec, entry, ca, signal)
          if (!executed.ok) return executed
          used = executed.value
        }
        if (program !== null && !plugins.isAllowed(program, entry.context.name))
          return fail({ code: 'plugin-unconfirmed', command: program.command })
        const provided = provider === null ? null : await provider()
        return ok(await assemble(entry, files, used, provided))
      } catch (error) {
        // Files that cannot be read and providers that refuse are the person's to mend.
        return fail({ code: 'credentials-failed', detail: detailOf(error) })
      }
    },
    refused() {
      files.forget()
      if (used !== null) plugins.drop(used)
      return exec !== null || entry.user?.tokenFile != null
    },
  }
}

type Files = ReturnType<typeof fileReader>

async function assemble(
  { cluster, user }: ContextEntry,
  files: Files,
  exec: ExecCredential | null,
  provided: string | null,
): Promise<Credentials> {
  const read = async (material: Material | null | undefined) => (material ? files.bytes(material) : null)
  const tls = {
    ca: cluster.insecureSkipTlsVerify ? null : await read(cluster.ca),
    cert: exec?.cert ? Buffer.from(exec.cert) : await read(user?.cert),
    key: exec?.key ? Buffer.from(exec.key) : await read(user?.key),
    servername: cluster.tlsServerName,
    insecure: cluster.insecureSkipTlsVerify,
  }
  // As client-go: the file's token goes before the inline one, both before a plugin's.
  const fromFile = user?.tokenFile ? (await files.bytes({ file: user.tokenFile })).toString('utf8').trim() : null
  const token = fromFile || user?.token || exec?.token || provided
  const headers = { ...authorization(token || null, user), ...impersonation(user) }
  return { tls, headers, key: tlsKey(tls) }
}

function authorization(token: string | null, user: KubeUser | null): Record<string, string> {
  if (token !== null) return { authorization: `Bearer ${token}` }
  if (!user?.basic) return {}
  const { username, password } = user.basic
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
}

function impersonation(user: KubeUser | null): Record<string, string | string[]> {
  const as = user?.impersonate
  if (!as) return {}
  // Keys of extra fields are percent-encoded in header names (client-go's headerKeyEscape).
  const extra = Object.entries(as.extra).map(([key, values]) => [
    `impersonate-extra-${encodeURIComponent(key)}`,
    values.map(asHeader),
  ])
  return {
    'impersonate-user': asHeader(as.user),
    ...(as.uid === null ? {} : { 'impersonate-uid': asHeader(as.uid) }),
    ...(as.groups.length === 0 ? {} : { 'impersonate-group': as.groups.map(asHeader) }),
    ...Object.fromEntries(extra),
  }
}

// Go writes and reads UTF-8 here; HTTP libraries write headers as Latin-1.
function asHeader(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

function tlsKey(tls: Credentials['tls']): string {
  const hash = createHash('sha256')
  for (const part of [tls.ca, tls.cert, tls.key]) hash.update(part ?? '').update('\0')
  return hash.update(`${tls.servername}\0${tls.insecure}`).digest('hex')
}

// Certificates and tokens on disk are rotated by others: each use costs a stat, a change a read.
function fileReader() {
  const kept = new Map<string, { readonly stamp: string; readonly bytes: Buffer }>()
  return {
    async bytes(material: Material): Promise<Buffer> {
      if ('data' in material) return material.data
      const { mtimeMs, size, ino } = await stat(material.file)
      const stamp = `${mtimeMs}:${size}:${ino}`
      const known = kept.get(material.file)
      if (known?.stamp === stamp) return known.bytes
      const bytes = await readFile(material.file)
      kept.set(material.file, { stamp, bytes })
      return bytes
    },
    forget: () => kept.clear(),
  }
}

// The OpenID Connect provider (and the removed cloud ones) come from client-node, loaded only where a kubeconfig names
// one: its import costs 80 MB and 380 ms.
function authProviderSource(user: KubeUser): () => Promise<string | null> {
  let loaded: Promise<() => Promise<string | null>> | null = null
  const load = async () => {
    const { KubeConfig } = await import('@kubernetes/client-node')
    const config = new KubeConfig()
    const cluster = { name: 'cluster', server: 'https://unused.invalid', skipTLSVerify: false }
    config.loadFromClusterAndUser(cluster, {
      name: 'user',
      authProvider: { name: user.authProvider?.name ?? '', config: { ...user.authProvider?.config } },
    })
    return async () => {
      const options: { headers?: Record<string, string> } = {}
      await config.applyToHTTPSOptions(options)
      return /^Bearer (.+)$/.exec(options.headers?.Authorization ?? '')?.[1] ?? null
    }
  }
  return async () => {
    loaded ??= load()
    return (await loaded)()
  }
}

function detailOf(error: unknown): string {
  const code = codeOf(error)
  const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : null
  if (path !== null) return `${code}: a file that the kubeconfig names cannot be read`
  return error instanceof Error ? error.message.slice(0, 300) : code
}
