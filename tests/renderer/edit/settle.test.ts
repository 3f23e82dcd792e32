import { describe, expect, test } from 'vitest'
import { printJson } from '../../../core/json.ts'
import { changeText } from '../../../core/session.ts'
import { readYaml } from '../../../core/yaml.ts'
import { type Decision, settle } from '../../../renderer/edit/settle.ts'
import { objectOfYaml } from '../../../renderer/edit/text-objects.ts'

const json = (yaml: string): string => {
  const reading = readYaml(yaml)
  if (!reading.ok) throw new Error('a test wrote bad YAML')
  return printJson(reading.value)
}

/** A ConfigMap, or a Secret, of these data and at that version. */
const object = (data: Readonly<Record<string, string>>, version = '1', kind = 'ConfigMap') => `apiVersion: v1
data:
${Object.entries(data)
  .map(([key, value]) => `  ${key}: ${value}\n`)
  .join('')}kind: ${kind}
metadata:
  name: x
  resourceVersion: "${version}"
`

const base = { a: 'a0', b: 'b0', c: 'c0' }
const live = object({ a: 'a2', b: 'b2', c: 'c2', d: 'd2' }, '2')

function move(text: string, decisions: readonly Decision[], onto = live, kind = 'ConfigMap') {
  const from = json(object(base, '1', kind))
  return settle({
    kind: 'settle',
    base: from,
    text,
    live: json(onto),
    schema: null,
    secret: kind === 'Secret',
    decisions,
  })
}

function moved(text: string, decisions: readonly Decision[]) {
  const result = move(text, decisions)
  if (!result.ok) throw new Error(result.problem.code)
  const { changes, chosen, came } = result.value
  const kept = changeText(text, changes)
  return { kept, text: changeText(kept, chosen), came }
}

const at = (key: string, choice: Decision['choice']): Decision => ({ path: ['data', key], choice })

describe('a text is moved onto what is live', () => {
  const text = `# my note\n${object({ a: '"a1"   # mine', b: 'b1', c: 'c0' })}`

  test('mine stays as it was typed, theirs comes as a step of its own, and what they alone changed before it', () => {
    const result = moved(text, [at('a', 'mine'), at('b', 'theirs')])
    expect(result.kept).toBe(`# my note\n${object({ a: '"a1"   # mine', b: 'b1', c: 'c2', d: 'd2' }, '2')}`)
    expect(result.text).toBe(result.kept.replace('b: b1', 'b: b2'))
    expect(result.came).toEqual(['data.c', 'data.d'])
  })

  test('a second move finds nothing to settle', () => {
    const { text: settled } = moved(text, [at('a', 'mine'), at('b', 'mine')])
    expect(
      settle({
        kind: 'settle',
        base: json(live),
        text: settled,
        live: json(live),
        schema: null,
        secret: false,
        decisions: [],
      }),
    ).toEqual({
      ok: true,
      value: { changes: [], chosen: [], came: [] },
    })
  })

  test('a result of the person’s own comes as a step of its own, or takes the field away', () => {
    const result = moved(text, [at('a', { value: 'both of "us"\nagree' }), at('b', { value: undefined })])
    expect(result.kept).toContain('a: "a1"   # mine\n  b: b1\n')
    expect(objectOfYaml(result.text)).toMatchObject({
      ok: true,
      value: { data: { a: 'both of "us"\nagree', c: 'c2' } },
    })
    expect(result.text).not.toMatch(/^ {2}b:/m)
  })

  test('what nobody decided is a conflict, whatever else was', () => {
    expect(move(text, [at('a', 'theirs'), at('c', 'mine')])).toMatchObject({
      ok: false,
      problem: { code: 'merge-conflict', conflicts: [{ path: ['data', 'b'], base: 'b0', mine: 'b1', theirs: 'b2' }] },
    })
  })

  test('what they removed is removed where theirs is taken, and stays where mine is kept', () => {
    const without = object({ a: 'a0', c: 'c0' }, '2')
    for (const [side, expected] of [
      ['mine', { a: 'a0', b: 'b1', c: 'c0' }],
      ['theirs', { a: 'a0', c: 'c0' }],
    ] as const) {
      const mine = object({ ...base, b: 'b1' })
      const result = move(mine, [at('b', side)], without)
      if (!result.ok) throw new Error(result.problem.code)
      const after = changeText(changeText(mine, result.value.changes), result.value.chosen)
      expect(after).toBe(object(expected, '2'))
    }
  })

  test('a conflict in a Secret names its field and none of its values', () => {
    const refused = move(
      object({ ...base, a: 'a1' }, '1', 'Secret'),
      [],
      object({ ...base, a: 'a2' }, '2', 'Secret'),
      'Secret',
    )
    expect(refused).toMatchObject({ ok: false, problem: { conflicts: [{ path: ['data', 'a'] }] } })
    expect(JSON.stringify(refused)).not.toMatch(/a[012]/)
  })

  test('a text that cannot be read is not touched', () => {
    expect(move('a: [', [])).toMatchObject({ ok: false, problem: { code: 'yaml-syntax' } })
  })
})
