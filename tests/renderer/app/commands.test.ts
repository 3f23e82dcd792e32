import { expect, test } from 'vitest'
import { type Command, commandFor, createCommands, matchesKeys, showKeys } from '../../../renderer/app/commands.ts'

/** A key event in one line: `Ctrl+Shift+k`. */
function press(keys: string) {
  const parts = keys.split('+')
  const key = parts.pop() ?? ''
  const has = (name: string) => parts.includes(name)
  return { key, ctrlKey: has('Ctrl'), metaKey: has('Meta'), altKey: has('Alt'), shiftKey: has('Shift') }
}

function command(id: string, keys: string[], enabled = true): Command {
  return { id, label: id, group: 'test', enabled, run: () => undefined, keys }
}

test.each([
  ['Mod+K', 'Ctrl+k', false, true],
  ['Mod+K', 'Ctrl+K', false, true],
  ['Mod+K', 'Meta+k', false, false],
  ['Mod+K', 'Meta+k', true, true],
  ['Mod+K', 'Ctrl+k', true, false],
  ['Mod+K', 'k', false, false],
  ['Mod+K', 'Ctrl+Shift+k', false, false],
  ['Shift+N', 'Shift+N', false, true],
  ['N', 'Shift+N', false, false],
  ['N', 'n', false, true],
  // On some keyboards a sign needs Shift, on others not.
  ['?', 'Shift+?', false, true],
  ['/', '/', false, true],
  ['/', 'Shift+/', false, true],
  ['F6', 'Shift+F6', false, false],
  ['Alt+Enter', 'Alt+Enter', false, true],
])('%s, pressed %s, on a Mac %s: %s', (keys, pressed, mac, expected) => {
  expect(matchesKeys(keys, press(pressed), mac)).toBe(expected)
})

test('bare keys are text while the person types; function keys and combinations are not', () => {
  const commands = [command('filter', ['/']), command('palette', ['Ctrl+K']), command('next', ['F6'])]
  expect(commandFor(commands, press('/'), false)?.id).toBe('filter')
  expect(commandFor(commands, press('/'), true)).toBeNull()
  expect(commandFor(commands, press('Ctrl+k'), true)?.id).toBe('palette')
  expect(commandFor(commands, press('F6'), true)?.id).toBe('next')
})

test('what is off is passed over, what came last goes first', () => {
  const commands = [command('outer', ['L']), command('inner', ['L']), command('off', ['L'], false)]
  expect(commandFor(commands, press('l'), false)?.id).toBe('inner')
})

test('keys of a part count where it has the focus, and win there', () => {
  const commands = [{ ...command('row', ['E']), within: '.grid' }, command('page', ['E'])]
  expect(commandFor(commands, press('e'), false, part => part === '.grid')?.id).toBe('row')
  expect(commandFor(commands, press('e'), false, () => false)?.id).toBe('page')
  expect(commandFor(commands.slice(0, 1), press('e'), false)).toBeNull()
})

test('commands come and go with their components', () => {
  const set = createCommands()
  const first = set.add([command('a', []), command('b', [])])
  const second = set.add([{ ...command('b', []), label: 'newer' }])
  expect(set.all().map(({ label }) => label)).toEqual(['a', 'newer'])
  second()
  expect(set.all().map(({ label }) => label)).toEqual(['a', 'b'])
  first()
  expect(set.all()).toEqual([])
})

test('keys are shown as the keyboard is labelled', () => {
  expect(showKeys('Mod+Shift+E', false)).toBe('Ctrl+Shift+E')
  expect(showKeys('Mod+Shift+E', true)).toBe('⌘⇧E')
})
