import type { Change } from '../diff.ts'
import { canonicalJson, type Json } from '../json.ts'
import { lookAlikesIn } from '../look-alikes.ts'
import { isList, isObject } from '../object.ts'
import type { PatchSchema } from '../patch/schema.ts'
import type { Path, Step } from '../path.ts'
import { type Danger, danger, type Ground, type Rule } from './danger.ts'

/** A value that stands in the changed object and is new there. */
type Leaf = { readonly path: Path; readonly value: Json; readonly schema: PatchSchema | null }

/** Numbers of 2^31 and more in a field of 32 bits: the server may take what is left of them without a word. */
const overflows: Rule = ground =>
  leavesOf(ground).flatMap(({ path, value, schema }) => {
    const bits = typeof value === 'number' || typeof value === 'bigint' ? bitsOf(schema) : null
    if (bits === null || typeof value === 'string') return []
    // Beyond 2^53 only an integer that is one exactly comes here as a bigint.
    const number = typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)))
    if (BigInt.asIntN(bits, number) === number) return []
    return [
      danger('number-overflow', path, { number: String(value), bits, becomes: String(BigInt.asIntN(bits, number)) }),
    ]
  })

function bitsOf(schema: PatchSchema | null): 32 | 64 | null {
  const { types, format } = schema?.scalar ?? { types: [], format: null }
  if (types.length !== 1 || types[0] !== 'integer') return null
  return format === 'int32' ? 32 : 64
}

/** Fields whose value is a name, an address of an image or the like: never prose. */
const nameField = /^(name|namespace|image|host|hosts|key|kind|apiVersion|resources?|verbs|apiGroups?|[a-z]\w*Name)$/

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** Letters of another script that look like the one that was meant. */
const lookAlikes: Rule = ground => {
  const isSecret = ground.group === '' && ground.kind === 'Secret'
  return leavesOf(ground).flatMap(({ path, value }) => {
    const [top] = path
    const names = path.filter(step => typeof step === 'string')
    // An annotation may hold what was applied last.
    const isQuiet = names.at(-1) === lastApplied || (isSecret && !(top === 'metadata' && names[1] === 'labels'))
    const field = names.at(-1) ?? ''
    const isName =
      nameField.test(field) || ['labels', 'matchLabels', 'selector', 'nodeSelector'].includes(names.at(-2) ?? '')
    const texts = typeof value === 'string' && !isQuiet ? [{ text: value, isName }] : []
    // Keys of maps are names too; those of a schema's fields are judged by the schema.
    return [...texts, { text: field, isName: true }].flatMap(({ text, isName }) => {
      const found = lookAlikesIn(text, isName)
      return found === null
        ? []
        : [
            danger('look-alike', path, {
              word: found.word,
              character: found.character,
              code: found.code,
              meant: found.meant,
            }),
          ]
    })
  })
}

/** Everything that is new in the changed object, down to its scalars. */
function leavesOf(ground: Ground): readonly Leaf[] {
  const found: Leaf[] = []
  for (const change of ground.changes) {
    if (change.kind === 'removed' || change.kind === 'moved') continue
    const schema = change.path.reduce((place: PatchSchema | null, step) => within(place, step), ground.schema)
    collect({ path: change.path, value: change.to, schema }, formerOf(change), found)
  }
  return found
}

/** The items that a list had already, where it is compared as a whole. */
function formerOf(change: Change): ReadonlySet<string> {
  const from = change.kind === 'changed' && isList(change.from) ? change.from : []
  return new Set(from.map(item => canonicalJson(item)))
}

const none: ReadonlySet<string> = new Set()

function collect({ path, value, schema }: Leaf, former: ReadonlySet<string>, found: Leaf[]): void {
  if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      collect({ path: [...path, key], value: inner, schema: schema?.field(key) ?? null }, none, found)
    }
  } else if (isList(value)) {
    const items = schema?.items() ?? null
    value.forEach((item, index) => {
      if (!former.has(canonicalJson(item))) collect({ path: [...path, index], value: item, schema: items }, none, found)
    })
  } else found.push({ path, value, schema })
}

function within(schema: PatchSchema | null, step: Step): PatchSchema | null {
  return (typeof step === 'string' ? schema?.field(step) : schema?.items()) ?? null
}

/** Whether the order of a list's items means something, by the list's name; null where that is not known. */
const orderMatters: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(
    ['args', 'command', 'initContainers', 'env', 'envFrom', 'containers', 'paths'].map(name => [name, true]),
  ),
  ...Object.fromEntries(['ingress', 'egress'].map(name => [name, false])),
  ...Object.fromEntries(
    [
      'ports',
      'volumes',
      'volumeMounts',
      'imagePullSecrets',
      'tolerations',
      'finalizers',
      'ownerReferences',
      'subjects',
    ].map(name => [name, false]),
  ),
}

/** A list that has the same items as before in another order. */
const orders: Rule = ({ changes, kind }) =>
  changes.flatMap((change): readonly Danger[] => {
    if (change.kind !== 'moved' && !isPermuted(change)) return []
    const list = change.path.findLast(step => typeof step === 'string') ?? ''
    const matters = orderMatters[list]
    const restarts = kind !== 'Pod' && change.path.includes('template')
    const facts = { list, matters: matters === undefined ? 'unknown' : matters ? 'yes' : restarts ? 'restarts' : 'no' }
    return [danger('order-changed', change.path, facts, matters === true ? 'warning' : 'note')]
  })

function isPermuted(change: Change): boolean {
  if (change.kind !== 'changed' || !isList(change.from) || !isList(change.to)) return false
  const sorted = (list: readonly Json[]) => list.map(item => canonicalJson(item)).sort()
  return (
    change.from.length === change.to.length && canonicalJson(sorted(change.from)) === canonicalJson(sorted(change.to))
  )
}

/** What is wrong with single values, whatever the kind. */
export const values: readonly Rule[] = [overflows, lookAlikes, orders]
