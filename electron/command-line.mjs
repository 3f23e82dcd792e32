// Plain JavaScript: scripts/start.mjs reads it with any Node from 20 on, before anything is installed.
import { parseArgs } from 'node:util'
import { readTarget, targetOptions } from './command-target.mjs'

/** @typedef {import('./command-target.mjs').TypedTarget} TypedTarget */

/**
 * What was asked for on the command line. `context` is the one that pages begin with, null for the kubeconfig's current
 * one; `port` null means the last one or any; `profile` null the usual folder.
 * `as` is whom that context acts as, null for nobody else.
 * @typedef {{ user: string, groups: string[], uid: string | null }} ActingAs
 * @typedef {{ practice: boolean, kubeconfig: string | null, context: string | null, as: ActingAs | null, port: number | null, hosts: string[],
 *   profile: string | null, open: boolean, dev: boolean, help: boolean, target: TypedTarget | null }} CommandLine
 */

/** How the command is used, for the terminal. */
export const usage = `Usage: npm start -- [options] [target]

Targets, in kubectl's words
  get TYPE            open a list (TYPE as kubectl takes it); list TYPE does the same
    -n, --namespace NAMESPACE         in this namespace; may be repeated
    -A, --all-namespaces              in all namespaces
    --context NAME                    of this context; may be repeated
    --all-contexts                    of every context of the kubeconfig
    -l, --selector SELECTOR           filtered by labels
    --field-selector SELECTOR         filtered by fields
    --sort-by COLUMN|PATH             sorted (-COLUMN: descending)
    -L, --label-columns KEY,KEY       with these labels as columns
    -o wide                           with the wide columns
  get TYPE/NAME, describe TYPE/NAME   open an object (TYPE NAME does the same)
  edit TYPE/NAME                      open it in the editor
    --subresource NAME                its status, scale, resize or ephemeralcontainers alone
  explain TYPE.FIELD                  open the documentation of a kind's fields, such as deployments.spec
    --api-version VERSION             in this version, such as autoscaling/v1

Options
  --context NAME      begin with this context of the kubeconfig
  --as USER           act as this user in that context (--as-group, which may be repeated, and --as-uid)
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
  context: { type: 'string', multiple: true },
  as: { type: 'string' },
  'as-group': { type: 'string', multiple: true },
  'as-uid': { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string', multiple: true },
  profile: { type: 'string' },
  'no-open': { type: 'boolean' },
  dev: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  ...targetOptions,
})

/** What kubectl has and a list here needs another word for, or none. */
const hints = new Map([
  ['-w', 'Lists follow the cluster by themselves: leave -w out.'],
  ['--watch', 'Lists follow the cluster by themselves: leave --watch out.'],
  ['--show-labels', 'Name the labels that shall be columns: -L KEY,KEY.'],
  ['-f', 'Open a file in the app: Open a manifest (M).'],
  ['--filename', 'Open a file in the app: Open a manifest (M).'],
])

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
    const complaint = error instanceof Error ? `${error.message.split('. ', 1)[0]}.` : String(error)
    const hint = hints.get(/^Unknown option '(-[^']+)'/.exec(complaint)?.[1] ?? '')
    return hint === undefined ? complaint : `${complaint} ${hint}`
  }
  const { values, positionals } = parsed
  const { practice = false, kubeconfig = null, context: contexts = [], profile = null } = values
  const { host: hosts = [], dev = false, help = false, 'no-open': noOpen = false } = values
  for (const [name, value] of Object.entries(values)) {
    if ([value].flat().includes('')) return `--${name} needs a value.`
  }
  const port = values.port === undefined ? null : readPort(values.port)
  if (Number.isNaN(port)) return '--port needs a number from 1 to 65535.'
  if (practice && kubeconfig !== null) return '--practice and --kubeconfig exclude each other.'
  const { as: user, 'as-group': groups = [], 'as-uid': uid = null } = values
  if (user === undefined && (groups.length > 0 || uid !== null)) return '--as-group and --as-uid need --as.'
  const as = user === undefined ? null : { user, groups, uid }
  const target = readTarget(positionals, values, contexts)
  if (typeof target === 'string') return target
  const [context = null] = contexts
  return { practice, kubeconfig, context, as, port, hosts, profile, open: !noOpen, dev, help, target }
}

/** @param {readonly string[]} words */
function split(words) {
  // kubectl takes a sign between a letter and its value, too.
  const args = words.map(word => word.replace(/^(-[a-zA-Z])=/, '$1'))
  return parseArgs({ args, options, allowPositionals: true, strict: true })
}

/** @param {string} text */
function readPort(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port >= 1 && port <= 65535 ? port : Number.NaN
}
