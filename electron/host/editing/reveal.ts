import type { CommandView, MaskedLine, RevealedValue } from '../../../contract/review.ts'
import type { JsonObject } from '../../../core/json.ts'
import { formatPath } from '../../../core/path.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { textOf } from '../../../core/secret-data.ts'
import { type SecretPlace, secretPlaces } from '../../../core/secrets.ts'
import { yamlLines } from '../../../core/yaml-lines.ts'
import { type CommandFacts, kubectlCommand } from './command.ts'
import type { Side } from './marks.ts'
import type { OpenEdit } from './open-edit.ts'

/** The lines of a review that hold a masked value, with the place that `revealValue` takes. */
export function maskedLines(sides: { readonly before: Side; readonly after: Side }): readonly MaskedLine[] {
  return (['before', 'after'] as const).flatMap(side => {
    const { object, shown, text } = sides[side]
    if (shown === null) return []
    const lines = yamlLines(text, shown)
    return secretPlaces(object).flatMap(({ path }) => {
      const line = lines(path)?.first
      return line === undefined ? [] : [{ side, line, path: formatPath(path) }]
    })
  })
}

/**
 * One value of a reviewed Secret, as it is. `plan-stale`: that review is not the one on screen any more, or it has no such
 * value. Nothing of it is kept or logged.
 */
export function revealValue(
  { reviewed, secret }: OpenEdit,
  ask: { readonly plan: string; readonly side: 'before' | 'after'; readonly path: string },
): Result<RevealedValue> {
  if (reviewed === null || !secret || reviewed.prepared.plan.id !== ask.plan) return fail({ code: 'plan-stale' })
  const { plan, dryRun } = reviewed.prepared
  const object: JsonObject = ask.side === 'before' ? plan.before : dryRun.answer
  const place = secretPlaces(object).find(({ path }) => formatPath(path) === ask.path)
  return place === undefined ? fail({ code: 'plan-stale' }) : ok(revealed(place))
}

/** A value of a Secret as a person reads it: as text where it is text. */
export function revealed({ value, encoded }: SecretPlace): RevealedValue {
  const text = encoded ? textOf(value) : String(value)
  return text === null ? { form: 'base64', value: String(value) } : { form: 'text', value: text }
}

/** The reviewed command with the values in it, to be run. `plan-stale` as above. */
export function revealCommand(
  { reviewed, secret }: OpenEdit,
  planned: string,
  facts: CommandFacts,
): Result<Pick<CommandView, 'posix' | 'powershell'>> {
  if (reviewed === null || !secret || reviewed.prepared.plan.id !== planned) return fail({ code: 'plan-stale' })
  const { request } = reviewed.prepared.plan
  const { posix, powershell } = kubectlCommand(request, request.body, false, facts)
  return ok({ posix, powershell })
}
