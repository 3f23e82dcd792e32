import { useEffect, useEffectEvent } from 'react'
import { formatAddress, parseAddress } from '../../contract/address.ts'
import type { EditAddress, ObjectAddress } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'

const kept = 20

/** The pages of the objects that were looked at last, newest first; what is none is left out. */
export function recentObjects(addresses: readonly string[]): readonly ObjectAddress[] {
  return addresses.flatMap(address => {
    const parsed = parseAddress(address)
    return parsed?.kind === 'object' ? [parsed] : []
  })
}

/** The addresses with one put first; the very same list when it is there already. */
export function withRecentObject(addresses: readonly string[], address: string): readonly string[] {
  if (addresses[0] === address) return addresses
  return [address, ...addresses.filter(other => other !== address)].slice(0, kept)
}

/** Remembers the object on screen, in the profile. */
export function useRecentObjects(shown: EditAddress | null): void {
  const save = useSaveSettings()
  const { settings } = useApp()
  const { subresource: _, ...target } =
    shown === null || shown.kind === 'create' ? { subresource: null } : { subresource: null, ...shown.target }
  const address = 'name' in target ? formatAddress({ kind: 'object', target, section: null }) : null
  const recent = address === null ? settings.recentObjects : withRecentObject(settings.recentObjects, address)
  const remember = useEffectEvent(() => {
    if (recent !== settings.recentObjects) save({ recentObjects: [...recent] })
  })
  // Only looking at another object is worth remembering.
  useEffect(() => remember(), [address])
}
