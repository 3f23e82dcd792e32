import { expect, test } from 'vitest'
import { offerNamespaces } from '../../../renderer/browse/namespace-offer.ts'

const many = Array.from({ length: 10_000 }, (_, n) => `team-${n}`)

test('of many namespaces some are drawn, the chosen ones first', () => {
  const offer = offerNamespaces(many, ['team-9000'], '')
  expect(offer.names.slice(0, 3)).toEqual(['team-9000', 'team-0', 'team-1'])
  expect(offer.names.length + offer.more).toBe(10_000)
})

test('the rest is found by typing, fuzzily', () => {
  expect(offerNamespaces(many, [], 'team-9871').names).toEqual(['team-9871'])
  expect(offerNamespaces(['kube-system', 'shop'], [], 'ksys')).toEqual({
    names: ['kube-system'],
    more: 0,
    typed: 'ksys',
  })
})

test.each([
  ['shop', null],
  ['not-listed', 'not-listed'],
  [' spaced ', 'spaced'],
  ['No Namespace', null],
  ['-wrong', null],
  ['x'.repeat(64), null],
])('the text %j may itself be one that is not listed: %j', (text, typed) => {
  expect(offerNamespaces(['shop'], [], text).typed).toBe(typed)
})
