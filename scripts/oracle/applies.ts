import { equalJson, type Json, type JsonObject, printJson } from '../../core/json.ts'
import { isObject, metadataOf } from '../../core/object.ts'
import {
  type ApplyAs,
  conflictsOfApply,
  createApplyConfiguration,
  mergeApplyConfiguration,
} from '../../core/patch/index.ts'
import type { Step } from '../../core/path.ts'
import { agrees, type Comparison } from './compare.ts'
import { type Applied, appliesAs, type Outcome, type Owned } from './pair.ts'
import type { Oracle } from './process.ts'
import type { Failure, OracleReport, Tally } from './run.ts'
import type { Schemas } from './schemas.ts'
import { shrink } from './shrink.ts'

export type AppliesRun = {
  readonly oracle: Oracle
  readonly schemas: Schemas
  /** Unsigned, up to 2^53: the same seed makes the same objects. */
  readonly seed: number
  readonly applies: number
  readonly first?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
  readonly onFailure?: (failure: Failure) => void
  readonly failuresPerCheck?: number
}

const batchSize = 100

/**
 * Makes that many objects with several owners, and what is wanted of each; compares what ours says an apply makes of them
 * with what structured-merge-diff makes, and which owners are in its way.
 */
export async function runApplies(run: AppliesRun): Promise<OracleReport> {
  const { oracle, schemas, seed, applies, first = 0, signal, onProgress = () => {} } = run
  const tallies = new Map<string, Tally>()
  const failures: Failure[] = []
  let done = 0
  while (done < applies && !signal?.aborted) {
    const count = Math.min(batchSize, applies - done)
    const request = { owned: { seed, first: first + done, count, kinds: [...schemas.keys()] } }
    // The program is ours: it answers in the shape of pair.ts.
    const batch = (await oracle.ask(printJson(request), count)) as unknown as readonly Owned[]
    for (const [index, one] of batch.entries()) {
      for (const comparison of await compareApply(run, one)) {
        const tally = tallies.get(comparison.check) ?? { equal: 0, refused: 0, accepted: 0, failed: 0 }
        tallies.set(comparison.check, tally)
        const isEqual = agrees(comparison)
        tally[!isEqual ? 'failed' : comparison.go.value === undefined ? 'refused' : 'equal']++
        if (isEqual || tally.failed > (run.failuresPerCheck ?? 3)) continue
        const failure = { pairNumber: first + done + index, ...(await shrinkApply(run, one, comparison)) }
        failures.push(failure)
        run.onFailure?.(failure)
      }
    }
    done += count
    onProgress(done)
  }
  return { pairs: done, tallies, failures }
}

/** The object and what is wanted of it take the places of a pair's. What Go refuses is no smaller case of what it makes. */
async function shrinkApply(run: AppliesRun, { kind, live, wanted }: Owned, comparison: Comparison) {
  const pair = { kind, original: live, modified: wanted, current: live }
  const isRefused = comparison.go.value === undefined
  return shrink(pair, comparison, async ({ original, modified }) => {
    const found = (await compareApply(run, { kind, live: original, wanted: modified })).find(
      ({ check }) => check === comparison.check,
    )
    const isAlike = found !== undefined && (found.go.value === undefined) === isRefused
    return isAlike && !agrees(found) ? found : null
  })
}

async function compareApply({ oracle, schemas }: AppliesRun, owned: Owned): Promise<readonly Comparison[]> {
  const { kind, live, wanted } = owned
  const as: ApplyAs = { manager: appliesAs, subresource: null, schema: schemas.get(kind) ?? null }
  const configuration = createApplyConfiguration(live, wanted, as)
  if (!configuration.ok) return []
  const request = { apply: { kind, live, configuration: configuration.value, manager: appliesAs } }
  const [answer] = await oracle.ask(printJson(request), 1)
  // As above.
  const { forced, conflicts } = answer as unknown as Applied
  const made = mergeApplyConfiguration(live, configuration.value, as)
  const apply = { check: 'apply', go: forced, ours: outcomeOf(made) }
  if (forced.value === undefined || !made.ok) return [apply]
  const [theirs, found] = [new Set(conflicts.map(({ manager, field }) => `${manager} ${field}`)), new Set<string>()]
  for (const { path, managers } of conflictsOfApply(live, made.value, as)) {
    for (const name of managers) found.add(`${name} ${path.map(goStep).join('')}`)
  }
  return [apply, { check: 'applyConflicts', go: { value: [...theirs].sort() }, ours: { value: [...found].sort() } }]
}

function outcomeOf(made: ReturnType<typeof mergeApplyConfiguration>): Outcome {
  return made.ok ? { value: unowned(made.value) } : { refused: made.problem.code }
}

/** A step as structured-merge-diff prints it (`fieldpath.PathElement.String`). */
function goStep(step: Step): string {
  if (typeof step === 'string') return `.${step}`
  if (typeof step === 'number') return `[${step}]`
  if ('value' in step) return `[=${goScalar(step.value)}]`
  const keys = Object.entries(step.keys).sort(([a], [b]) => (a < b ? -1 : 1))
  return `[${keys.map(([key, value]) => `${key}=${goScalar(value)}`).join(',')}]`
}

const goEscapes: ReadonlyMap<string, string> = new Map(
  [...'\x07\b\f\n\r\t\v"\\'].map((sign, at) => [sign, `\\${'abfnrtv"\\'[at]}`]),
)

/** As `%q` prints it, which escapes what is no sign that one sees. */
function goScalar(value: Json): string {
  return typeof value === 'string' ? `"${[...value].map(goSign).join('')}"` : printJson(value)
}

function goSign(sign: string): string {
  const known = goEscapes.get(sign)
  if (known !== undefined || /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(sign)) return known ?? sign
  const code = sign.codePointAt(0) ?? 0
  const [letter, digits] = code < 0x20 || code === 0x7f ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8]
  return `\\${letter}${code.toString(16).padStart(digits, '0')}`
}

function unowned(object: JsonObject): Json {
  const { managedFields: _, ...metadata } = metadataOf(object)
  return isObject(object.metadata) && !equalJson(metadata, object.metadata) ? { ...object, metadata } : object
}
