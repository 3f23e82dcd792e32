import type { Review } from '../../../contract/review.ts'
import type { KindFields } from '../../../contract/schema.ts'
import type { WriteChoice } from '../../../contract/strategy.ts'
import { checkEdited } from '../../../core/check.ts'
import type { Inverse } from '../../../core/inverse.ts'
import { equalJson, type JsonObject, parseJson } from '../../../core/json.ts'
import { checkManifest, type ManifestObject, readManifest } from '../../../core/manifest.ts'
import { mergeThreeWay } from '../../../core/merge.ts'
import { isObject, type ObjectRef } from '../../../core/object.ts'
import type { GroupVersionKind } from '../../../core/patch/openapi-operations.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { objectToCreateAgain } from '../../../core/recreation.ts'
import { secretValues } from '../../../core/secret-text.ts'
import { changeText } from '../../../core/session.ts'
import { makeSkeleton, type NewKind } from '../../../core/skeleton.ts'
import { textObject, type View, viewObject } from '../../../core/view.ts'
import { printYaml, readYaml, type YamlReading } from '../../../core/yaml.ts'
import { editYaml } from '../../../core/yaml-edit.ts'
import { kindFields } from '../schemas/kind-fields.ts'
import { locateProblem } from './locate.ts'
import { makePlan, type PlanGround, type PlanId, type Planned } from './plan.ts'
import { readAs, type TextReading } from './read-as.ts'
import { objectForCreation } from './recreate.ts'
import { type DryRun, judgeAnswer, makeReview, type ReviewInput } from './review.ts'
import { type KnownKind, kindIn, type SchemaTarget } from './schema.ts'
import { maskProblem } from './show.ts'
import type { EditWays } from './strategies/ways.ts'

/** The long computations of an edit: what goes in and what comes out, all of it plain values that a worker can be sent. */
export type TaskTypes = {
  /** The object that a text says, or the first thing that is wrong with it. `base` may be cut down to its identity. */
  readEdited: {
    readonly input: {
      readonly text: string
      readonly ref: ObjectRef
      readonly view: View
      /** The Secret that the edit began from: a value that is still the same keeps its base64. */
      readonly near: JsonObject | null
      readonly of: { readonly kind: 'edit'; readonly base: JsonObject } | { readonly kind: 'manifest' | 'create' }
    }
    readonly output: Result<JsonObject>
  }
  plan: {
    readonly input: {
      readonly id: PlanId
      readonly ground: PlanGround
      readonly edited: JsonObject
      readonly choice: WriteChoice
      readonly ways: Omit<EditWays, 'schema'>
    }
    readonly output: Result<Planned>
  }
  review: { readonly input: ReviewInput; readonly output: Review }
  /** What the server's answer to a dry run says of a text, without a review. */
  judge: {
    readonly input: Pick<ReviewInput, 'text' | 'view' | 'plan' | 'kind' | 'secret'> &
      Pick<DryRun, 'answer' | 'warnings'>
    readonly output: Pick<Review, 'warnings' | 'fates'>
  }
  /**
   * A problem as it may leave the host: with its lines in the text, and with the values of a Secret (`secrets`: its
   * versions; null for any other kind) masked wherever the server quoted them. `predicted` is the object that was judged.
   */
  presentProblem: {
    readonly input: {
      readonly text: string
      readonly view: View
      readonly problem: Problem
      readonly predicted: JsonObject | null
      readonly secrets: readonly JsonObject[] | null
    }
    readonly output: Problem
  }
  print: { readonly input: { readonly object: JsonObject; readonly view: View }; readonly output: string }
  /** Whether a text says something else than the object. One that cannot be read does. */
  differs: {
    readonly input: { readonly text: string; readonly object: JsonObject; readonly view: View }
    readonly output: boolean
  }
  /** The objects that a manifest holds. */
  readManifest: { readonly input: { readonly text: string }; readonly output: readonly ManifestObject[] }
  /** What is live with a change taken back; the former text where others have changed the same since. */
  invert: {
    readonly input: Inverse & { readonly live: JsonObject; readonly view: View }
    readonly output: { readonly kind: 'merged' | 'conflicts'; readonly text: string } | { readonly kind: 'nothing' }
  }
  /**
   * The text with which an object is created again: without what the server had given it; and where it is to take the place of
   * `base`, as the text shows that, without what else was made of it.
   */
  textForCreation: {
    readonly input: { readonly text: string; readonly base: JsonObject | null }
    readonly output: Result<string>
  }
  /** How an OpenAPI document (JSON text) says that a kind is patched. */
  kind: {
    readonly input: { readonly document: string; readonly kind: GroupVersionKind; readonly target: SchemaTarget }
    readonly output: Result<KnownKind>
  }
  /** The text of a new object, by an OpenAPI document (JSON text). */
  skeleton: {
    readonly input: { readonly document: string; readonly kind: NewKind }
    readonly output: Result<string>
  }
  /** What an OpenAPI document (JSON text) says of a kind's fields; null where it says nothing. */
  kindFields: {
    readonly input: { readonly document: string; readonly kind: GroupVersionKind }
    readonly output: Result<KindFields | null>
  }
}

