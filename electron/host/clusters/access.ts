import { isObject } from '../../../core/object.ts'
import { type Asked, fail, ok, type Result } from '../../../core/problem.ts'
import { type Cluster, request } from './connection.ts'
import { objectOf } from './get.ts'

/** Asks the server whether this person may do that (SelfSubjectAccessReview). `reason` is the authorizer's, often empty. */
export async function askAccess(
  cluster: Cluster,
  asked: Asked,
  signal: AbortSignal,
): Promise<Result<{ readonly allowed: boolean; readonly reason: string }>> {
  const { verb, group, resource, subresource, namespace, name } = asked
  const resourceAttributes = {
    verb,
    group,
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === null ? {} : { namespace }),
    ...(name === null ? {} : { name }),
  }
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  }
  const answer = await request(cluster, {
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: JSON.stringify(review),
    mediaType: 'application/json',
    asked: {
      verb: 'create',
      group: 'authorization.k8s.io',
      resource: 'selfsubjectaccessreviews',
      namespace: null,
      name: null,
    },
    signal,
  })
  if (!answer.ok) return answer
  const object = objectOf(answer.value)
  if (!object.ok) return object
  const { status } = object.value.object
  if (!isObject(status)) return fail({ code: 'server-error', status: answer.value.status, message: 'no review status' })
  return ok({ allowed: status.allowed === true, reason: typeof status.reason === 'string' ? status.reason : '' })
}
