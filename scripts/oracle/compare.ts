import { equalJson, type Json, printJson } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import * as patches from '../../core/patch/index.ts'
import type { PatchProblem, Result } from '../../core/problem.ts'
import { printYaml, readYaml } from '../../core/yaml.ts'
import type { Answered, Outcome, Pair, Verdict } from './pair.ts'

/** What is held against Kubernetes' own code. */
export type Library = Pick<
  typeof patches,
  | 'createStrategicPatch'
  | 'createThreeWayStrategicPatch'
  | 'applyStrategicPatch'
  | 'createMergePatch'
  | 'createThreeWayMergePatch'
  | 'applyMergePatch'
  | 'createJsonPatch'
  | 'applyJsonPatch'
> & { readonly printYaml: typeof printYaml; readonly readYaml: typeof readYaml }

export const ours: Library = { ...patches, printYaml, readYaml }

/** One question to both sides. */
export type Comparison = { readonly check: string; readonly go: Outcome; readonly ours: Outcome }

/** Whether both gave the same value (only the order of keys does not count), or both none. */
export function agrees({ go, ours }: Comparison): boolean {
  if (go.value === undefined || ours.value === undefined) return go.value === ours.value && agreeOnTest(go, ours)
  return equalJson(go.value, ours.value)
}

// A failed test is a possible conflict, whatever else is refused is wrong. Between other reasons Go chooses by chance: it
// stops at the first that it meets, and walks maps in no order.
function agreeOnTest(go: Outcome, ours: Outcome): boolean {
  return go.refused?.endsWith('test failed') === (ours.refused === 'json-patch-test-failed')
}

/** Asks ours what Go has answered already. What Go could not be asked (there was no patch to apply) is left out. */
export function compareAnswers(pair: Answered, schema: patches.PatchSchema, library: Library): readonly Comparison[] {
  const { original, modified, current, answers } = pair
  const threeWay = (overwrite: boolean) =>
    outcomeOf(library.createThreeWayStrategicPatch(original, modified, current, schema, { overwrite }))
  const strategicOn = (target: Pair['original'], patch: Json | undefined) =>
    isObject(patch) ? outcomeOf(library.applyStrategicPatch(target, patch, schema)) : {}
  const mergeOn = (target: Pair['original'], patch: Json | undefined) =>
    isObject(patch) ? outcomeOf(library.applyMergePatch(target, patch)) : {}
  const made: { readonly [check in keyof Answered['answers']]: () => Outcome } = {
    twoWay: () => outcomeOf(library.createStrategicPatch(original, modified, schema)),
    twoWayOnOriginal: () => strategicOn(original, answers.twoWay.value),
    twoWayOnCurrent: () => strategicOn(current, answers.twoWay.value),
    threeWay: () => threeWay(true),
    threeWayOnCurrent: () => strategicOn(current, answers.threeWay.value),
    careful: () => threeWay(false),
    merge: () => outcomeOf(library.createMergePatch(original, modified)),
    mergeOnOriginal: () => mergeOn(original, answers.merge.value),
    mergeOnCurrent: () => mergeOn(current, answers.merge.value),
    mergeThreeWay: () => outcomeOf(library.createThreeWayMergePatch(original, modified, current)),
    operationsOnCurrent: () => outcomeOf(library.applyJsonPatch(current, pair.operations ?? null)),
    read: () => readOutcome(library, pair.text ?? ''),
    print: () => readOutcome(library, typeof answers.print.value === 'string' ? answers.print.value : ''),
  }
  return Object.entries(made).flatMap(([check, make]) => {
    // The keys of both are the same closed set.
    const go = answers[check as keyof typeof made]
    if (go.value === undefined && go.refused === undefined) return []
    // Go's print has to mean the original to us; what Go cannot print, it cannot be asked about.
    if (check === 'print') return go.value === undefined ? [] : [{ check, go: { value: original }, ours: make() }]
    return [{ check, go, ours: make() }]
  })
}

/** What ours makes of a pair that Go then has to judge. */
export type Made = {
  readonly request: string
  readonly unguarded: Outcome
  readonly guarded: Outcome
  readonly guardedOnCurrent: Outcome
}

/** Makes JSON Patches and a YAML text of a pair, and the request that has them judged. */
export function makeForJudgement(pair: Pair, schema: patches.PatchSchema, library: Library): Made {
  const { original, modified, current } = pair
  const [unguarded, guarded] = [false, true].map(guarded =>
    library.createJsonPatch(original, modified, { guarded, schema }),
  )
  if (unguarded === undefined || guarded === undefined) throw new Error('a list of two has two')
  const parts = [
    `"original":${printJson(original)}`,
    `"current":${printJson(current)}`,
    ...(unguarded.ok ? [`"unguarded":${patches.printJsonPatch(unguarded.value)}`] : []),
    ...(guarded.ok ? [`"guarded":${patches.printJsonPatch(guarded.value)}`] : []),
    ...(pair.printed ? [`"text":${JSON.stringify(library.printYaml(original))}`] : []),
  ]
  return {
    request: `{"judge":{${parts.join(',')}}}`,
    unguarded: outcomeOf(unguarded),
    guarded: outcomeOf(guarded),
    guardedOnCurrent: guarded.ok ? outcomeOf(library.applyJsonPatch(current, guarded.value)) : {},
  }
}

/** What Go makes of ours has to be what was wanted; where a patch was refused, the refusal is compared with the value wanted. */
export function compareVerdict(pair: Pair, made: Made, verdict: Verdict): readonly Comparison[] {
  const wanted: Outcome = { value: pair.modified }
  const reached = (made: Outcome, by: Outcome) => (made.value === undefined ? made : by)
  return [
    { check: 'jsonPatch', go: wanted, ours: reached(made.unguarded, verdict.unguardedOnOriginal) },
    { check: 'guardedJsonPatch', go: wanted, ours: reached(made.guarded, verdict.guardedOnOriginal) },
    ...(made.guarded.value === undefined
      ? []
      : [{ check: 'guardedOnCurrent', go: verdict.guardedOnCurrent, ours: made.guardedOnCurrent }]),
    ...(pair.printed ? [{ check: 'printedYaml', go: { value: pair.original }, ours: verdict.read }] : []),
  ]
}

function outcomeOf(result: Result<Json, PatchProblem>): Outcome {
  return result.ok ? { value: result.value } : { refused: result.problem.code }
}

/** A text as ours reads it, or the codes of all that is wrong with it. */
export function readOutcome(library: Pick<Library, 'readYaml'>, text: string): Outcome {
  const reading = library.readYaml(text)
  if (reading.ok) return { value: reading.value }
  const codes = reading.problems.map(problem =>
    'what' in problem
      ? `${problem.code} ${problem.what}`
      : 'detail' in problem
        ? `${problem.code} ${problem.detail}`
        : problem.code,
  )
  return { refused: [...new Set(codes)].join(', ') }
}
