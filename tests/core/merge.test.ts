import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Change, diffFields, diffObjects } from '../../core/diff.ts'
import { equalJson, type Json, type JsonObject, printJson } from '../../core/json.ts'
import { type Choice, itemsOfBoth, type Merge, mergeThreeWay } from '../../core/merge.ts'
import { isList, isObject } from '../../core/object.ts'
import { formatPath, type ItemIdentity, pathKey, startsWithPath, valueAt } from '../../core/path.ts'
import { arbitraryEdits, arbitraryWorkload } from './arbitrary.ts'
import { containers, workload, workloadSchema } from './schemas.ts'

const merge = (base: JsonObject, mine: JsonObject, theirs: JsonObject) =>
  mergeThreeWay(workload(base), workload(mine), workload(theirs), workloadSchema)

/** The merged spec, or the conflicts as `path: base | mine | theirs`. */
function outcome(merge: Merge): Json {
  if (merge.ok) return merge.merged.spec ?? null
  const side = (value: Json | undefined) => (value === undefined ? '-' : printJson(value))
  return merge.problem.conflicts.map(
    ({ path, base, mine, theirs }) => `${formatPath(path)}: ${side(base)} | ${side(mine)} | ${side(theirs)}`,
  )
}

describe('lists in the one-line notation: base, mine, theirs, merged', () => {
  test.each([
    ['different items changed', 'a=1 b=1', 'a=2 b=1', 'a=1 b=2', 'a=2 b=2'],
    ['both added', 'a=1', 'a=1 m=1', 'a=1 t=1', 'a=1 t=1 m=1'],
    ['both added the same', 'a=1', 'a=1 n=1', 'a=1 n=1', 'a=1 n=1'],
    ['both added the same item, each with more', '', 'n=1', 'n', 'n=1'],
    ['each put one before', 'a b', 'm a b', 'a t b', 'm a t b'],
    ['one deleted, one changed another', 'a=1 b=1', 'b=1', 'a=1 b=2', 'b=2'],
    ['both deleted', 'a b', 'a', 'a', 'a'],
    ['I moved, they added', 'a b c', 'c a b', 'a t b c', 'c a t b'],
    ['they moved, I added', 'a b c', 'a b m c', 'c b a', 'c b m a'],
    ['I moved one that they deleted, they moved the others', 'c e a', 'e a m c', 'a e', 'a m e'],
    ['they put another first, I changed mine', 'a=1', 'a=2', 'side=1 a=1', 'side=1 a=2'],
  ])('%s', (_, base, mine, theirs, merged) => {
    const [b, m, t] = [base, mine, theirs].map(notation => ({ containers: containers(notation) }))
    expect(outcome(merge(b ?? {}, m ?? {}, t ?? {}))).toEqual({ containers: containers(merged) })
  })
})

