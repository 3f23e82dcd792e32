import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isObject } from '../../core/object.ts'
import { decodeSecret, encodeSecret } from '../../core/secret-data.ts'
import { showSecretAs } from '../../core/secret-data-text.ts'
import { changeText } from '../../core/session.ts'
import { printYaml, readYaml } from '../../core/yaml.ts'

function shown(text: string, as: 'decoded' | 'encoded'): string {
  const changes = showSecretAs(text, as)
  if (!changes.ok) throw new Error(changes.problem.code)
  return changeText(text, changes.value)
}

type Row = { readonly name: string; readonly encoded: string; readonly decoded: string; readonly back?: string }
const table = readYaml(readFileSync(new URL('../tables/secret-views.yaml', import.meta.url), 'utf8'))
// The table is this test's own: its shape is the one above.
const rows = (table.ok && isObject(table.value) ? table.value.rows : []) as unknown as readonly Row[]

test.each(rows)('$name', ({ encoded, decoded, back }) => {
  expect(shown(encoded, 'decoded')).toBe(decoded)
  expect(shown(decoded, 'encoded')).toBe(back ?? encoded)
})

test('the table has rows', () => {
  expect(rows.length).toBeGreaterThan(6)
})

test('a text that cannot be read stays, and so does one with a key twice', () => {
  expect(showSecretAs('a: [', 'decoded')).toMatchObject({ ok: false, problem: { code: 'yaml-syntax' } })
  const twice = 'apiVersion: v1\nkind: Secret\ndata: {a: aGk=}\nstringData: {a: hi}\n'
  expect(showSecretAs(twice, 'encoded')).toMatchObject({ ok: false, problem: { code: 'secret-key-twice', key: 'a' } })
})

test('any Secret reads as the other view of itself, and comes back', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      'one\ntwo',
      'one\ntwo\n',
      '# no comment\n',
      ' leading',
      'yes',
      '0400',
      'a: b',
      "it's",
      'x\r\ny',
    ),
  )
  const bytes = fc.oneof(
    value.map(text => Buffer.from(text).toString('base64')),
    fc.uint8Array({ minLength: 1, maxLength: 12 }).map(some => Buffer.from(some).toString('base64')),
  )
  const comments = fc.array(fc.constantFrom('', '  # a remark\n', '# at the margin\n', '\n'), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[-._a-z0-9]{1,8}$/), bytes, { maxKeys: 5 }),
      comments,
      (data, above) => {
        const object = { apiVersion: 'v1', kind: 'Secret', data, metadata: { name: 's' }, type: 'Opaque' }
        let line = 0
        const encoded = printYaml(object).replace(
          /^ {2}(?=[-._a-z0-9"'?]+)/gm,
          start => `${above[line++ % above.length]}${start}`,
        )
        const read = readYaml(encoded)
        expect(read).toMatchObject({ ok: true, value: object })
        const decoded = shown(encoded, 'decoded')
        expect(readYaml(decoded)).toMatchObject({ ok: true, value: decodeSecret(object) })
        const back = shown(decoded, 'encoded')
        expect(readYaml(back)).toMatchObject({ ok: true, value: object })
        expect(encodeSecret(decodeSecret(object))).toEqual({ ok: true, value: object })
        const remarks = (text: string) =>
          text.split('\n').filter(at => /^\s*# (a remark|at the margin)$/.test(at)).length
        expect(remarks(decoded)).toBeGreaterThanOrEqual(remarks(encoded))
        expect(remarks(back)).toBeGreaterThanOrEqual(remarks(encoded))
      },
    ),
    { numRuns: 100 },
  )
})
