import type { Json } from '../json.ts'
import { isList, isObject } from '../object.ts'
import type { PatchProblem, Result } from '../problem.ts'
import { type Operation, operationLimit, stepsOf } from './json-patch.ts'
import {
  childOf,
  closed,
  indexIn,
  isMap,
  OpenList,
  OpenMap,
  opened,
  type Part,
  putChild,
} from './json-patch-document.ts'
import { readOperation } from './json-patch-read.ts'
import { equalParts, sizeOf } from './json-patch-value.ts'
import { attempt, refuse } from './refusal.ts'
import { kindOf, requireDepth } from './values.ts'

/** How many bytes an API server lets the `copy` operations of one patch add up to. */
const copyLimit = 3 * 1024 * 1024

/** The document as the operations so far left it, and what `copy` has taken. */
type Work = { root: Part; copied: number }

/** One operation and its place in the patch. */
type Step = { readonly operation: Operation; readonly index: number }

/**
 * What a document becomes when a server applies the JSON Patch to it (evanphx/json-patch 4 with kube-apiserver's
 * options). Shares with `object` what the patch leaves alone. Problems: `json-patch-invalid`, `json-patch-too-long`,
 * `json-patch-path-missing`, `json-patch-test-failed`, `patch-type-mismatch`, `too-deep`.
 */
export function applyJsonPatch(object: Json, patch: Json): Result<Json, PatchProblem> {
  return attempt(() => {
    const operations = readOperations(patch)
    requireDepth(object, null, 0)
    if (!isList(object) && !isObject(object)) {
      refuse({ code: 'patch-type-mismatch', expected: 'object', found: kindOf(object), path: [] })
    }
    const work: Work = { root: object, copied: 0 }
    for (const [index, operation] of operations.entries()) perform(work, { operation, index })
    const result = closed(work.root)
    requireDepth(result, null, 0)
    return result
  })
}

function readOperations(patch: Json): readonly Operation[] {
  if (!isList(patch)) {
    return refuse({ code: 'patch-type-mismatch', expected: 'list', found: kindOf(patch) })
  }
  if (patch.length > operationLimit) {
    refuse({ code: 'json-patch-too-long', operations: patch.length, limit: operationLimit })
  }
  requireDepth(patch, null, 0)
  return patch.map(readOperation)
}

function perform(work: Work, step: Step): void {
  const { operation } = step
  switch (operation.op) {
    case 'add':
      add(work, step, operation.value)
      break
    case 'remove':
      remove(work, step, operation.path)
      break
    case 'replace':
      replace(work, step, operation.value)
      break
    case 'move':
      add(work, step, remove(work, step, operation.from))
      break
    case 'copy':
      add(work, step, copied(work, step, operation.from))
      break
    case 'test':
      test(work, step, operation.value)
  }
}

function add(work: Work, step: Step, value: Part): void {
  const { path } = step.operation
  const { container, last } = writableAt(work, step, path)
  if (container instanceof OpenMap) container.fields.set(last, value)
  else container.items.splice(gapIn(container, last) ?? missing(step, path), 0, value)
}

/** Where a new item goes: a list has one place more than it has items. */
function gapIn({ items }: OpenList, step: string): number | null {
  return step === '-' ? items.length : indexIn(step, items.length + 1)
}

function remove(work: Work, step: Step, pointer: string): Part {
  const { container, last } = writableAt(work, step, pointer)
  const value = childOf(container, last)
  if (value === undefined) return missing(step, pointer)
  if (container instanceof OpenMap) container.fields.delete(last)
  else container.items.splice(indexIn(last, container.items.length) ?? 0, 1)
  return value
}

// In a map the server's `replace` also adds: it only looks for the key in lists.
function replace(work: Work, step: Step, value: Json): void {
  const { path } = step.operation
  if (path === '') {
    if (opened(value) === null) invalid(step, 'the document can only become an object or a list')
    work.root = value
    return
  }
  const { container, last } = writableAt(work, step, path)
  if (container instanceof OpenList && childOf(container, last) === undefined) missing(step, path)
  putChild(container, last, value)
}

function test(work: Work, step: Step, value: Json): void {
  const { path } = step.operation
  const found = path === '' ? work.root : readAt(work, step, path)
  const equal = equalParts(found, value)
  if (equal === null) invalid(step, 'the server cannot compare lists that hold null')
  if (equal === false) refuse({ code: 'json-patch-test-failed', operation: step.index, pointer: path })
}

// A snapshot: what the patch later writes into the original is not written into the copy.
function copied(work: Work, step: Step, from: string): Json {
  const value = readAt(work, step, from)
  work.copied += sizeOf(value, copyLimit - work.copied)
  if (work.copied > copyLimit) invalid(step, 'it copies more than 3 MiB')
  return closed(value)
}

/** The value that a pointer names. As on the server, an absent key of a map reads as null. */
function readAt(work: Work, step: Step, pointer: string): Part {
  const steps = stepsOf(pointer)
  const last = steps.at(-1)
  let container = work.root
  for (const name of steps.slice(0, -1)) container = childOf(container, name) ?? missing(step, pointer)
  if (last === undefined) return missing(step, pointer)
  const value = childOf(container, last)
  if (value !== undefined) return value
  return isMap(container) ? null : missing(step, pointer)
}

type Place = { readonly container: OpenMap | OpenList; readonly last: string }

/** The map or list around the place that a pointer names, opened for writing with all that is around it. */
function writableAt(work: Work, step: Step, pointer: string): Place {
  const steps = stepsOf(pointer)
  const last = steps.at(-1)
  if (last === undefined) return missing(step, pointer)
  let container = opened(work.root) ?? missing(step, pointer)
  work.root = container
  for (const name of steps.slice(0, -1)) {
    const inner: OpenMap | OpenList = opened(childOf(container, name) ?? null) ?? missing(step, pointer)
    putChild(container, name, inner)
    container = inner
  }
  return { container, last }
}

function missing(step: Step, pointer: string): never {
  return refuse({ code: 'json-patch-path-missing', operation: step.index, pointer })
}

function invalid(step: Step, detail: string): never {
  return refuse({ code: 'json-patch-invalid', operation: step.index, detail })
}
