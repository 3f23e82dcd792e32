import { describe, expect, test } from 'vitest'
import { ownChoice } from '../../../contract/own-choice.ts'
import {
  guardChoices,
  longestList,
  recommendedInstead,
  takenOver,
  type Written,
  withGuard,
  withStrategy,
} from '../../../renderer/review/choice.ts'

const written: Written = {
  choice: ownChoice,
  strategy: 'strategic',
  guard: 'version',
  strategies: [
    { strategy: 'strategic', state: 'reaches', paths: [], notes: [] },
    { strategy: 'json', state: 'reaches', paths: [], notes: [] },
  ],
  recommended: { strategy: 'strategic', guard: 'version', reason: 'usual', paths: [], managers: [] },
}

describe('a choice', () => {
  test('of another strategy leaves its guard to the app, and force behind', () => {
    const forced = { ...written, choice: { ...ownChoice, strategy: 'apply', force: true, lastApplied: true } } as const
    expect(withStrategy(forced, 'json')).toEqual({
      strategy: 'json',
      guard: null,
      force: false,
      lastApplied: true,
      changeCause: null,
    })
  })

  test('of what is recommended is the app’s own', () => {
    expect(withStrategy({ ...written, strategy: 'json' }, 'strategic')).toEqual(ownChoice)
    expect(withGuard({ ...written, guard: 'none' }, 'version')).toEqual(ownChoice)
  })

  test('of a client-side apply has the version for its only guard', () => {
    expect(guardChoices({ ...written, strategy: 'client-side-apply' })).toEqual(['version'])
  })

  test('of no guard names the strategy that it is made for', () => {
    expect(withGuard(written, 'none')).toMatchObject({ strategy: 'strategic', guard: 'none' })
  })

  test('of a guard by value takes the JSON Patch that carries it', () => {
    expect(withGuard(written, 'value')).toMatchObject({ strategy: 'json', guard: 'value' })
  })

  test('of no guard leaves a JSON Patch for the patch that carries none', () => {
    const slow = { ...written, strategy: 'json', recommended: { ...written.recommended, strategy: 'json' } } as Written
    expect(withGuard(slow, 'none')).toMatchObject({ strategy: 'strategic', guard: 'none' })
  })
})

test.each([
  ['strategic', ['version', 'value', 'none']],
  ['json', ['version', 'value', 'none']],
  ['apply', ['version']],
  ['replace', ['version']],
] as const)('guards of %s', (strategy, guards) => {
  expect(guardChoices({ ...written, strategy })).toEqual(guards)
})

test('a JSON Patch that alone can write the edit is always guarded', () => {
  const strategies = written.strategies.filter(({ strategy }) => strategy === 'json')
  expect(guardChoices({ ...written, strategy: 'json', strategies })).toEqual(['version', 'value'])
})

test('no guard by value where no JSON Patch can write the edit', () => {
  expect(guardChoices({ ...written, strategies: [] })).toEqual(['version', 'none'])
})

test('the recommendation is told where something else was chosen', () => {
  expect(recommendedInstead(written)).toBeNull()
  expect(recommendedInstead({ ...written, guard: 'none' })).toBe(written.recommended)
  expect(recommendedInstead({ ...written, recommended: null })).toBeNull()
})

test('what a forced apply takes over is what its offer says', () => {
  const owners = [{ path: 'spec.replicas', managers: ['hpa'] }]
  const apply = { strategy: 'apply', state: 'reaches', paths: [], notes: [{ kind: 'owner-conflict', owners }] } as const
  expect(takenOver({ ...written, strategies: [apply] })).toEqual(owners)
  expect(takenOver(written)).toEqual([])
})

test('the longest list that a strategic patch would be slow at is what its offer says', () => {
  expect(longestList(written)).toBe(0)
  const lists = [1_200, 12_500].map(items => ({ path: `spec.list${items}`, items }))
  const strategic = {
    strategy: 'strategic',
    state: 'reaches',
    paths: [],
    notes: [{ kind: 'slow-merge', lists }],
  } as const
  expect(longestList({ strategies: [strategic] })).toBe(12_500)
})
