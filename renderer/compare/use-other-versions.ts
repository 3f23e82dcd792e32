import type { ResourceType } from '../../core/object.ts'
import { useKinds } from '../browse/use-kinds.ts'

/** The other versions in which a kind is served, as far as the kinds on screen tell. */
export function useOtherVersions({ group, resource, version: own }: ResourceType): readonly string[] {
  const { kinds } = useKinds()
  const all = kinds?.filter(kind => kind.group === group && kind.resource === resource) ?? []
  return all.map(({ version }) => version).filter(version => version !== own)
}
