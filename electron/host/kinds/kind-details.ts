import type { DefinedVersion, KindDefinition, KindDetails } from '../../../contract/kinds.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { isList, isObject } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject } from '../clusters/get.ts'

const definitions = { group: 'apiextensions.k8s.io', version: 'v1', resource: 'customresourcedefinitions' }

/** What the CustomResourceDefinition of a kind says of it; kinds that are built in or of an aggregated API have none. */
export async function kindDetails(
  cluster: Cluster,
  { group, resource }: { readonly group: string; readonly resource: string },
  signal: AbortSignal,
): Promise<Result<KindDetails>> {
  if (!group.includes('.')) return ok({ definition: null })
  const name = `${resource}.${group}`
  const answer = await getObject(cluster, definitions, { namespace: null, name }, signal)
  if (answer.ok) return ok({ definition: definitionOf(name, answer.value.object) })
  return answer.problem.code === 'not-found' ? ok({ definition: null }) : answer
}

function definitionOf(name: string, object: JsonObject): KindDefinition {
  const versions = objectsIn(isObject(object.spec) ? object.spec.versions : null)
  const conditions = objectsIn(isObject(object.status) ? object.status.conditions : null)
  const storage = versions.find(one => one.storage === true)?.name
  return {
    name,
    storage: typeof storage === 'string' ? storage : null,
    versions: versions.map(
      (one): DefinedVersion => ({
        version: text(one.name),
        served: one.served === true,
        deprecated: one.deprecated === true,
      }),
    ),
    troubles: conditions.filter(isTrouble).map(one => ({
      type: text(one.type),
      reason: text(one.reason),
      message: text(one.message),
    })),
  }
}

// Established and NamesAccepted should be True, what else a server says of a definition (NonStructuralSchema, Terminating) should not.
function isTrouble({ type, status }: JsonObject): boolean {
  const good = type === 'Established' || type === 'NamesAccepted' ? 'True' : 'False'
  return status !== good && type !== 'KubernetesAPIApprovalPolicyConformant'
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isObject) : []
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
