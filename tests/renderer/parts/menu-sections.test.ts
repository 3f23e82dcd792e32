import { expect, test } from 'vitest'
import { menuSections } from '../../../renderer/parts/menu-sections.ts'

test.each([
  [
    'of a row',
    'rows.quick rows.compare row.copyTo rows.delete row.open row.edit rows.copy.names rows.copy.get row.address',
    'row.open row.edit rows.quick | rows.compare row.copyTo | rows.copy.names rows.copy.get row.address | rows.delete',
  ],
  [
    'of an object',
    'quick quick.scale edit.status list in.prod.eu copyName compare copyTo delete export',
    'quick quick.scale edit.status | list in.prod.eu compare copyTo export | copyName | delete',
  ],
  ['of one that is gone', 'copyName', 'copyName'],
])('the menu %s opens first and deletes last', (_, ids, expected) => {
  const sections = menuSections(ids.split(' ').map(id => ({ id })))
  expect(sections.map(section => section.map(({ id }) => id).join(' ')).join(' | ')).toBe(expected)
})
