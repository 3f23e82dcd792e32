import type { JsonObject } from '../../../core/json.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { createObject } from '../clusters/create.ts'
import { patchObject } from '../clusters/patch.ts'
import { replaceObject } from '../clusters/replace.ts'
import { emptyRequest, type Plan, type WriteRequest } from './plan.ts'
import type { DryRun } from './review.ts'
import type { LaterStep } from './steps.ts'

/** The server's answer to a write: the object as it is now, or as a dry run says that it would be. */
export type Written = { readonly object: JsonObject; readonly warnings: readonly string[] }

/** Sends a planned request, for real or as a dry run. The request is the same in both. */
export function sendWrite(
  cluster: Cluster,
  request: WriteRequest,
  { dryRun }: { readonly dryRun: boolean },
  signal: AbortSignal,
): Promise<Result<Written>> {
  const { type, namespace, name, subresource, mediaType, body, fieldManager, force } = request
  const common = { body, fieldManager, force, dryRun }
  const at = { namespace, name, subresource }
  if (request.method === 'POST') return createObject(cluster, type, { namespace, name }, common, signal)
  if (request.method === 'PUT') return replaceObject(cluster, type, at, common, signal)
  return patchObject(cluster, type, at, { ...common, mediaType }, signal)
}

/**
 * Dry-runs the plan, beside it the empty patch that shows what any write would cause, and what comes after it. Where the resource cannot
 * be dry-run, what was computed here stands in for the answer, and `basis` says so.
 */
export async function dryRunPlan(cluster: Cluster, plan: Plan, signal: AbortSignal): Promise<Result<DryRun>> {
  const nothing = emptyRequest(plan)
  const options = { dryRun: true }
  const [answered, empty, refusals] = await Promise.all([
    sendWrite(cluster, plan.request, options, signal),
    nothing === null ? null : sendWrite(cluster, nothing, options, signal),
    Promise.all(plan.later.map(step => refusalOf(cluster, step, signal))),
  ])
  if (answered.ok) {
    const { object, warnings } = answered.value
    // A refused empty patch (a policy against any write) leaves one layer unknown; the refusal of the edit itself is what counts.
    return ok({ basis: 'server', answer: object, empty: empty?.ok ? empty.value.object : null, warnings, refusals })
  }
  if (answered.problem.code !== 'dry-run-unsupported') return answered
  return ok({ basis: 'prediction', answer: plan.merged, empty: null, warnings: [], refusals })
}

/** Why a later step would be refused if it came now; null where it would not be, or a dry run cannot tell. */
async function refusalOf(cluster: Cluster, { request }: LaterStep, signal: AbortSignal): Promise<Problem | null> {
  const answered = request.ok ? await sendWrite(cluster, request.value, { dryRun: true }, signal) : request
  return answered.ok || answered.problem.code === 'dry-run-unsupported' ? null : answered.problem
}
