import type { CopiedObject } from '../../../contract/create.ts'
import type { EditTarget } from '../../../contract/edit.ts'
import { copyObject } from '../../../core/copy.ts'
import { isList, isObject, metadataOf } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import { openingView, textObject } from '../../../core/view.ts'
import { printYaml } from '../../../core/yaml.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject } from '../clusters/get.ts'

/** Reads an object, and gives its text as it can be created elsewhere. A Secret's values are text where they are text. */
export async function readCopy(
  cluster: Cluster,
  { object: target, owners }: { readonly object: EditTarget; readonly owners: boolean },
  signal: AbortSignal,
): Promise<Result<CopiedObject>> {
  const read = await getObject(cluster, target, target, signal)
  if (!read.ok) return read
  const { object, leftOut } = copyObject(read.value.object, { owners })
  const { ownerReferences } = metadataOf(read.value.object)
  const named = (isList(ownerReferences) ? ownerReferences.filter(isObject) : []).map(
    ({ kind, name }) => `${String(kind)} ${String(name)}`,
  )
  return ok({ text: printYaml(textObject(object, openingView)), leftOut, owners: named })
}
