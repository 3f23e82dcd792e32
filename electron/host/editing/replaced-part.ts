import type { TextChange } from '../../../core/session.ts'

/** UTF-16 units that are compared at once: comparing strings is a hundred times faster than comparing their units. */
const stride = 4096

/** The one part of a text that another replaces, from the first difference to the last; null for equal texts. */
export function replacedPart(before: string, after: string): TextChange | null {
  if (before === after) return null
  const from = commonStart(before, after)
  const most = Math.min(before.length, after.length) - from
  const end = commonEnd(before, after, most)
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) }
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let at = 0
  while (at < most && a.slice(at, at + stride) === b.slice(at, at + stride)) at += stride
  at = Math.min(at, most)
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

function commonEnd(a: string, b: string, most: number): number {
  let length = 0
  while (length + stride <= most && endOf(a, length, stride) === endOf(b, length, stride)) length += stride
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++
  return length
}

function endOf(text: string, skipped: number, length: number): string {
  return text.slice(text.length - skipped - length, text.length - skipped)
}