describe('conflicts', () => {
  test('the same field changed to different values', () => {
    const [base, mine, theirs] = ['a=1 b=1', 'a=2 b=1', 'a=3 b=2'].map(text => ({ containers: containers(text) }))
    expect(outcome(merge(base ?? {}, mine ?? {}, theirs ?? {}))).toEqual([
      'spec.containers[name=a].image: "1" | "2" | "3"',
    ])
  })

  test('a deletion against a change, both ways: no torso comes back', () => {
    const [base, changed, gone] = ['a b=1', 'a b=2', 'a'].map(text => ({ containers: containers(text) }))
    expect(outcome(merge(base ?? {}, changed ?? {}, gone ?? {}))).toEqual([
      'spec.containers[name=b]: {"name":"b","image":"1"} | {"name":"b","image":"2"} | -',
    ])
    expect(outcome(merge(base ?? {}, gone ?? {}, changed ?? {}))).toEqual([
      'spec.containers[name=b]: {"name":"b","image":"1"} | - | {"name":"b","image":"2"}',
    ])
  })

  test('a removed struct to which the other adds a field', () => {
    const probe = (livenessProbe?: JsonObject) => ({
      containers: [{ name: 'a', ...(livenessProbe && { livenessProbe }) }],
    })
    const result = merge(probe({ periodSeconds: 1 }), probe(), probe({ periodSeconds: 1, timeoutSeconds: 2 }))
    expect(outcome(result)).toEqual([
      'spec.containers[name=a].livenessProbe: {"periodSeconds":1} | - | {"periodSeconds":1,"timeoutSeconds":2}',
    ])
  })

  test('atomic lists, atomic maps and lists with equal identities, as a whole', () => {
    const result = merge(
      { tolerations: [], selector: { app: '1' }, containers: containers('a a') },
      { tolerations: [{ key: 'm' }], selector: { app: '2' }, containers: containers('a a m') },
      { tolerations: [{ key: 't' }], selector: { app: '1', tier: 't' }, containers: containers('a t') },
    )
    expect(outcome(result)).toEqual([
      'spec.tolerations: [] | [{"key":"m"}] | [{"key":"t"}]',
      'spec.selector: {"app":"1"} | {"app":"2"} | {"app":"1","tier":"t"}',
      'spec.containers: [{"name":"a"},{"name":"a"}] | [{"name":"a"},{"name":"a"},{"name":"m"}] | [{"name":"a"},{"name":"t"}]',
    ])
  })

  test('a union that both turned into different members', () => {
    const volume = (source: JsonObject) => ({ volumes: [{ name: 'v', ...source }] })
    const result = merge(volume({}), volume({ emptyDir: {} }), volume({ configMap: { name: 'c' } }))
    expect(outcome(result)).toHaveLength(1)
    const named = (name: string) => volume({ configMap: { name } })
    expect(outcome(merge(volume({}), named('m'), named('t')))).toEqual([
      'spec.volumes[name=v].configMap.name: - | "m" | "t"',
    ])
  })

  test('items that both moved, to different places', () => {
    const [base, mine, theirs] = ['a b c', 'b a c', 'a c b'].map(text => ({ containers: containers(text) }))
    expect(outcome(merge(base ?? {}, mine ?? {}, theirs ?? {}))).toHaveLength(1)
  })

  test('leave everything else merged, with my side where both disagree', () => {
    const result = merge(
      { replicas: 1, containers: containers('a=1') },
      { replicas: 2, containers: containers('a=1') },
      { replicas: 3, containers: containers('a=2') },
    )
    expect(result.ok).toBe(false)
    expect(!result.ok && result.partial.spec).toEqual({ replicas: 2, containers: containers('a=2') })
  })
})

test('labels removed as a whole are removed one by one: another writer keeps the one that it adds', () => {
  const labelled = (labels?: JsonObject) => workload({}, labels && { labels })
  const labels = (mine: JsonObject, theirs: JsonObject) =>
    mergeThreeWay(labelled({ a: '1' }), mine, theirs, workloadSchema)
  const kept = labels(labelled(), labelled({ a: '1', t: '1' }))
  expect(kept.ok && kept.merged.metadata).toEqual({ name: 'w', labels: { t: '1' } })
  expect(labels(labelled(), labelled({ a: '2' })).ok).toBe(false)
})

test('the order of a set says nothing', () => {
  const finalizers = (...values: string[]) => workload({}, { finalizers: values })
  const result = mergeThreeWay(
    finalizers('a', 'b', 'c'),
    finalizers('b', 'a', 'c'),
    finalizers('a', 'c', 'b', 't'),
    workloadSchema,
  )
  expect(result.ok && result.merged.metadata).toEqual({ name: 'w', finalizers: ['b', 't', 'a', 'c'] })
})

test('a null is no change where null says "absent", and one where it is a value', () => {
  expect(outcome(merge({}, { replicas: null }, { replicas: 2 }))).toEqual({ replicas: 2 })
  expect(outcome(merge({}, {}, { replicas: null }))).toEqual({ replicas: null })
  expect(outcome(merge({}, { replicas: null }, {}))).toEqual({ replicas: null })
  expect(outcome(merge({ paused: true }, { paused: null }, { paused: false }))).toHaveLength(1)
})

