import { expect, test } from 'vitest'
import { plainView, viewObject } from '../../core/view.ts'

const object = { kind: 'Pod', metadata: { name: 'p', managedFields: [{ manager: 'kubelet' }] }, status: {} }

test('the plain view leaves managedFields out, and only them', () => {
  expect(viewObject(object, plainView)).toEqual({ kind: 'Pod', metadata: { name: 'p' }, status: {} })
  expect(object.metadata.managedFields).toHaveLength(1)
})

test('the other view, and an object without them, are the object itself', () => {
  expect(viewObject(object, { ...plainView, managedFields: 'shown' })).toBe(object)
  const bare = { kind: 'Pod', metadata: { name: 'p' } }
  expect(viewObject(bare, plainView)).toBe(bare)
  expect(viewObject({}, plainView)).toEqual({})
})
