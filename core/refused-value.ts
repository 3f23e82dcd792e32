// A value of this length says nothing to a person, and hides the words behind it.
const longestValue = 160

const opening = /\b(?:Invalid|Unsupported|Duplicate) value: /g

/**
 * A server's words without the long values that it quotes before it says what is wrong with them: a changed Pod template
 * of a Job is quoted whole, in Go's own names, before `field is immutable` (k8s.io/apimachinery `field.Error`).
 */
export function withoutLongValues(message: string): string {
  let text = ''
  let done = 0
  for (const { 0: words, index } of message.matchAll(opening)) {
    const from = index + words.length
    if (from < done) continue
    const to = endOfValue(message, from)
    if (to - from <= longestValue) continue
    text += `${message.slice(done, from)}…`
    done = to
  }
  return text + message.slice(done)
}

/** Where a value in JSON or Go's syntax ends: before `: ` outside its brackets and quotes, else with the text. */
function endOfValue(message: string, from: number): number {
  let depth = 0
  for (let at = from; at < message.length; at += 1) {
    const sign = message.charAt(at)
    if (sign === '"') at = endOfQuote(message, at)
    else if ('{[('.includes(sign)) depth += 1
    else if ('}])'.includes(sign)) depth -= 1
    else if (depth <= 0 && message.startsWith(': ', at)) return at
  }
  return message.length
}

function endOfQuote(message: string, from: number): number {
  let at = from + 1
  while (at < message.length && message.charAt(at) !== '"') at += message.charAt(at) === '\\' ? 2 : 1
  return at
}
