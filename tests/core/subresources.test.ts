import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalJson } from '../../core/json.ts'
import { editableSubresources, partSubresources, takePart, takeRest } from '../../core/subresources.ts'

const served = (...names: readonly string[]) => names.map(name => ({ name, verbs: ['get', 'patch', 'update'] }))

const container = (name: string, cpu: string, image = 'a') => ({ name, image, resources: { limits: { cpu } } })

describe('what a subresource takes of an object', () => {
  test.each([
    ['deployments', 'apps', served('status', 'scale'), ['status']],
    ['pods', '', served('status', 'resize', 'ephemeralcontainers', 'log'), ['resize', 'ephemeralcontainers', 'status']],
    ['pods', 'metrics.k8s.io', served('resize'), []],
    ['namespaces', '', [{ name: 'finalize', verbs: ['update'] }, ...served('status')], ['status', 'finalize']],
    ['widgets', 'example.org', [{ name: 'status', verbs: ['get'] }], []],
  ])('%s of %j', (resource, group, subresources, expected) => {
    expect(partSubresources({ group, resource }, subresources)).toEqual(expected)
  })

  test('what requests are passed on by is not edited', () => {
    expect(editableSubresources(served('proxy', 'log', 'status', 'scale', 'approval'))).toEqual([
      'status',
      'scale',
      'approval',
    ])
  })

  test('resources of containers that both have, by name, and nothing else of them', () => {
    const base = { spec: { containers: [container('a', '1'), container('b', '1')], nodeName: 'n' } }
    const edited = { spec: { containers: [container('c', '9'), container('b', '2', 'b'), container('a', '1')] } }
    expect(takePart(base, edited, 'resize')).toEqual({
      spec: { containers: [container('a', '1'), container('b', '2')], nodeName: 'n' },
    })
    expect(takeRest(base, edited, ['resize'])).toEqual({
      spec: { containers: [container('c', '9'), container('b', '1', 'b'), container('a', '1')] },
    })
  })

  test('a part that is taken away, or was not there', () => {
    expect(takePart({ status: { a: 1 }, spec: {} }, { spec: {} }, 'status')).toEqual({ spec: {} })
    expect(takePart({ spec: {} }, { status: { a: 1 }, spec: {} }, 'status')).toEqual({ spec: {}, status: { a: 1 } })
    expect(takePart({}, { spec: { finalizers: ['x'] } }, 'finalize')).toEqual({})
  })

  test('the parts and the rest together are the whole, in any order of names and whatever the values are', () => {
    const resources = fc.option(fc.record({ limits: fc.dictionary(fc.string(), fc.string()) }), { nil: undefined })
    const pod = fc.record({
      metadata: fc.record({ labels: fc.dictionary(fc.string(), fc.string()) }),
      spec: fc.record({
        containers: fc.tuple(
          fc.record({ name: fc.constant('a'), image: fc.string(), resources }),
          fc.record({ name: fc.constant('b'), image: fc.string(), resources }),
        ),
      }),
      status: fc.jsonValue().map(value => ({ value: JSON.stringify(value) })),
    })
    const plain = pod.map(value => JSON.parse(JSON.stringify(value)))
    fc.assert(
      fc.property(plain, plain, (base, edited) => {
        const rest = takeRest(base, edited, ['resize', 'status'])
        const whole = takePart(takePart(rest, edited, 'resize'), edited, 'status')
        return equalJson(whole, edited) && equalJson(takePart(rest, base, 'resize'), rest)
      }),
    )
  })
})
