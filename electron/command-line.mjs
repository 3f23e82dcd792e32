// Plain JavaScript: scripts/start.mjs reads it with any Node from 20 on, before anything is installed.
import { parseArgs } from 'node:util'

/**
 * A target in kubectl's words: `edit deployment/nginx`, `list pods`. `name` is null for a list.
 * @typedef {{ verb: 'edit' | 'list', type: string, name: string | null, namespace: string | null, context: string | null }} TypedTarget
 */

/**
 * What was asked for on the command line. `port` null means the last one or any; `profile` null the usual folder.
 * @typedef {{ practice: boolean, kubeconfig: string | null, context: string | null, port: number | null, hosts: string[],
 *   profile: string | null, open: boolean, dev: boolean, help: boolean, target: TypedTarget | null }} CommandLine
 */

/** How the command is used, for the terminal. */
export const usage = `Usage: npm start -- [options] [target]

Targets
  edit TYPE/NAME | edit TYPE NAME   open an object (TYPE as kubectl takes it)
  list TYPE                         open a list
    -n, --namespace NAMESPACE       where the target is

Options
  --context NAME      begin with this context of the kubeconfig
  --kubeconfig FILE   read this file instead of KUBECONFIG or ~/.kube/config
  --practice          start on a practice cluster of its own
  --port N            listen on this port of 127.0.0.1
  --host NAME         answer to this host name too (for SSH tunnels); may be repeated
  --profile DIR       keep settings and state in this folder
  --no-open           open nothing, print the address
  --dev               rebuild the page as its sources change
  --help              print this
`

const options = /** @type {const} */ ({
  practice: { type: 'boolean' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  port: { type: 'string' },
  host: { type: 'string', multiple: true },
  profile: { type: 'string' },
  'no-open': { type: 'boolean' },
  dev: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
})

/**
 * Reads the words after `npm start --`. A string is one sentence on what is wrong with them.
 * @param {readonly string[]} words
 * @returns {CommandLine | string}
 */
export function parseCommandLine(words) {
  /** @type {ReturnType<typeof split>} */
  let parsed
  try {
    parsed = split(words)
  } catch (error) {
    // parseArgs throws its complaint; its first sentence names the option.
    return error instanceof Error ? `${error.message.split('. ', 1)[0]}.` : String(error)
  }
  const { values, positionals } = parsed
  const { practice = false, kubeconfig = null, context = null, namespace = null, profile = null } = values
  const { host: hosts = [], dev = false, help = false, 'no-open': noOpen = false } = values
  for (const [name, value] of Object.entries({ kubeconfig, context, namespace, profile })) {
    if (value === '') return `--${name} needs a value.`
  }
  const port = values.port === undefined ? null : readPort(values.port)
  if (Number.isNaN(port)) return '--port needs a number from 1 to 65535.'
  if (practice && kubeconfig !== null) return '--practice and --kubeconfig exclude each other.'
  const target = readTarget(positionals, namespace, context)
  if (typeof target === 'string') return target
  return { practice, kubeconfig, context, port, hosts, profile, open: !noOpen, dev, help, target }
}

/** @param {readonly string[]} words */
function split(words) {
  return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
}

/** @param {string} text */
function readPort(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port >= 1 && port <= 65535 ? port : Number.NaN
}

/**
 * @param {readonly string[]} words
 * @param {string | null} namespace
 * @param {string | null} context
 * @returns {TypedTarget | string | null}
 */
function readTarget(words, namespace, context) {
  const [verb, ...rest] = words
  if (verb === undefined) return namespace === null ? null : '--namespace goes with a target: edit or list.'
  if (verb !== 'edit' && verb !== 'list') return `Unknown target "${verb}": use edit or list.`
  const [type = '', name] = verb === 'edit' && rest.length === 1 ? cut(rest[0] ?? '') : rest
  if (verb === 'list') {
    if (rest.length !== 1 || type === '') return 'list takes one type, such as: list pods.'
    return { verb, type, name: null, namespace, context }
  }
  if (rest.length > 2 || type === '' || !name) return 'edit takes a type and a name, such as: edit deployment/nginx.'
  return { verb, type, name, namespace, context }
}

/** @param {string} text */
function cut(text) {
  const at = text.indexOf('/')
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
