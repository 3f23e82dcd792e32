import type { Owner } from '../../core/ownership.ts'

/** How many colours `owners.css` has for owners. */
const hueCount = 8

/** A colour for each owner, as a number: those of one manager share theirs. */
export function huesOf(owners: readonly Owner[]): readonly number[] {
  const managers = [...new Set(owners.map(({ manager }) => manager))]
  return owners.map(({ manager }) => managers.indexOf(manager) % hueCount)
}

/** An owner in the words of managedFields: `helm (Update)`, `kube-controller-manager (Update, /scale)`. */
export function ownerName(owner: Owner | undefined): string {
  if (owner === undefined) return ''
  const { manager, operation, subresource } = owner
  return `${manager || '?'} (${[operation, ...(subresource === undefined ? [] : [`/${subresource}`])].join(', ')})`
}
