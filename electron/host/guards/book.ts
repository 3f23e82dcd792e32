import { type Guard, guardWrites } from '../../../contract/guard.ts'

/** As much of a cluster's identity as is known: the hash of its address and CA, and `kube-system`'s uid, null while unknown. */
export type KnownIdentity = { readonly address: string; readonly uid: string | null }

/** A guard and the cluster that it is for. */
export type GuardRecord = KnownIdentity & { readonly guard: Guard }

/**
 * The records that hold for a cluster. One uid is one cluster, also at another address (a tunnel, a new CA), unless that
 * address has a record of its own. Where a uid is unknown on either side, the address decides; that may be several.
 */
export function recordsFor(records: readonly GuardRecord[], { address, uid }: KnownIdentity): readonly GuardRecord[] {
  const here = records.filter(record => record.address === address)
  if (uid === null) return here
  const same = records.filter(record => record.uid === uid)
  const exact = same.filter(record => record.address === address)
  if (exact.length > 0) return exact
  return same.length > 0 ? same : here.filter(record => record.uid === null)
}

/** The records with a guard for that cluster, in place of those that held for its address. */
export function withGuard(
  records: readonly GuardRecord[],
  identity: KnownIdentity,
  guard: Guard,
): readonly GuardRecord[] {
  const { address, uid } = identity
  const replaced = records.filter(
    record => record.address === address && (uid === null || record.uid === null || record.uid === uid),
  )
  // Who may not read the uid still speaks of the cluster that is known there.
  const known = uid ?? (replaced.length === 1 ? (replaced[0]?.uid ?? null) : null)
  return [...records.filter(record => !replaced.includes(record)), { address, uid: known, guard }]
}

/** The strictest of several guards, in each of its parts. The first that has a colour gives it. */
export function strictest(guards: readonly Guard[]): Guard {
  // They stand in the order of their strictness.
  const writes = Math.max(0, ...guards.map(guard => guardWrites.indexOf(guard.writes)))
  return {
    colour: guards.find(guard => guard.colour !== null)?.colour ?? null,
    writes: guardWrites[writes] ?? 'never',
    confirm: guards.some(guard => guard.confirm),
  }
}
