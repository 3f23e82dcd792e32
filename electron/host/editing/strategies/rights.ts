import { askAccess } from '../../clusters/access.ts'
import { askedFor } from '../../clusters/path-of.ts'
import type { OpenEdit } from '../open-edit.ts'
import { servedStrategies } from './served.ts'
import type { WriteWays } from './ways.ts'

/** How the object of an edit can be written, and as whom. */
export function waysOf(
  { kindSchema, kind, session }: Pick<OpenEdit, 'kindSchema' | 'kind' | 'session'>,
  fieldManager: string,
): Omit<WriteWays, 'schema'> {
  const served = servedStrategies(kindSchema, kind, session.ref.subresource ?? null)
  return { strategic: kindSchema.strategic, served, fieldManager }
}

/**
 * Asks once for each edit whether this person may put the object: that is another verb than patching it. Where the server
 * cannot be asked, the attempt will tell.
 */
export async function askMayUpdate(edit: OpenEdit, signal: AbortSignal): Promise<void> {
  const { kindSchema, kind, session, cluster } = edit
  const { ref } = session
  if (edit.mayUpdate !== null || session.origin.kind === 'create') return
  if (!servedStrategies(kindSchema, kind, ref.subresource ?? null).includes('replace')) return
  const at = { namespace: ref.namespace, name: ref.name, subresource: ref.subresource ?? null }
  const access = await askAccess(cluster, askedFor('update', ref, at), signal)
  edit.mayUpdate = !access.ok || access.value.allowed
}
