import type { ResourceKind } from '../../../contract/browse.ts'
import type { FieldFate, RequestView, Review } from '../../../contract/review.ts'
import type { StepDone } from '../../../contract/steps.ts'
import type { Recommendation, StrategyOffer } from '../../../contract/strategy.ts'
import { wantsAcknowledgement } from '../../../core/dangers/find.ts'
import { diffObjects } from '../../../core/diff.ts'
import { findHiddenCharacters } from '../../../core/hidden-characters.ts'
import { type Json, type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { isList, isObject, metadataText } from '../../../core/object.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { formatPath, indexPath, type Path } from '../../../core/path.ts'
import type { Problem } from '../../../core/problem.ts'
import { maskJsonPatch, maskPair, maskSecret } from '../../../core/secrets.ts'
import { defaultStorageLimit, storedBytes } from '../../../core/stored-size.ts'
import { type View, viewObject } from '../../../core/view.ts'
import { collectionPath, objectPath, writeQuery } from '../clusters/path-of.ts'
import { type DangerFacts, dangersOfPlan } from '../dangers/of-plan.ts'
import { type CommandFacts, commandBody, kubectlCommand } from './command.ts'
import { type Fate, judgeFates } from './fate.ts'
import { locateWarning } from './locate.ts'
import { layerChanges, markLines, printSide, type Side } from './marks.ts'
import { changesAnything, isMoving, type Plan, type WriteRequest } from './plan.ts'
import type { TextReading } from './read-as.ts'
import { showLastApplied } from './remembered.ts'
import { maskedLines } from './reveal.ts'
import { foreignChanges, showValue, withWriters } from './show.ts'
import { showSteps } from './steps.ts'
import { type OfferGround, offerStrategies, ownersWhoAct } from './strategies/offers.ts'
import { recommend } from './strategies/recommend.ts'
import { takenAway } from './strategies/taken-away.ts'
import type { EditWays, WriteWays } from './strategies/ways.ts'

/** What the two dry runs answered. `empty` is null where nothing live can be patched (a creation). */
export type DryRun = {
  readonly basis: Review['basis']
  readonly answer: JsonObject
  readonly empty: JsonObject | null
  readonly warnings: readonly string[]
  /** Of the plan's later steps: why each would be refused now; null where it would not be, or nobody can tell. */
  readonly refusals: readonly (Problem | null)[]
}

/** What a review is made from. */
export type ReviewInput = {
  readonly edit: string
  readonly text: string
  readonly view: View
  /** What the edit began from, null for a creation. */
  readonly base: JsonObject | null
  readonly plan: Plan
  readonly dryRun: DryRun
  readonly kind: ResourceKind
  /** Kinds that take strategic patches are built in, and stored as protobuf. */
  readonly ways: Omit<EditWays, 'schema'>
  /** Whether this person may put what is written, beside patching it. */
  readonly mayUpdate: boolean
  readonly secret: boolean
  readonly command: CommandFacts
  readonly dangers: DangerFacts
  /** What was saved of the same text before. */
  readonly done: readonly StepDone[]
}

/** For an object that is rewritten faster than a version could be sent back. */
const moving: Recommendation = { strategy: 'json', guard: 'value', reason: 'moving', paths: [], managers: [] }

/** What the person reviews: made from the plan that will be sent and the server's answer to its dry run. Masked. */
export function makeReview(input: ReviewInput, reading: TextReading, schema: PatchSchema | null): Review {
  const { plan, dryRun, view, secret, command } = input
  const answer = viewObject(dryRun.answer, view)
  const empty = dryRun.empty === null ? null : viewObject(dryRun.empty, view)
  const sides = printSides(plan, answer, secret)
  const versions = { live: plan.before, answer, empty }
  const fates = judgeFates(plan.before, plan.merged, answer, schema)
  const layered = layerChanges(versions, plan.mine, schema)
  const request = showRequest(plan.request, secret)
  const size = oversize(input, schema)
  const ways = { ...input.ways, schema }
  const owners = ownersWhoAct(plan, ways)
  const strategies = offersOf({ ...input, ways })
  const overwritten = overwrites(input, answer, schema)
  const dangers = dangersOfPlan(plan, input.dangers, reading, schema)
  return {
    plan: plan.id,
    edit: input.edit,
    textVersion: plan.textVersion,
    strategy: plan.strategy,
    choice: plan.choice,
    guard: plan.guard,
    strategies,
    recommended: recommendation(plan, strategies, owners, ways),
    overwrites: overwritten,
    lastApplied: showLastApplied(plan, answer, ways, secret),
    fallsShort: plan.fallsShort.map(formatPath),
    basis: dryRun.basis,
    changesAnything: changesAnything(plan),
    steps: showSteps(plan, dryRun.refusals, input.done, schema),
    request,
    command: kubectlCommand(
      plan.request,
      secret ? request.body : commandBody(plan.request, plan.merged),
      secret,
      command,
    ),
    before: sides.before.text,
    after: sides.after.text,
    marks: markLines(sides, layered, schema),
    masked: secret ? maskedLines(sides) : [],
    fates: fates.map(showFate(input, reading, schema)),
    size,
    dangers,
    needsAcknowledgement:
      size !== null ||
      overwritten.length > 0 ||
      dangers.some(wantsAcknowledgement) ||
      fates.some(({ fate }) => fate === 'ignored' || fate === 'overridden'),
    others: others(input, schema),
    owners,
    chosenAtSubmit: plan.live === null ? chosenAtCreation(plan, answer) : chosenByServer(plan, answer, schema),
    warnings: showWarnings(input, reading, schema),
    hidden: findHiddenCharacters(input.text).map(({ range, name }) => ({ range, name })),
  }
}

function offersOf(ground: OfferGround): readonly StrategyOffer[] {
  const { plan, mayUpdate } = ground
  if (plan.manifest === null) return offerStrategies(ground)
  return plan.manifest.offers.map(offer =>
    offer.strategy === 'replace' && offer.state === 'reaches' && !mayUpdate
      ? { ...offer, state: 'not-allowed', notes: [] }
      : offer,
  )
}

function recommendation(
  plan: Plan,
  offers: readonly StrategyOffer[],
  owners: Review['owners'],
  ways: WriteWays,
): Recommendation | null {
  if (plan.manifest !== null) return plan.manifest.recommended
  return isMoving(plan) ? moving : recommend(offers, owners, ways)
}

function printSides(plan: Plan, answer: JsonObject, secret: boolean): { readonly before: Side; readonly after: Side } {
  const [before, after] = secret ? maskPair(plan.before, answer) : [plan.before, answer]
  return { before: printSide(plan.before, plan.live === null ? null : before), after: printSide(answer, after) }
}

/** A request as text for a person; masked where it is a Secret's. */
export function showRequest(request: WriteRequest, secret: boolean): RequestView {
  const parsed = parseJson(request.body)
  if (!parsed.ok) throw new Error('the body of a plan is JSON')
  return {
    method: request.method,
    path:
      request.method === 'POST' ? collectionPath(request.type, request.namespace) : objectPath(request.type, request),
    // Deletions have neither field manager nor fields to check.
    query: request.method === 'DELETE' ? [] : writeQuery({ ...request, dryRun: false }),
    mediaType: request.mediaType,
    body: printJson(secret ? maskBody(parsed.value) : parsed.value, { indent: 2 }),
    bytes: Buffer.byteLength(request.body),
    masked: secret,
  }
}

/** The body of a request about a Secret, an object or the operations of a JSON Patch, without its values. */
function maskBody(body: Json): Json {
  if (isList(body)) return maskJsonPatch(body)
  if (!isObject(body)) throw new Error('the body of a plan is an object or a list of operations')
  return maskSecret(body)
}

/** What the server would have to store, where that is more than etcd takes by default; null where it is not, as far as can be told. */
function oversize({ plan, dryRun, ways }: ReviewInput, schema: PatchSchema | null): Review['size'] {
  // A scale is another object than the one that is stored.
  if (plan.request.subresource === 'scale') return null
  const bytes = storedBytes(dryRun.answer, ways.strategic ? { as: 'protobuf', schema } : { as: 'json' })
  return bytes > defaultStorageLimit ? { bytes, limit: defaultStorageLimit } : null
}

/** What an answer is judged by. */
type JudgedInput = Pick<ReviewInput, 'plan' | 'kind' | 'secret'> & {
  readonly dryRun: Pick<DryRun, 'answer' | 'warnings'>
}

/** What the server's answer says without a review: its warnings, and the fields that it would not take as they were typed. */
export function judgeAnswer(
  input: JudgedInput & { readonly view: View },
  reading: TextReading,
  schema: PatchSchema | null,
): Pick<Review, 'warnings' | 'fates'> {
  const { plan, dryRun, view } = input
  const fates = judgeFates(plan.before, plan.merged, viewObject(dryRun.answer, view), schema)
  const lost = fates.filter(({ fate }) => fate === 'ignored' || fate === 'overridden')
  return { warnings: showWarnings(input, reading, schema), fates: lost.map(showFate(input, reading, schema)) }
}

/** The warnings, with their places where the text has them: the server counts items in the object that it made. */
function showWarnings(
  { plan, dryRun }: JudgedInput,
  reading: TextReading,
  schema: PatchSchema | null,
): Review['warnings'] {
  if (!reading.ok) return dryRun.warnings.map(message => ({ message }))
  const ground = { ranges: reading.ranges, edited: plan.whole, predicted: dryRun.answer, schema }
  return dryRun.warnings.map(message => locateWarning(message, ground))
}

function showFate(
  { plan, kind, secret }: JudgedInput,
  reading: TextReading,
  schema: PatchSchema | null,
): (fate: Fate) => FieldFate {
  const lineOf = (path: Path): number | null => {
    const place = indexPath(plan.whole, path, schema)
    if (place === null || !reading.ok) return null
    return reading.ranges.of(place)?.entry.line ?? null
  }
  return fate => ({
    path: formatPath(fate.path),
    fate: fate.fate,
    live: showValue(fate.live, fate.path, secret),
    mine: showValue(fate.mine, fate.path, secret),
    answer: showValue(fate.answer, fate.path, secret),
    subresource: fate.fate === 'ignored' ? takingSubresource(fate.path, plan, kind) : null,
    line: lineOf(fate.path),
  })
}

/** The endpoint that takes a field which this one ignores; the empty string would be the main resource, so null is said there. */
function takingSubresource(path: Path, plan: Plan, kind: ResourceKind): string | null {
  const serves = (name: string) => kind.subresources.some(sub => sub.name === name && sub.verbs.includes('patch'))
  if (plan.request.subresource !== null) return null
  return path[0] === 'status' && serves('status') ? 'status' : null
}

function others({ base, plan, secret }: ReviewInput, schema: PatchSchema | null): Review['others'] {
  if (base === null || plan.live === null) return []
  return foreignChanges(base, plan.live.object, plan.taken, { secret, schema })
}

function overwrites(
  { base, plan, secret, ways }: ReviewInput,
  answer: JsonObject,
  schema: PatchSchema | null,
): Review['overwrites'] {
  if (plan.manifest !== null) return takenAway(plan, answer, { ...ways, schema }, secret)
  if (base === null || plan.live === null) return []
  return withWriters(base, plan.live.object, plan.overwrites, { secret, schema })
}

/** Fields whose value the real write chooses anew: a dry run does not reserve ports and addresses (facts of Service). */
function chosenByServer(plan: Plan, answer: JsonObject, schema: PatchSchema | null): string[] {
  if (answer.kind !== 'Service') return []
  return diffObjects(plan.merged, answer, schema)
    .map(change => formatPath(change.path))
    .filter(path => /(^spec\.clusterIPs?$|nodePort$|^spec\.healthCheckNodePort$)/i.test(path))
}

function chosenAtCreation({ merged }: Plan, answer: JsonObject): string[] {
  const generated = metadataText(merged, 'name') === null ? ['metadata.name'] : []
  const usual = [...generated, 'metadata.uid', 'metadata.creationTimestamp']
  return answer.kind === 'Service' ? [...usual, 'spec.clusterIP', 'spec.clusterIPs'] : usual
}
