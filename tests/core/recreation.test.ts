import { expect, test } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { objectToCreateAgain, refusesChange } from '../../core/recreation.ts'

const given = { uid: 'u', resourceVersion: '7', generation: 2, creationTimestamp: '2026-01-01T00:00:00Z' }

test('an object made anew is without what was made of the old one, and has all that was edited', () => {
  const base: JsonObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a', ...given, ownerReferences: [{ uid: 'o' }] },
    spec: { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], ports: [{ port: 80, nodePort: 30000 }] },
    status: { loadBalancer: {} },
  }
  const edited: JsonObject = {
    ...base,
    spec: { clusterIP: 'None', clusterIPs: ['None'], ports: [{ port: 80, nodePort: 30000 }] },
  }
  expect(objectToCreateAgain(base, edited, null)).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a', ownerReferences: [{ uid: 'o' }] },
    spec: { clusterIP: 'None', clusterIPs: ['None'], ports: [{ port: 80 }] },
  })
  // What was edited stays also where a copy would leave it out.
  const bound = { ...base, spec: { ...(edited.spec as JsonObject), clusterIP: '10.0.0.2' } }
  expect(objectToCreateAgain(base, bound, null)).toMatchObject({ spec: { clusterIP: '10.0.0.2' } })
})

test('a rule of a definition is known by its own message, or by its words where it has none', () => {
  const problem = (message: string) => ({ code: 'invalid' as const, message, causes: [] })
  const kept = [{ field: 'spec.size', message: 'pick another pool instead' }]
  const refused = problem('Pool "p" is invalid: spec.size: Invalid value: "integer": pick another pool instead')
  expect([refusesChange(refused), refusesChange(refused, kept)]).toEqual([false, true])
  expect(refusesChange(problem('Invalid value: "string": failed rule: self.zone == oldSelf.zone'))).toBe(true)
  expect(refusesChange(problem('Invalid value: "string": failed rule: self.zone == oldSelf.size'))).toBe(false)
  expect(refusesChange(problem('spec.size: too big'), [{ field: 'spec.size', message: '' }])).toBe(false)
})

// The words of Kubernetes 1.37's validation.
test.each([
  ['field is immutable', true],
  ['Forbidden: pod updates may not change fields other than `spec.containers[*].image`', true],
  ["Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden", true],
  ['field is immutable when `immutable` is set', true],
  ['may not add or remove containers', true],
  ['may not change once set', true],
  ['must be greater than or equal to 0', false],
  ['Unsupported value: "Sometimes": supported values: "Always"', false],
])('%s', (message, refused) => {
  const causes = [{ reason: 'FieldValueInvalid', field: 'spec', message }]
  expect(refusesChange({ code: 'invalid', message: 'is invalid', causes })).toBe(refused)
})
