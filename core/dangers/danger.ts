import type { Change } from '../diff.ts'
import { canonicalJson, type JsonObject } from '../json.ts'
import type { PatchSchema } from '../patch/schema.ts'
import { type Path, pathKey } from '../path.ts'

/**
 * How much a danger weighs. `refused`: the server will not take the change. `serious`: something may be lost, or not be
 * served. `warning`: often not what was meant. `note`: worth knowing.
 */
export type Severity = 'refused' | 'serious' | 'warning' | 'note'

/** Every danger that is told of and its weight, by what it is about; in the order in which the settings list them. */
export const dangerGroups = {
  text: { 'hidden-character': 'warning', 'look-alike': 'warning' },
  object: {
    'immutable-field': 'refused',
    'number-overflow': 'serious',
    'finalizer-removed': 'serious',
    'owner-added': 'warning',
    'owner-missing': 'serious',
    'owner-removed': 'warning',
    'owner-changed': 'note',
    'protection-removed': 'warning',
    'order-changed': 'note',
  },
  workload: {
    'selector-mismatch': 'refused',
    'scaled-to-zero': 'warning',
    downtime: 'serious',
    'image-not-pinned': 'note',
    'probe-removed': 'warning',
    'resources-removed': 'warning',
    'eviction-blocked': 'warning',
    'key-removed': 'warning',
  },
  privileges: {
    privileged: 'warning',
    'host-namespace': 'warning',
    'host-path': 'warning',
    'host-port': 'note',
    'capability-added': 'warning',
    'privilege-escalation': 'note',
    'run-as-root': 'warning',
    'confinement-off': 'warning',
    'token-mounted': 'note',
    'rbac-wildcard': 'warning',
    'rbac-escalation': 'serious',
    'admin-bound': 'serious',
    'bound-to-everyone': 'serious',
    'pod-security-changed': 'note',
  },
  network: {
    'selects-nothing': 'warning',
    'selects-all': 'warning',
    'service-exposed': 'note',
    'tls-removed': 'warning',
    'isolates-all': 'warning',
    'webhook-catches-all': 'serious',
  },
  storage: { 'claim-shrunk': 'refused', 'reclaim-deletes': 'warning', 'below-used': 'warning', 'new-default': 'note' },
  definitions: { 'version-unserved': 'serious', 'storage-version-changed': 'warning', 'field-pruned': 'serious' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Severity>>>>

type Groups = typeof dangerGroups
export type DangerGroup = keyof Groups
export type DangerId = { [G in DangerGroup]: keyof Groups[G] }[DangerGroup] & string

/** The weights of all dangers. */
const severities = Object.assign({}, ...Object.values(dangerGroups)) as Readonly<Record<DangerId, Severity>>

/** All dangers by their ids, in the order of their groups. */
// The keys of the groups are the ids.
export const dangerIds = Object.keys(severities) as readonly DangerId[]

/** What a danger's sentence names: names, kinds, numbers. Never a Secret's value. */
export type DangerFacts = Readonly<Record<string, string | number>>

/** Something that may go wrong by a change. `path` is in the changed object; where it was taken away, in the former one. */
export type Danger = {
  readonly id: DangerId
  readonly severity: Severity
  readonly path: Path
  readonly facts: DangerFacts
}

/** What rules look at. `before` is null where there is nothing yet; then all of `after` counts as changed. */
export type Ground = {
  readonly before: JsonObject | null
  readonly after: JsonObject
  readonly changes: readonly Change[]
  readonly schema: PatchSchema | null
  /** The object's group ('' for core) and kind. */
  readonly group: string
  readonly kind: string
}

/** Finds one sort of danger, only where the change newly causes it. */
export type Rule = (ground: Ground) => readonly Danger[]

/** A danger with the weight of its sort, or with one of its own. */
export function danger(id: DangerId, path: Path, facts: DangerFacts = {}, severity: Severity = severities[id]): Danger {
  return { id, severity, path, facts }
}

/** The rule that tells what an object has and its former version had not. */
export function newly(find: (object: JsonObject, ground: Ground) => readonly Danger[]): Rule {
  return ground => {
    const { before, after } = ground
    const known = new Set(before === null ? [] : find(before, ground).map(keyOf))
    return find(after, ground).filter(one => !known.has(keyOf(one)))
  }
}

/** Equal for a danger that is in both versions: a position in a list says nothing. */
function keyOf({ id, path, facts }: Danger): string {
  return `${id} ${pathKey(path.filter(step => typeof step !== 'number'))} ${canonicalJson(facts)}`
}