export type TaskName = keyof TaskTypes
export type TaskInput<Name extends TaskName> = TaskTypes[Name]['input']
export type TaskOutput<Name extends TaskName> = TaskTypes[Name]['output']
export type Tasks = {
  readonly [Name in TaskName]: (input: TaskInput<Name>, schema: PatchSchema | null) => TaskOutput<Name>
}

/** The tasks, for one thread. They know nothing but what goes in; only the reading of a text is handed on from one to the next. */
export function createTasks(): Tasks {
  const readings = keepReading()
  return {
    readEdited: input => readEdited(readings.read(input.text), input),
    plan: ({ id, ground, edited, choice, ways }, schema) => makePlan(id, ground, edited, choice, { ...ways, schema }),
    review: (input, schema) => makeReview(input, readAs(readings.take(input.text), input.view), schema),
    judge: ({ answer, warnings, ...input }, schema) =>
      judgeAnswer({ ...input, dryRun: { answer, warnings } }, readAs(readings.take(input.text), input.view), schema),
    presentProblem: (input, schema) => presentProblem(input, readAs(readings.take(input.text), input.view), schema),
    print: ({ object, view }) => printYaml(textObject(object, view)),
    differs({ text, object, view }) {
      const reading = readAs(readYaml(text), view, object)
      return !reading.ok || !equalJson(reading.value, object)
    },
    invert,
    readManifest: ({ text }) => readManifest(text),
    textForCreation,
    kind: ({ document, kind, target }) => kindIn(document, kind, target),
    skeleton({ document, kind }) {
      const parsed = parseJson(document)
      return parsed.ok ? ok(makeSkeleton(parsed.value, kind)) : parsed
    },
    kindFields: ({ document, kind }) => kindFields(document, kind),
  }
}

/** Keeps the last text's reading for the next task of the same review: reading is the longest of them. */
function keepReading() {
  let kept: { readonly text: string; readonly reading: YamlReading } | null = null
  const read = (text: string): YamlReading => {
    if (kept?.text !== text) kept = { text, reading: readYaml(text) }
    return kept.reading
  }
  return {
    read,
    /** The reading, kept no longer: a text of 1 MiB makes tens of megabytes of it. */
    take(text: string): YamlReading {
      const reading = read(text)
      kept = null
      return reading
    },
  }
}

function readEdited(shown: YamlReading, { ref, view, near, of }: TaskInput<'readEdited'>): Result<JsonObject> {
  const reading = readAs(shown, view, near)
  if (!reading.ok) return fail(reading.problems[0] ?? { code: 'yaml-empty' })
  const { value, ranges } = reading
  const [problem] =
    of.kind === 'manifest'
      ? checkManifest(ref, value, ranges)
      : checkEdited(ref, of.kind === 'edit' ? of.base : null, value, ranges)
  if (problem !== undefined) return fail(problem)
  if (!isObject(value)) throw new Error('the check lets only objects pass')
  return ok(value)
}

function presentProblem(
  { problem, predicted, secrets }: TaskInput<'presentProblem'>,
  reading: TextReading,
  schema: PatchSchema | null,
): Problem {
  const edited = reading.ok && isObject(reading.value) ? reading.value : null
  const located =
    reading.ok && edited !== null
      ? locateProblem(problem, { ranges: reading.ranges, edited, predicted: predicted ?? edited, schema })
      : problem
  if (secrets === null) return located
  const objects = [...secrets, edited, predicted].filter(object => object !== null)
  return maskProblem(located, objects.flatMap(secretValues))
}

function invert({ base, mine, live, view }: TaskInput<'invert'>, schema: PatchSchema | null): TaskOutput<'invert'> {
  const [from, to, now] = [viewObject(base, view), viewObject(mine, view), viewObject(live, view)]
  const merge = mergeThreeWay(from, to, now, schema)
  if (!merge.ok) return { kind: 'conflicts', text: printYaml(textObject(to, view)) }
  return equalJson(merge.merged, now)
    ? { kind: 'nothing' }
    : { kind: 'merged', text: printYaml(textObject(merge.merged, view)) }
}

function textForCreation({ text, base }: TaskInput<'textForCreation'>, schema: PatchSchema | null): Result<string> {
  const reading = readYaml(text)
  if (!reading.ok) return fail(reading.problems[0] ?? { code: 'yaml-empty' })
  if (!isObject(reading.value)) return fail({ code: 'yaml-not-an-object' })
  const { value } = reading
  const changes = editYaml(text, base === null ? objectForCreation(value) : objectToCreateAgain(base, value, schema))
  return changes.ok ? ok(changeText(text, changes.value)) : changes
}
