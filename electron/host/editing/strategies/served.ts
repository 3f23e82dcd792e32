import type { ResourceKind } from '../../../../contract/browse.ts'
import type { KindSchema } from '../schema.ts'
import { type EditStrategy, editStrategies, mediaTypes } from './ways.ts'

/**
 * The strategies whose requests the server takes for a resource, or for one of its subresources: PATCH by the media types
 * in its OpenAPI (where that says nothing, what every server takes), PUT by the verbs of its discovery.
 */
export function servedStrategies(
  { strategic, patchTypes }: Pick<KindSchema, 'strategic' | 'patchTypes'>,
  kind: ResourceKind,
  subresource: string | null,
): readonly EditStrategy[] {
  const verbs = subresource === null ? kind.verbs : subresourceVerbs(kind, subresource)
  const takes: Readonly<Record<Exclude<EditStrategy, 'replace'>, () => boolean>> = {
    strategic: () => strategic,
    merge: () => patchTypes.length === 0 || patchTypes.includes(mediaTypes.merge),
    json: () => patchTypes.length === 0 || patchTypes.includes(mediaTypes.json),
    // A custom resource's scale lists it, and answers 500.
    apply: () => patchTypes.includes(mediaTypes.apply) && (strategic || subresource !== 'scale'),
  }
  return editStrategies.filter(strategy =>
    strategy === 'replace' ? verbs.includes('update') : verbs.includes('patch') && takes[strategy](),
  )
}

/** The verbs of a subresource; none where the kind has no such one. */
export function subresourceVerbs(kind: ResourceKind, name: string): readonly string[] {
  return kind.subresources.find(subresource => subresource.name === name)?.verbs ?? []
}