test('managedFields are the server’s: neither hidden nor shown do they meet the merge', () => {
  const fields = (manager: string) => [{ manager }]
  const result = mergeThreeWay(
    workload({}, { managedFields: fields('a') }),
    workload({ replicas: 1 }),
    workload({}, { managedFields: fields('b') }),
    workloadSchema,
  )
  expect(result.ok && result.merged).toEqual(workload({ replicas: 1 }, { managedFields: fields('b') }))
  expect(result.ok && result.taken).toEqual([])
})

test('what the server moves all the time follows theirs', () => {
  const at = (resourceVersion: string, status: JsonObject, spec: JsonObject) => ({
    ...workload(spec, { resourceVersion }),
    status,
  })
  const result = mergeThreeWay(at('1', { n: 1 }, {}), at('1', { n: 1 }, { replicas: 2 }), at('7', { n: 5 }, {}), null)
  expect(result.ok && result.merged).toEqual(at('7', { n: 5 }, { replicas: 2 }))
  expect(result.ok && result.taken.map(change => formatPath(change.path))).toEqual([
    'metadata.resourceVersion',
    'status.n',
  ])
})

describe('a conflict that is decided', () => {
  const decided = (base: JsonObject, mine: JsonObject, theirs: JsonObject, taken: readonly string[]) =>
    outcome(
      mergeThreeWay(workload(base), workload(mine), workload(theirs), workloadSchema, path => {
        return taken.includes(formatPath(path)) ? 'theirs' : 'mine'
      }),
    )
  const lists = (...notations: string[]) => notations.map(notation => ({ containers: containers(notation) }))

  test.each([
    ['a field', 'a=1 b=1', 'a=2 b=2', 'a=3 b=3', ['spec.containers[name=a].image'], 'a=3 b=2'],
    ['what they deleted and I changed', 'a=1 b=1', 'a=2 b=1', 'b=1', ['spec.containers[name=a]'], 'b=1'],
    ['what I deleted and they changed', 'a=1 b=1', 'b=1', 'a=2 b=1', ['spec.containers[name=a]'], 'a=2 b=1'],
    ['the order, with what I added', 'a b c', 'c a b n', 'b a c', ['spec.containers'], 'b n a c'],
    ['nothing: all stays mine', 'a=1', 'a=2', 'a=3', [], 'a=2'],
  ])('%s', (_, base, mine, theirs, taken, expected) => {
    const [b = {}, m = {}, t = {}] = lists(base, mine, theirs)
    expect(decided(b, m, t, taken)).toEqual({ containers: containers(expected) })
  })
})

describe('the items of both', () => {
  const both = (base: Json | undefined, mine: Json, theirs: Json) => {
    const spec = (tolerations: Json | undefined) => workload(tolerations === undefined ? {} : { tolerations })
    return outcome(mergeThreeWay(spec(base), spec(mine), spec(theirs), workloadSchema, () => 'both'))
  }

  test.each<[string, readonly Json[] | undefined, readonly Json[], readonly Json[], readonly Json[]]>([
    [
      'what each added, mine behind what it follows',
      ['a', 'b'],
      ['a', 'm', 'b'],
      ['a', 'b', 't'],
      ['a', 'm', 'b', 't'],
    ],
    ['nothing that one of them removed', ['a', 'b', 'c'], ['b', 'c', 'm'], ['a', 'c'], ['c', 'm']],
    ['what both added, once', ['a'], ['a', 'n', 'm'], ['a', 'n', 't'], ['a', 'n', 't', 'm']],
    ['what each made of the same item', ['a'], ['a1'], ['a2'], ['a2', 'a1']],
    ['as often as it stands', ['a'], ['a', 'a', 'm'], ['a', 't'], ['a', 't', 'a', 'm']],
    ['where there was none', undefined, ['m'], ['t'], ['t', 'm']],
  ])('%s', (_, base, mine, theirs, expected) => {
    const keyed = (items: readonly Json[]) => items.map(key => ({ key }))
    const result = both(base && keyed(base), keyed(mine), keyed(theirs))
    expect(result).toEqual({ tolerations: keyed(expected) })
  })
})

