import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import type { ContextEntry } from './kubeconfig.ts'
import { codeOf, type ExecPlugin } from './kubeconfig-file.ts'

/** What an exec plugin printed. `expires` is a time in milliseconds, null when the credential holds until refused. */
export type ExecCredential = {
  readonly token: string | null
  readonly cert: string | null
  readonly key: string | null
  readonly expires: number | null
}

// Time for a person to log in, somewhere else.
const minutesToWait = 5
const longestOutput = 1024 * 1024

/**
 * Runs a credential plugin as kubectl does (KUBERNETES_EXEC_INFO set, its variables over ours), without a terminal.
 * `credentials-failed` tells how it failed: never its output, which may hold the credential; what it prints for people
 * goes to `onPrompt`. It is killed after five minutes, and when the signal is aborted.
 */
export async function runExecPlugin(
  plugin: ExecPlugin,
  { entry, ca, onPrompt, signal }: RunOptions,
): Promise<Result<ExecCredential>> {
  if (plugin.interactiveMode === 'Always')
    return failed(plugin, 'it wants to ask in a terminal (interactiveMode: Always), and there is none here')
  const info = JSON.stringify(execInfo(plugin, entry, ca))
  const child = spawn(plugin.command, plugin.args, {
    env: { ...process.env, ...plugin.env, KUBERNETES_EXEC_INFO: info },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const ended = new Promise<End>(resolve => {
    child.on('error', error => resolve({ code: null, error: codeOf(error) }))
    child.on('close', code => resolve({ code, error: null }))
  })
  const until = AbortSignal.any([signal, AbortSignal.timeout(minutesToWait * 60_000)])
  const stop = () => {
    child.kill('SIGKILL')
    // What the plugin itself has started may hold these open.
    child.stdout.destroy()
    child.stderr.destroy()
  }
  until.addEventListener('abort', stop)
  try {
    const [out, err, end] = await Promise.all([
      readUpTo(child.stdout, longestOutput, () => undefined),
      readUpTo(child.stderr, longestOutput, onPrompt),
      ended,
    ])
    return readEnd(plugin, out, err, end)
  } catch (error) {
    if (!until.aborted) throw error
    return failed(plugin, signal.aborted ? 'it was stopped' : `it did not end within ${minutesToWait} minutes`)
  } finally {
    until.removeEventListener('abort', stop)
  }
}

type RunOptions = {
  readonly entry: ContextEntry
  readonly ca: Buffer | null
  /** Hears what the plugin prints for people, as it comes. */
  readonly onPrompt: (text: string) => void
  readonly signal: AbortSignal
}

/** All that a stream gives, of which only the first part is kept. */
async function readUpTo(stream: Readable, length: number, onText: (text: string) => void): Promise<string> {
  let all = ''
  for await (const text of stream.setEncoding('utf8')) {
    onText(text)
    if (all.length < length) all += text
  }
  return all
}

type End = { readonly code: number | null; readonly error: string | null }

function readEnd(plugin: ExecPlugin, out: string, err: string, end: End): Result<ExecCredential> {
  if (end.error === 'ENOENT')
    return failed(plugin, `not found${plugin.installHint === null ? '' : `. ${plugin.installHint}`}`)
  if (end.error !== null) return failed(plugin, end.error)
  if (end.code !== 0) return failed(plugin, `exit code ${end.code ?? 'none'}${lastLine(err)}`)
  return readCredential(plugin, out)
}

function execInfo(plugin: ExecPlugin, { cluster }: ContextEntry, ca: Buffer | null): unknown {
  const about = {
    server: cluster.server,
    ...(cluster.tlsServerName === null ? {} : { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(ca === null ? {} : { 'certificate-authority-data': ca.toString('base64') }),
    ...(cluster.proxyUrl === null ? {} : { 'proxy-url': cluster.proxyUrl }),
    ...(cluster.disableCompression ? { 'disable-compression': true } : {}),
    config: cluster.execConfig,
  }
  const spec = { interactive: false, ...(plugin.provideClusterInfo ? { cluster: about } : {}) }
  return { kind: 'ExecCredential', apiVersion: plugin.apiVersion, spec }
}

function readCredential(plugin: ExecPlugin, out: string): Result<ExecCredential> {
  let answer: { readonly kind?: unknown; readonly apiVersion?: unknown; readonly status?: unknown }
  try {
    answer = Object(JSON.parse(out))
  } catch {
    return failed(plugin, 'it did not print JSON')
  }
  if (answer.kind !== 'ExecCredential') return failed(plugin, 'it did not print an ExecCredential')
  if (answer.apiVersion !== plugin.apiVersion)
    return failed(plugin, `it speaks ${answer.apiVersion}, the kubeconfig asks for ${plugin.apiVersion}`)
  const status: Readonly<Record<string, unknown>> = Object(answer.status)
  const textAt = (key: string) => (typeof status[key] === 'string' && status[key] !== '' ? status[key] : null)
  const expires = Date.parse(textAt('expirationTimestamp') ?? '')
  const credential = {
    token: textAt('token'),
    cert: textAt('clientCertificateData'),
    key: textAt('clientKeyData'),
    expires: Number.isNaN(expires) ? null : expires,
  }
  if ((credential.cert === null) !== (credential.key === null))
    return failed(plugin, 'it printed a certificate without its key, or a key without its certificate')
  if (credential.token === null && credential.cert === null) return failed(plugin, 'it printed no credential')
  return ok(credential)
}

function failed(plugin: ExecPlugin, how: string): { readonly ok: false; readonly problem: Problem } {
  return fail({ code: 'credentials-failed', detail: `exec plugin ${plugin.command}: ${how}` })
}

// What plugins print on stderr last is their error; it is cut short since it may be anything.
function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
  return line === '' ? '' : `: ${line}`
}
