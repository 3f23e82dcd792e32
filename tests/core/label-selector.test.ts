import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { narrows, parseLabelSelector, selects } from '../../core/label-selector.ts'

describe('a label selector selects as Kubernetes does', () => {
  const web = { app: 'web', tier: 'front', 'app.kubernetes.io/name': 'x', empty: '' }
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web', true],
    ['app = web', true],
    ['app=db', false],
    ['app!=db', true],
    ['app!=web', false],
    ['missing!=x', true],
    ['missing=x', false],
    ['missing=', false],
    ['empty=', true],
    ['empty!=', false],
    ['app', true],
    ['missing', false],
    ['!missing', true],
    ['! app', false],
    ['app in (web, db)', true],
    ['app in (db)', false],
    ['missing in (x)', false],
    ['empty in (,x)', true],
    ['app notin (db,x)', true],
    ['app notin (web)', false],
    ['missing notin (x)', true],
    ['app in (web,db),tier=front,!missing', true],
    ['app in (web,db),tier=back', false],
    ['app.kubernetes.io/name=x', true],
    ['toString', false],
  ])('%j: %s', (text, expected) => {
    const requirements = parseLabelSelector(text)
    expect(requirements).not.toBeNull()
    expect(selects(requirements ?? [], web)).toBe(expected)
  })
})

it.each(['a in ()', 'a in (', 'a=-', 'a=b=c', '-a=b', 'a,', 'a/b/c=d', 'A/b=c', 'a>1', `a=${'x'.repeat(64)}`, 'a b'])(
  '%j is left to the server',
  text => {
    expect(parseLabelSelector(text)).toBeNull()
  },
)

const value = fc.constantFrom('', 'x', 'y', 'z')
const key = fc.constantFrom('a', 'b')
const requirement = fc.oneof(
  fc.tuple(key, fc.constantFrom('=', '!='), value).map(parts => parts.join('')),
  fc.tuple(fc.constantFrom('', '!'), key).map(parts => parts.join('')),
  fc
    .tuple(key, fc.constantFrom('in', 'notin'), fc.array(value, { minLength: 1 }))
    // One empty value is written as nothing at all, which is refused.
    .filter(([, , values]) => values.join() !== '')
    .map(([one, operator, values]) => `${one} ${operator} (${values.join()})`),
)
const selector = fc.array(requirement, { maxLength: 3 }).map(parts => parts.join())

it('what narrows selects nothing that the wider one does not', () => {
  fc.assert(
    fc.property(selector, selector, fc.dictionary(key, value), (inner, outer, labels) => {
      const [narrow, wide] = [parseLabelSelector(inner), parseLabelSelector(outer)]
      if (narrow === null || wide === null) throw new Error('selectors are read')
      if (narrows(narrow, wide) && selects(narrow, labels)) expect(selects(wide, labels)).toBe(true)
      expect(narrows([...narrow, ...wide], wide)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
