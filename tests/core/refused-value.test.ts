import { expect, test } from 'vitest'
import { withoutLongValues } from '../../core/refused-value.ts'

const long = 'x'.repeat(200)

test.each([
  [
    'a template before the words that count',
    `spec.template: Invalid value: {"labels":{"a":"}: ${long}"},"Spec":null}: field is immutable`,
    'spec.template: Invalid value: …: field is immutable',
  ],
  [
    "Go's own syntax",
    `Invalid value: core.PodSpec{Volumes:[]core.Volume(nil), Name: "${long}"}: pod updates may not change fields`,
    'Invalid value: …: pod updates may not change fields',
  ],
  [
    'each of several',
    `[a: Invalid value: "${long}": is bad, b: Invalid value: "${long}": is worse]`,
    '[a: Invalid value: …: is bad, b: Invalid value: …: is worse]',
  ],
  ['nothing that is short', 'a: Invalid value: "x: y": must be 1', 'a: Invalid value: "x: y": must be 1'],
  ['what never ends', `a: Invalid value: {"b": "${long}`, 'a: Invalid value: …'],
])('leaves out %s', (_, message, expected) => {
  expect(withoutLongValues(message)).toBe(expected)
})
