/** Orders keys as kubectl prints them (go-yaml v2's `keyList`): letters after everything else, digits by their number. */
export function compareKeys(a: string, b: string): number {
  const at = firstDifference(a, b)
  const [left, right] = [a.codePointAt(at), b.codePointAt(at)]
  if (left === undefined || right === undefined) return a.length - b.length
  const [leftLetter, rightLetter] = [isLetter(left), isLetter(right)]
  if (leftLetter && rightLetter) return left - right
  if (leftLetter || rightLetter) return rightLetter ? -1 : 1
  // Zeros that differ behind other digits are part of a longer number: `100` comes after `10`.
  const lead = (left === zero || right === zero) && followsDigits(a, at) ? 1 : 0
  const [leftRun, rightRun] = [digitRun(a, at, lead), digitRun(b, at, lead)]
  return leftRun.value - rightRun.value || leftRun.length - rightRun.length || left - right
}

const zero = 0x30

function firstDifference(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  let at = 0
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++
  const insidePair = at > 0 && (a.charCodeAt(at - 1) & 0xfc00) === 0xd800
  return insidePair ? at - 1 : at
}

function isLetter(point: number): boolean {
  if (point < 0x80) return (point >= 0x41 && point <= 0x5a) || (point >= 0x61 && point <= 0x7a)
  return /\p{L}/u.test(String.fromCodePoint(point))
}

function isDigit(point: number): boolean {
  if (point < 0x80) return point >= zero && point <= 0x39
  return /\p{Nd}/u.test(String.fromCodePoint(point))
}

function followsDigits(text: string, end: number): boolean {
  for (let at = end - 1; at >= 0 && isDigit(text.charCodeAt(at)); at--) {
    if (text.charCodeAt(at) !== zero) return true
  }
  return false
}

function digitRun(text: string, from: number, lead: number): { value: number; length: number } {
  let value = lead
  let at = from
  while (at < text.length && isDigit(text.charCodeAt(at))) value = value * 10 + text.charCodeAt(at++) - zero
  return { value, length: at - from }
}
