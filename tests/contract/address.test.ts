import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Address, formatAddress, parseAddress } from '../../contract/address.ts'
import { editTargetSchema } from '../../contract/edit.ts'
import { wholeHistory } from '../../contract/history.ts'
import { objectSections } from '../../contract/object.ts'

const list = (part: object = {}): Address => ({
  kind: 'list',
  scope: { contexts: ['practice'], group: 'apps', version: 'v1', resource: 'deployments', namespaces: ['default'] },
  filter: '',
  sort: null,
  columns: null,
  ...part,
})
const target = {
  context: 'practice',
  group: '',
  version: 'v1',
  resource: 'pods',
  namespace: 'default',
  name: 'a',
  subresource: null,
}

const { subresource: _, ...pod } = target

test.each<[string, Address]>([
  ['/', { kind: 'start' }],
  ['/search?q=app%3Dnginx+web', { kind: 'search', text: 'app=nginx web', contexts: [] }],
  ['/create', { kind: 'new', from: null }],
  [
    '/explain/far/core/v1/pods',
    { kind: 'explain', of: { context: 'far', group: '', version: 'v1', resource: 'pods' }, field: '' },
  ],
  [
    '/explain/a%2Fb/apps/v1/deployments?field=spec.strategy',
    {
      kind: 'explain',
      of: { context: 'a/b', group: 'apps', version: 'v1', resource: 'deployments' },
      field: 'spec.strategy',
    },
  ],
  [
    '/compare?left=practice%2Fcore%2Fv1%2Fpods%2Fteam%2Fa%252Fb&right=far%2Fapps%2Fv1%2Fdeployments%2Fx%2Fweb',
    {
      kind: 'compare',
      left: { context: 'practice', group: '', version: 'v1', resource: 'pods', namespace: 'team', name: 'a/b' },
      right: { context: 'far', group: 'apps', version: 'v1', resource: 'deployments', namespace: 'x', name: 'web' },
    },
  ],
  [
    '/create?copy=practice%2Fcore%2Fv1%2Fpods%2Fteam%2Fa%252Fb',
    {
      kind: 'new',
      from: {
        kind: 'copy',
        object: { context: 'practice', group: '', version: 'v1', resource: 'pods', namespace: 'team', name: 'a/b' },
      },
    },
  ],
  [
    '/create?new=practice%2Fapps%2Fv1%2Fdeployments%2F_',
    {
      kind: 'new',
      from: {
        kind: 'kind',
        of: { context: 'practice', group: 'apps', version: 'v1', resource: 'deployments', namespace: null },
      },
    },
  ],
  ['/search?q=&in=practice%2Ca%252Cb', { kind: 'search', text: '', contexts: ['practice', 'a,b'] }],
  ['/create/an-id', { kind: 'create', edit: 'an-id' }],
  ['/history', { kind: 'history', entry: null, filter: wholeHistory }],
  [
    '/history/an-id?filter=TICKET+7&outcome=written&of=practice%2Fcore%2Fnodes%2F_%2Fa%25252Fb',
    {
      kind: 'history',
      entry: 'an-id',
      filter: {
        text: 'TICKET 7',
        outcome: 'written',
        object: { context: 'practice', group: '', resource: 'nodes', namespace: null, name: 'a%2Fb' },
      },
    },
  ],
  ['/edit/practice/core/v1/pods/default/a', { kind: 'edit', target }],
  ['/edit/practice/core/v1/nodes/_/a', { kind: 'edit', target: { ...target, resource: 'nodes', namespace: null } }],
  [
    '/edit/practice/core/v1/pods/default/a?subresource=resize',
    { kind: 'edit', target: { ...target, subresource: 'resize' } },
  ],
  ['/object/practice/core/v1/pods/default/a', { kind: 'object', target: pod, section: null }],
  ['/object/practice/core/v1/pods/default/a?section=yaml', { kind: 'object', target: pod, section: 'yaml' }],
  ['/list/practice/apps/v1/deployments/default', list()],
  [
    '/list/_all/core/v1/pods/_all',
    list({ scope: { contexts: [], group: '', version: 'v1', resource: 'pods', namespaces: [] } }),
  ],
  [
    '/list/practice/apps/v1/deployments/default?filter=app%3Dnginx&sort=-Age&columns=Nominated+Node%2CIP',
    list({ filter: 'app=nginx', sort: { column: 'Age', descending: true }, columns: ['Nominated Node', 'IP'] }),
  ],
  [
    '/list/practice/apps/v1/deployments/default?columns=label%3Aa.b%2Fc%2C**%2CChanged+By',
    list({ columns: ['label:a.b/c', '**', 'Changed By'] }),
  ],
])('%s', (text, address) => {
  expect(parseAddress(text)).toEqual(address)
  expect(formatAddress(address)).toBe(text)
})

test.each([
  '/edit/practice/core/v1/pods/default',
  '/edit/practice//v1/pods/default/a',
  '/list/a,,b/core/v1/pods/_all',
  '/list/%/core/v1/pods/_all',
  '/create/',
  '/elsewhere',
  '//elsewhere',
])('%s is no address of ours', text => {
  expect(parseAddress(text)).toBeNull()
})

// What contexts and columns are called is up to people: all signs, and those words that have a meaning in addresses.
const free = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom('_all', 'a/b', 'a,b', '%2C', 'arn:aws:eks:eu-1:1:cluster/x', 'gke_a_b?c=d&e#f', '100%'),
)
const strict = fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/).filter(name => name !== 'core')
const names = (one: fc.Arbitrary<string>) => fc.array(one, { maxLength: 3 })
const addresses: fc.Arbitrary<Address> = fc.oneof(
  fc.record({
    kind: fc.constant('edit' as const),
    target: fc.record({
      context: free,
      group: fc.oneof(fc.constant(''), strict),
      version: strict,
      resource: strict,
      namespace: fc.option(strict),
      name: free,
      subresource: fc.option(fc.constantFrom('status', 'scale', 'resize')),
    }),
  }),
  fc.record({
    kind: fc.constant('object' as const),
    target: fc.record({
      context: free,
      group: fc.oneof(fc.constant(''), strict),
      version: strict,
      resource: strict,
      namespace: fc.option(strict),
      name: free,
    }),
    section: fc.option(fc.constantFrom(...objectSections)),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    scope: fc.record({
      contexts: names(free),
      group: fc.oneof(fc.constant(''), strict),
      version: strict,
      resource: strict,
      namespaces: names(strict),
    }),
    filter: fc.string(),
    // A leading `-` is how a descending order is written.
    sort: fc.option(fc.record({ column: free.filter(name => !name.startsWith('-')), descending: fc.boolean() })),
    columns: fc.option(fc.array(free, { minLength: 1, maxLength: 3 })),
  }),
)

test('an address read back is the same, whatever things are called', () => {
  fc.assert(
    fc.property(addresses, address => {
      expect(parseAddress(formatAddress(address))).toEqual(address)
    }),
    { numRuns: 1000 },
  )
})

test.each(['proxy', 'proxy/shutdown', 'exec', 'attach', 'portforward', '../../secrets'])(
  'no link, and no page, asks for the subresource %s, whose GET may do things',
  subresource => {
    const where = { context: 'c', group: '', version: 'v1', resource: 'pods', namespace: 'n', name: 'p' }
    expect(parseAddress(`/edit/c/core/v1/pods/n/p?subresource=${encodeURIComponent(subresource)}`)).toBeNull()
    expect(editTargetSchema.safeParse({ ...where, subresource }).success).toBe(false)
    expect(editTargetSchema.safeParse({ ...where, subresource: 'scale' }).success).toBe(true)
  },
)
