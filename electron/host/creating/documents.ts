import type { CreateDocument } from '../../../contract/create.ts'
import type { JsonObject } from '../../../core/json.ts'
import { type ManifestObject, missingNames } from '../../../core/manifest.ts'
import { metadataText } from '../../../core/object.ts'
import type { Problem, TextRange } from '../../../core/problem.ts'

/** One object of a text that shall be created. `text` is its own; `shift` puts a problem's places into the whole text. */
export type Document = {
  readonly text: string
  /** Null where it cannot be read, or does not say what it is. */
  readonly object: JsonObject | null
  readonly shown: CreateDocument
  readonly shift: (problem: Problem) => Problem
}

/** The documents of a whole text, as `readManifest` found them in it. */
export function documentsOf(whole: string, found: readonly ManifestObject[]): readonly Document[] {
  return found.map(manifest => {
    const shift = shiftInto(whole, manifest)
    const problem = manifest.ok ? incomplete(manifest.object) : manifest.problem
    const placed = problem === null ? null : shift(problem)
    const object = manifest.ok && problem === null ? manifest.object : null
    return {
      text: manifest.text,
      object,
      shown: { line: manifest.line, ...namesOf(manifest.ok ? manifest.object : {}), problem: placed },
      shift,
    }
  })
}

function incomplete(object: JsonObject): Problem | null {
  const missing = missingNames(object)
  return missing.length === 0 ? null : { code: 'manifest-incomplete', missing }
}

function namesOf(object: JsonObject): Omit<CreateDocument, 'line' | 'problem'> {
  const { apiVersion, kind } = object
  const name = metadataText(object, 'name') || null
  return {
    apiVersion: typeof apiVersion === 'string' ? apiVersion : null,
    kind: typeof kind === 'string' ? kind : null,
    namespace: metadataText(object, 'namespace') || null,
    name: name ?? metadataText(object, 'generateName'),
    generates: name === null && metadataText(object, 'generateName') !== null,
  }
}

/** Comments that stand before a document's `---` come first in its text; the items of a List are printed, and stand nowhere. */
function shiftInto(whole: string, { text, line }: ManifestObject): (problem: Problem) => Problem {
  const from = offsetOfLine(whole, line)
  let [lead, leadLines] = [0, 0]
  while (!whole.startsWith(text.slice(lead), from)) {
    const end = text.indexOf('\n', lead)
    if (end < 0 || !/^\s*#/.test(text.slice(lead, end))) return problem => atLine(problem, from, line)
    lead = end + 1
    leadLines++
  }
  const move = (range: TextRange): TextRange => ({
    ...range,
    from: range.from - lead + from,
    to: range.to - lead + from,
    line: range.line - leadLines + line - 1,
  })
  return problem => moveRanges(problem, move)
}

function offsetOfLine(text: string, line: number): number {
  let at = 0
  for (let nr = 1; nr < line; nr++) at = text.indexOf('\n', at) + 1
  return at
}

function atLine(problem: Problem, from: number, line: number): Problem {
  return moveRanges(problem, () => ({ from, to: from, line, column: 1 }))
}

function moveRanges(problem: Problem, move: (range: TextRange) => TextRange): Problem {
  const placed = problem.range === undefined ? problem : { ...problem, range: move(problem.range) }
  if (!('causes' in placed)) return placed
  const causes = placed.causes.map(cause =>
    cause.range === undefined ? cause : { ...cause, range: move(cause.range) },
  )
  return { ...placed, causes }
}