describe('laws', () => {
  test('what was decided stands, and nothing else is another', () => {
    const choice = fc.constantFrom<'mine' | 'theirs' | 'both' | 'value' | 'nothing'>(
      'mine',
      'theirs',
      'both',
      'value',
      'nothing',
    )
    fc.assert(
      fc.property(arbitraryEdits, fc.infiniteStream(choice), ([base, mine, theirs], stream) => {
        const open = mergeThreeWay(base, mine, theirs, workloadSchema)
        if (open.ok) return
        const { conflicts } = open.problem
        const made = conflicts.map((conflict): [string, Choice] => {
          const [chosen = 'mine'] = stream.take(1)
          const item = conflict.mine ?? conflict.theirs
          if (chosen === 'nothing') return [pathKey(conflict.path), { value: undefined }]
          if (chosen !== 'value') return [pathKey(conflict.path), chosen]
          return [pathKey(conflict.path), { value: isObject(item) ? { ...item, decided: true } : 'decided' }]
        })
        const choices = new Map(made)
        const merge = mergeThreeWay(base, mine, theirs, workloadSchema, path => choices.get(pathKey(path)) ?? null)
        if (!merge.ok) throw new Error('a conflict is left')
        for (const conflict of conflicts) {
          const wanted = choices.get(pathKey(conflict.path)) ?? 'mine'
          if (conflict.order) continue
          const expected =
            typeof wanted === 'object'
              ? wanted.value
              : wanted === 'both'
                ? itemsOfBoth({ base: conflict.base, mine: conflict.mine, theirs: conflict.theirs })
                : conflict[wanted]
          expect(valueAt(merge.merged, conflict.path, workloadSchema)).toEqual(expected)
        }
        const elsewhere = diffObjects(open.partial, merge.merged, workloadSchema).filter(
          ({ path }) => !conflicts.some(conflict => startsWithPath(path, conflict.path)),
        )
        expect(elsewhere).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  const exact = (merge: Merge, expected: JsonObject) => {
    expect(merge.ok && merge.merged).toEqual(expected)
  }

  test('a side that changed nothing, or the same, changes nothing', () => {
    fc.assert(
      fc.property(arbitraryWorkload, arbitraryWorkload, (base, other) => {
        exact(mergeThreeWay(base, base, other, workloadSchema), other)
        exact(mergeThreeWay(base, other, base, workloadSchema), other)
        exact(mergeThreeWay(base, other, other, workloadSchema), other)
      }),
      { numRuns: 1000 },
    )
  })

  test('no change of either side is lost', () => {
    fc.assert(
      fc.property(arbitraryEdits, ([base, mine, theirs]) => {
        const result = mergeThreeWay(base, mine, theirs, workloadSchema)
        if (!result.ok) {
          expect(result.problem.conflicts).not.toEqual([])
          return
        }
        for (const change of diffFields(base, mine, workloadSchema)) expect(change).toSatisfy(isIn(result.merged))
        for (const change of diffFields(base, theirs, workloadSchema)) expect(change).toSatisfy(isIn(result.merged))
        expect(result.taken).toEqual(diffObjects(mine, result.merged, workloadSchema))
      }),
      { numRuns: 2000 },
    )
  })

  test('items that nobody moved past each other keep their order', () => {
    fc.assert(
      fc.property(arbitraryEdits, ([base, mine, theirs]) => {
        const result = mergeThreeWay(base, mine, theirs, workloadSchema)
        fc.pre(result.ok)
        if (!result.ok) return
        const moved = [...turnedContainers(base, mine), ...turnedContainers(base, theirs)]
        for (const pair of turnedContainers(base, result.merged)) expect(moved).toContain(pair)
      }),
      { numRuns: 1000 },
    )
  })

  test('it is the same whoever is called "mine", but for the order of additions', () => {
    fc.assert(
      fc.property(arbitraryEdits, ([base, mine, theirs]) => {
        const [one, other] = [
          mergeThreeWay(base, mine, theirs, workloadSchema),
          mergeThreeWay(base, theirs, mine, workloadSchema),
        ]
        expect(one.ok).toBe(other.ok)
        if (!one.ok || !other.ok) return
        const differences = diffObjects(one.merged, other.merged, workloadSchema)
        expect(differences.filter(change => change.kind !== 'moved')).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  test('a decision for each conflict leaves none: all mine is the partial merge, theirs is what they have there', () => {
    fc.assert(
      fc.property(arbitraryEdits, ([base, mine, theirs]) => {
        const open = mergeThreeWay(base, mine, theirs, workloadSchema)
        fc.pre(!open.ok)
        if (open.ok) return
        const kept = mergeThreeWay(base, mine, theirs, workloadSchema, () => 'mine')
        expect(kept.ok && kept.merged).toEqual(open.partial)
        const taken = mergeThreeWay(base, mine, theirs, workloadSchema, () => 'theirs')
        if (!taken.ok) throw new Error('still in conflict')
        // A conflict about a list's order is about the order alone: items that only I added stay in it.
        for (const { path, theirs: value } of open.problem.conflicts) {
          if (!isList(value)) expect(valueAt(taken.merged, path, workloadSchema)).toEqual(value)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('random pairs do merge, and do conflict: the laws above are not empty', () => {
    const samples = fc.sample(arbitraryEdits, { numRuns: 500, seed: 1 })
    const both = samples.filter(([base, mine, theirs]) => !equalJson(base, mine) && !equalJson(base, theirs))
    const merged = both.filter(([base, mine, theirs]) => mergeThreeWay(base, mine, theirs, workloadSchema).ok)
    expect(merged.length).toBeGreaterThan(100)
    expect(both.length - merged.length).toBeGreaterThan(50)
  })
})

/** Whether a change has come about in an object. An empty map or list may have been filled by the other side. */
function isIn(merged: JsonObject): (change: Change) => boolean {
  return change => {
    const value = valueAt(merged, change.path, workloadSchema)
    if (change.kind === 'moved') return keepsOrder(value, change)
    const wanted = change.kind === 'removed' ? undefined : change.to
    if (equalJson(value, wanted)) return true
    const empty = change.kind === 'removed' ? change.from : change.to
    return isEmpty(empty) && (isList(empty) ? isList(value) : isObject(value))
  }
}

function isEmpty(value: Json): boolean {
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

/**
 * Whether the items that were moved past each other, and are both still there, stand as they were moved. Two items that
 * kept their order in a move of others may since have been moved by the other side.
 */
function keepsOrder(list: Json | undefined, { path, from, to }: Extract<Change, { kind: 'moved' }>): boolean {
  if (!isList(list) || formatPath(path).endsWith('finalizers')) return true
  const before = from.map(pathStep)
  const items = to.map(step => ({
    was: before.indexOf(pathStep(step)),
    is: list.indexOf(valueAt(list, [step], null) ?? null),
  }))
  const there = items.filter(({ is }) => is >= 0)
  return there.every((item, index) => there.slice(index + 1).every(later => item.was < later.was || item.is < later.is))
}

function pathStep(step: ItemIdentity): string {
  return formatPath([step])
}

/** The pairs of containers that stand in the other order after a change. */
function turnedContainers(from: JsonObject, to: JsonObject): readonly string[] {
  const [before, after] = [containerNames(from), containerNames(to)]
  const common = before.filter(name => after.includes(name))
  return common.flatMap((name, index) =>
    common.slice(index + 1).flatMap(later => (after.indexOf(later) < after.indexOf(name) ? `${name} ${later}` : [])),
  )
}

function containerNames(object: JsonObject): readonly string[] {
  const list = valueAt(object, ['spec', 'containers'])
  return isList(list) ? list.map(item => String(valueAt(item, ['name']))) : []
}
