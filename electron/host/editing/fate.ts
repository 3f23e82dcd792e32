import type { FieldFate } from '../../../contract/review.ts'
import { type Change, diffFields, diffObjects } from '../../../core/diff.ts'
import { equalJson, type Json, type JsonObject } from '../../../core/json.ts'
import { meansSame } from '../../../core/means.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { equalPath, type Path, valueAt } from '../../../core/path.ts'

/** What became of one edited field; values are absent where the object has none. */
export type Fate = {
  readonly path: Path
  readonly fate: FieldFate['fate']
  readonly live?: Json
  readonly mine?: Json
  readonly answer?: Json
}

/**
 * The fate of every field that I edited, judged by the server's answer: a 200 does not mean that the edit was taken
 * (`status` on the main resource, `generation` and more are dropped without a word; admission may put a third value).
 */
export function judgeFates(
  live: JsonObject,
  merged: JsonObject,
  answer: JsonObject,
  schema: PatchSchema | null,
): readonly Fate[] {
  const judgeOne = (change: Change): Fate => {
    if (change.kind === 'moved') return judgeOrder(change.path, live, merged, answer, schema)
    const stood = valueAt(live, change.path, schema)
    const mine = valueAt(merged, change.path, schema)
    const answered = valueAt(answer, change.path, schema) ?? storedElsewhere(change.path, mine, answer)
    return { ...values(change.path, stood, mine, answered), fate: judge(stood, mine, answered) }
  }
  return diffFields(live, merged, schema).map(judgeOne)
}

function judge(live: Json | undefined, mine: Json | undefined, answer: Json | undefined): Fate['fate'] {
  if (same(answer, mine)) return 'taken'
  if (meansSame(answer, mine)) return 'normalised'
  return same(answer, live) ? 'ignored' : 'overridden'
}

function judgeOrder(
  path: Path,
  live: JsonObject,
  merged: JsonObject,
  answer: JsonObject,
  schema: PatchSchema | null,
): Fate {
  const [stood, mine, answered] = [live, merged, answer].map(object => valueAt(object, path, schema))
  const differs = movedAt(path, merged, answer, schema)
  const fate = !differs ? 'taken' : movedAt(path, live, answer, schema) ? 'overridden' : 'ignored'
  return { ...values(path, stood, mine, answered), fate }
}

function movedAt(path: Path, from: JsonObject, to: JsonObject, schema: PatchSchema | null): boolean {
  return diffObjects(from, to, schema).some(change => change.kind === 'moved' && equalPath(change.path, path))
}

function values(path: Path, live: Json | undefined, mine: Json | undefined, answer: Json | undefined) {
  return {
    path,
    ...(live === undefined ? {} : { live }),
    ...(mine === undefined ? {} : { mine }),
    ...(answer === undefined ? {} : { answer }),
  }
}

/** `stringData` of a Secret is write-only: the server stores it in `data`, as base64, and never returns it. */
function storedElsewhere(path: Path, mine: Json | undefined, answer: JsonObject): Json | undefined {
  const [field, key] = path
  if (answer.kind !== 'Secret' || field !== 'stringData' || typeof mine !== 'string') return undefined
  const stored = valueAt(answer, ['data', key ?? ''])
  return stored === Buffer.from(mine, 'utf8').toString('base64') ? mine : stored
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return equalJson(a, b)
}
