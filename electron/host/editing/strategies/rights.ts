import { partSubresources } from '../../../../core/subresources.ts'
import { askAccess } from '../../clusters/access.ts'
import { askedFor } from '../../clusters/path-of.ts'
import type { OpenEdit } from '../open-edit.ts'
import { servedStrategies } from './served.ts'
import { type EditWays, mediaTypes, type PartWays } from './ways.ts'

/** How the object of an edit can be written, with its parts, and as whom. */
export function waysOf(
  { kindSchema, kind, session }: Pick<OpenEdit, 'kindSchema' | 'kind' | 'session'>,
  fieldManager: string,
): Omit<EditWays, 'schema'> {
  const { ref, origin } = session
  const served = servedStrategies(kindSchema, kind, ref.subresource ?? null)
  // What a manifest says of a status is ignored, as `kubectl apply` does.
  const isWhole = origin.kind === 'edit' && ref.subresource === undefined
  const parts = (isWhole ? partSubresources(ref, kind.subresources) : []).map((subresource): PartWays => {
    const patchTypes = kindSchema.partTypes[subresource] ?? []
    const strategic = kindSchema.schema !== null && patchTypes.includes(mediaTypes.strategic)
    return { subresource, strategic, served: servedStrategies({ strategic, patchTypes }, kind, subresource) }
  })
  return { strategic: kindSchema.strategic, served, fieldManager, parts }
}

/**
 * Asks once for each edit whether this person may put the object, and its parts: that is another verb than patching them.
 * Where the server cannot be asked, the attempt will tell.
 */
export async function askMayUpdate(edit: OpenEdit, signal: AbortSignal): Promise<void> {
  const { session, cluster } = edit
  const { ref } = session
  if (session.origin.kind === 'create') return
  const { served, parts } = waysOf(edit, '')
  const asked = [{ subresource: ref.subresource ?? null, served }, ...parts].filter(
    endpoint => endpoint.served.includes('replace') && !edit.mayUpdate.has(endpoint.subresource),
  )
  await Promise.all(
    asked.map(async ({ subresource }) => {
      const at = { namespace: ref.namespace, name: ref.name, subresource }
      const access = await askAccess(cluster, askedFor('update', ref, at), signal)
      edit.mayUpdate.set(subresource, !access.ok || access.value.allowed)
    }),
  )
}
