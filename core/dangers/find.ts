import { diffObjects } from '../diff.ts'
import { groupAndKind, refusedChanges } from '../immutable-fields.ts'
import type { JsonObject } from '../json.ts'
import type { PatchSchema } from '../patch/schema.ts'
import { type Danger, type DangerId, danger, type Rule, type Severity } from './danger.ts'
import { type KeptField, keptByRule } from './kept-fields.ts'
import { kinds } from './kinds.ts'
import { metadata } from './metadata.ts'
import { privileges, rights } from './privileges.ts'
import { values } from './values.ts'
import { workloads } from './workloads.ts'

const immutable: Rule = ({ before, after, schema, changes }) =>
  before === null
    ? []
    : refusedChanges(before, after, schema, changes).map(({ path, rule }) =>
        danger('immutable-field', path, { field: rule.field, when: rule.when }),
      )

const rules: readonly Rule[] = [immutable, ...metadata, ...workloads, ...kinds, privileges, ...rights, ...values]

/** In the order of their weight. */
const weights: readonly Severity[] = ['refused', 'serious', 'warning', 'note']

type Options = {
  /** Dangers that are not looked for. */
  readonly off?: ReadonlySet<string>
  /** The fields of a custom resource whose rules let them never change. */
  readonly kept?: readonly KeptField[]
}

/** What may go wrong by a change, most serious first; only what the change newly causes. */
export function findDangers(
  before: JsonObject | null,
  after: JsonObject,
  schema: PatchSchema | null,
  { off = new Set(), kept = [] }: Options = {},
): readonly Danger[] {
  const changes = diffObjects(before ?? {}, after, schema)
  if (changes.length === 0) return []
  const [group, kind] = groupAndKind(after)
  const ground = { before, after, changes, schema, group, kind }
  const found = [keptByRule(kept), ...rules].flatMap(rule => rule(ground)).filter(({ id }) => !off.has(id))
  return found.toSorted((a, b) => weights.indexOf(a.severity) - weights.indexOf(b.severity))
}

/** Those that are submitted only once somebody has said that he knows. */
const wantingAcknowledgement: ReadonlySet<DangerId> = new Set(['finalizer-removed', 'owner-missing', 'downtime'])

/** Whether a danger wants an acknowledgement before Submit. */
export function wantsAcknowledgement({ id }: Pick<Danger, 'id'>): boolean {
  return wantingAcknowledgement.has(id)
}
