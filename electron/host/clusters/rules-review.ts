import type { Rules } from '../../../contract/access.ts'
import type { ResourceRule } from '../../../core/access-rules.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { isList, isObject } from '../../../core/object.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { type Cluster, request } from './connection.ts'
import { objectOf } from './get.ts'

/** Asks the server for all that this person may do in a namespace (SelfSubjectRulesReview). */
export async function reviewRules(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<Result<Rules>> {
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } }
  const resource = 'selfsubjectrulesreviews'
  const answer = await request(cluster, {
    method: 'POST',
    path: `/apis/authorization.k8s.io/v1/${resource}`,
    body: JSON.stringify(review),
    mediaType: 'application/json',
    asked: { verb: 'create', group: 'authorization.k8s.io', resource, namespace: null, name: null },
    signal,
    timeoutSeconds: 15,
  })
  if (!answer.ok) return answer
  const object = objectOf(answer.value)
  if (!object.ok) return object
  const { status } = object.value.object
  if (!isObject(status)) return fail({ code: 'server-error', status: answer.value.status, message: 'no review status' })
  return ok({
    rules: objectsIn(status.resourceRules).map(ruleOf),
    urls: objectsIn(status.nonResourceRules).map(rule => ({
      verbs: textsIn(rule.verbs),
      urls: textsIn(rule.nonResourceURLs),
    })),
    incomplete: status.incomplete === true,
    evaluationError: typeof status.evaluationError === 'string' ? status.evaluationError : '',
  })
}

function ruleOf(rule: JsonObject): ResourceRule {
  return {
    verbs: textsIn(rule.verbs),
    groups: textsIn(rule.apiGroups),
    resources: textsIn(rule.resources),
    names: textsIn(rule.resourceNames),
  }
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isObject) : []
}

function textsIn(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter(one => typeof one === 'string') : []
}
