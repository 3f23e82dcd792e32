import type { Guard, Strategy, WriteChoice } from '../../../../contract/strategy.ts'
import type { LongMerge } from '../../../../core/patch/index.ts'
import type { Path } from '../../../../core/path.ts'
import { fail, ok, type Problem, type Result } from '../../../../core/problem.ts'
import { tryApply } from './apply.ts'
import { tryJson, tryMerge, tryStrategic } from './patches.ts'
import { tryReplace } from './replace.ts'
import { type Attempt, type EditStrategy, editStrategies, isPutOnly, type WriteTarget, type WriteWays } from './ways.ts'

/**
 * A request as it will be sent. `fallsShort` is what the kind's usual strategy cannot express, `slow` what it would keep the
 * server busy with: another was taken for that, unless the person chose it.
 */
export type ChosenWrite = {
  readonly strategy: EditStrategy
  readonly guard: Guard
  readonly body: string
  readonly fallsShort: readonly Path[]
  readonly slow: readonly LongMerge[]
}

/** What each strategy can be guarded by; the first is taken where nobody chose. */
const guards: Readonly<Record<EditStrategy, readonly Guard[]>> = {
  strategic: ['version', 'none'],
  merge: ['version', 'none'],
  json: ['version', 'value'],
  apply: ['version'],
  replace: ['version'],
}

const attempts: Readonly<Record<EditStrategy, (target: WriteTarget, ways: WriteWays) => Attempt>> = {
  strategic: tryStrategic,
  merge: tryMerge,
  json: tryJson,
  apply: tryApply,
  replace: tryReplace,
}

/**
 * The write as it was chosen; what cannot be done so is a problem that names what can: `strategy-unserved`,
 * `guard-unsupported`, `patch-falls-short`. Where no strategy was chosen, the kind's usual one, or else the first that
 * reaches the wanted object.
 */
export function chooseWrite(target: WriteTarget, ways: WriteWays, choice: WriteChoice): Result<ChosenWrite> {
  const { strategy, guard } = choice
  if (strategy === null) return guard === 'value' ? write(target, ways, 'json', guard) : writeUsual(target, ways, guard)
  if (!isServed(strategy, ways)) return fail({ code: 'strategy-unserved', strategy, served: ways.served })
  return write(target, ways, strategy, guard)
}

function write(target: WriteTarget, ways: WriteWays, strategy: EditStrategy, guard: Guard | null): Result<ChosenWrite> {
  const unsupported = guardProblem(strategy, guard, ways)
  if (unsupported !== null) return fail(unsupported)
  const attempt = attemptOf(strategy, target, ways)
  if (attempt.missed.length > 0) return fail(fallsShort(attempt, target, ways))
  return ok(chosen(attempt, guard, attempt))
}

/**
 * The kind's usual patch; where the server would be slow to merge it, a JSON Patch if one can be made and guarded so. JSON
 * Patch reaches any field of any item, a merge patch replaces lists whole: those are next.
 */
function writeUsual(target: WriteTarget, ways: WriteWays, guard: Guard | null): Result<ChosenWrite> {
  if (isPutOnly(ways)) return write(target, ways, 'replace', guard)
  const usual = attemptOf(usualStrategy(ways), target, ways)
  const reaches = usual.missed.length === 0
  if (reaches && !isSlow(usual)) return ok(chosen(usual, guard, usual))
  for (const strategy of reaches ? (['json'] as const) : (['json', 'merge'] as const)) {
    if (!isServed(strategy, ways) || guardProblem(strategy, guard, ways) !== null) continue
    const other = attemptOf(strategy, target, ways)
    if (other.missed.length === 0) return ok(chosen(other, guard, usual))
  }
  return reaches ? ok(chosen(usual, guard, usual)) : fail(fallsShort(usual, target, ways))
}

/** The patch that kubectl edit would take for this kind. */
export function usualStrategy({ strategic }: Pick<WriteWays, 'strategic'>): 'strategic' | 'merge' {
  return strategic ? 'strategic' : 'merge'
}

/** Tries a strategy that the server takes. */
export function attemptOf(strategy: EditStrategy, target: WriteTarget, ways: WriteWays): Attempt {
  return attempts[strategy](target, ways)
}

function chosen(attempt: Attempt, guard: Guard | null, { missed, slow = [] }: Attempt): ChosenWrite {
  const { strategy } = attempt
  const taken = guard ?? guards[strategy][0] ?? 'version'
  return { strategy, guard: taken, body: attempt.body(taken), fallsShort: missed, slow }
}

function isSlow({ slow = [] }: Attempt): boolean {
  return slow.length > 0
}

function isServed(strategy: Strategy, { served }: WriteWays): strategy is EditStrategy {
  return served.some(one => one === strategy)
}

function guardProblem(strategy: EditStrategy, guard: Guard | null, ways: WriteWays): Problem | null {
  if (guard === null || guards[strategy].includes(guard)) return null
  const instead = ways.served.filter(other => guards[other].includes(guard))
  return { code: 'guard-unsupported', strategy, guard, instead }
}

function fallsShort({ strategy, missed }: Attempt, target: WriteTarget, ways: WriteWays): Problem {
  const others = editStrategies.filter(other => other !== strategy && isServed(other, ways))
  const reaching = others.filter(other => attemptOf(other, target, ways).missed.length === 0)
  return { code: 'patch-falls-short', paths: missed, reaching }
}
