import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalJson, type Json, type JsonObject } from '../../core/json.ts'
import { isList, isObject } from '../../core/object.ts'
import { changeText } from '../../core/session.ts'
import { printYaml, readYaml } from '../../core/yaml.ts'
import { editYaml, type ItemKey } from '../../core/yaml-edit.ts'
import { alignItems } from '../../core/yaml-edit-items.ts'
import { anyJson } from './json-values.ts'

function meaningOf(text: string): Json {
  const reading = readYaml(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.value
}

const byName: ItemKey = (_path, item) => (isObject(item) && typeof item.name === 'string' ? item.name : null)

function edited(text: string, to: Json): string {
  const changes = editYaml(text, to, byName)
  if (!changes.ok) throw new Error(JSON.stringify(changes.problem))
  return changeText(text, changes.value)
}

/** Cases are documents: the text, what it shall mean, and the text that a person would have typed. */
const cases = meaningOf(readFileSync(new URL('../tables/yaml-edit.yaml', import.meta.url), 'utf8'))
const rows = (isList(cases) ? cases : []).filter(isObject)

describe('edits in place', () => {
  test.each(rows.map(row => [String(row.name), row] as const))('%s', (_name, { text, to, result }) => {
    if (typeof text !== 'string' || typeof result !== 'string') throw new Error('a case without its texts')
    expect(edited(text, meaningOf(String(to)))).toBe(result)
  })
})

test('an equal value changes nothing', () => {
  expect(editYaml('b: 1 # x\na:   [1,2]\n', { a: [1, 2], b: 1 })).toEqual({ ok: true, value: [] })
})

test('a text that cannot be read is refused with its problem', () => {
  expect(editYaml('a: 1\na: 2\n', { a: 1 })).toMatchObject({ ok: false, problem: { code: 'yaml-duplicate-key' } })
})

test('changes are as small as the difference', () => {
  const text = 'a: 1\nlong: "this stays" # and this\nb: {c: [1, 2, 3]}\n'
  expect(editYaml(text, { a: 2, long: 'this stays', b: { c: [1, 5, 3] } })).toEqual({
    ok: true,
    value: [
      { from: 3, to: 4, insert: '2' },
      { from: text.indexOf('2,'), to: text.indexOf('2,') + 1, insert: '5' },
    ],
  })
})

/** Any value with one place changed, something added or something taken away. */
function changed(value: Json, random: readonly number[], fresh: Json): Json {
  const [first = 0, ...rest] = random
  if (isObject(value) && Object.keys(value).length > 0) {
    const keys = Object.keys(value)
    const key = keys[first % keys.length] ?? ''
    const { [key]: old, ...others } = value as Record<string, Json>
    if (rest.length === 0 || first % 7 === 0) return first % 2 === 0 ? others : { ...value, [`new${first % 3}`]: fresh }
    return { ...others, [key]: changed(old ?? null, rest, fresh) } as JsonObject
  }
  if (isList(value) && value.length > 0) {
    const at = first % value.length
    if (rest.length === 0 || first % 5 === 0)
      return first % 2 === 0 ? value.toSpliced(at, 1) : value.toSpliced(at, 0, fresh)
    return value.with(at, changed(value[at] ?? null, rest, fresh))
  }
  return fresh
}

const styles: readonly ((text: string) => string)[] = [
  text => text,
  text => `# head\n${text}# tail\n`,
  text => text.replaceAll('\n', '\r\n'),
  text => text.trimEnd(),
  text => `---\n${text}...\n`,
]

test('the edited text means what it should, in any style and for any change', () => {
  const place = fc.array(fc.nat(100), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(anyJson, place, anyJson, fc.constantFrom(...styles), (value, random, fresh, style) => {
      const text = style(printYaml(value))
      const reading = readYaml(text)
      fc.pre(reading.ok)
      const to = changed(value, random, fresh)
      return equalJson(meaningOf(edited(text, to)), to)
    }),
    { numRuns: 500 },
  )
})

test('comments outside the change stay', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 })
  fc.assert(
    fc.property(names, names, (from, to) => {
      const text = `list:\n${from.map(name => `# above ${name}\n- name: ${name} # beside ${name}\n  v: 1\n`).join('')}`
      const result = edited(text, { list: to.map(name => ({ name, v: 1 })) })
      const kept = alignItems(from, to, name => String(name)).filter(({ kind }) => kind === 'keep')
      for (const step of kept) {
        const name = step.kind === 'keep' ? from[step.from] : ''
        expect(result).toContain(`- name: ${name} # beside ${name}\n`)
      }
      if (kept.length > 0) for (const name of from) expect(result).toContain(`# above ${name}\n`)
    }),
  )
})

describe('alignItems', () => {
  /** `k` kept, `-` gone, `+` new; items are letters, capitals are changed ones with the same name. */
  function notation(from: string, to: string, named: boolean): string {
    const steps = alignItems([...from], [...to], item => (named ? String(item).toLowerCase() : null))
    return steps
      .map(step =>
        step.kind === 'keep' ? to[step.to] : step.kind === 'add' ? `+${to[step.to]}` : `-${from[step.from]}`,
      )
      .join('')
  }

  test.each([
    ['abc', 'abc', 'abc'],
    ['abc', 'ac', 'a-bc'],
    ['ac', 'abc', 'a+bc'],
    ['abc', 'aBc', 'aBc'],
    ['ab', 'xab', '+xab'],
    ['', 'ab', '+a+b'],
    ['ab', '', '-a-b'],
    ['abc', 'cab', '+cab-c'],
    ['ab', 'ax', 'a-b+x'],
  ])('%s to %s by name: %s', (from, to, expected) => expect(notation(from, to, true)).toBe(expected))

  test.each([
    ['ab', 'ax', 'ax'],
    ['aab', 'ab', 'a-ab'],
    ['abc', 'axxc', 'ax+xc'],
  ])('%s to %s without names: %s', (from, to, expected) => expect(notation(from, to, false)).toBe(expected))
})
