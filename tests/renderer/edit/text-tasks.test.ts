import { describe, expect, test } from 'vitest'
import { parseJson, printJson } from '../../../core/json.ts'
import type { ObjectRef } from '../../../core/object.ts'
import { changeText } from '../../../core/session.ts'
import { readYaml } from '../../../core/yaml.ts'
import { runTextTask } from '../../../renderer/edit/text-tasks.ts'

const ref: ObjectRef = {
  // The identity is opaque to the page.
  cluster: 'c' as ObjectRef['cluster'],
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespace: 'default',
  name: 'x',
  uid: 'u',
}

const json = (yaml: string): string => {
  const reading = readYaml(yaml)
  if (!reading.ok) throw new Error('a test wrote bad YAML')
  return printJson(reading.value)
}

const base = `apiVersion: v1
data:
  a: "1"
  run.sh: |
    #!/bin/sh
    # keep me
    echo hi
kind: ConfigMap
metadata:
  name: x
  namespace: default
  resourceVersion: "1"
  uid: u
`

test('a manifest is unchanged where it says what was submitted last, however that is written', () => {
  const text = base.replace('name: x', 'name: x # ours')
  const changed = (applied: string | null) =>
    runTextTask({ kind: 'inspect', ref, base: null, applied, text, secretData: 'encoded' }).changed
  expect([changed(null), changed(base), changed(json(base)), changed('a: b')]).toEqual([true, false, false, true])
})

describe('an inspection', () => {
  const inspect = (text: string) =>
    runTextTask({ kind: 'inspect', ref, base: json(base), applied: null, text, secretData: 'encoded' })

  test('of the base finds nothing changed', () => {
    expect(inspect(base)).toEqual({ problems: [], changed: false, lines: [] })
  })

  test('of another layout and a comment finds the same object', () => {
    const { changed, lines } = inspect(base.replace('a: "1"', "a: '1' # one"))
    expect([changed, lines.length]).toEqual([false, 1])
  })

  test('finds the lost line of a script', () => {
    expect(inspect(base.replace('    # keep me\n', '')).changed).toBe(true)
  })

  test('places each changed identity on its line, all at once', () => {
    const text = base.replace('name: x', 'name: y').replace('uid: u', 'uid: v').replace('"1"\n  uid', '"2"\n  uid')
    const places = inspect(text).problems.map(({ code, range }) => [code, range?.line])
    expect(places).toEqual([
      ['name-changed', 10],
      ['uid-changed', 13],
      ['resource-version-changed', 12],
    ])
  })

  test('of an empty text is a problem, never a deletion', () => {
    expect(inspect('').problems).toMatchObject([{ code: 'yaml-empty' }])
  })
})

describe('a move onto a newer object', () => {
  const move = (text: string, onto: string, from = base) =>
    runTextTask({ kind: 'move', from, fromJson: false, text, onto: json(onto), schema: null })

  const moved = (text: string, onto: string): string => {
    const result = move(text, onto)
    if (!result.ok) throw new Error('not moved')
    return changeText(text, result.changes)
  }

  test('takes in what the server chose and keeps comments, layout and the script', () => {
    const text = `# my note\n${base.replace('a: "1"', "a:   '1'")}`
    const onto = base
      .replace('resourceVersion: "1"', 'resourceVersion: "2"')
      .replace('  uid', '  labels:\n    x: z\n  uid')
    const result = moved(text, onto)
    expect(result).toContain('# my note')
    expect(result).toContain("a:   '1'")
    expect(result).toContain('    # keep me\n')
    expect(JSON.parse(json(result))).toEqual(JSON.parse(json(onto)))
  })

  test('keeps what was typed after the review', () => {
    const result = moved(
      base.replace('echo hi', 'echo bye'),
      base.replace('resourceVersion: "1"', 'resourceVersion: "2"'),
    )
    expect(result).toContain('echo bye')
    expect(result).toContain('resourceVersion: "2"')
  })

  test('says where both changed the same, and keeps the text there', () => {
    const result = move(base.replace('a: "1"', 'a: mine'), base.replace('a: "1"', 'a: theirs'))
    expect(result).toMatchObject({ ok: true, kept: [{ path: ['data', 'a'], mine: 'mine', theirs: 'theirs' }] })
  })

  test('does not touch a text that cannot be read', () => {
    expect(move('a: [', base)).toMatchObject({ ok: false, problems: [{ code: 'yaml-syntax' }] })
  })
})

test('a task and its answer survive the way to a worker and back', () => {
  const task = {
    kind: 'inspect',
    ref,
    base: json(base),
    applied: null,
    text: base.replace('name: x', 'name: y'),
    secretData: 'encoded',
  } as const
  const answer = structuredClone(runTextTask(structuredClone(task)))
  expect(answer).toEqual(runTextTask(task))
  expect(parseJson(task.base).ok).toBe(true)
})
