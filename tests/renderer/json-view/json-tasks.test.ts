import { describe, expect, test } from 'vitest'
import { changeText } from '../../../core/session.ts'
import { placesAcross, syncJson } from '../../../renderer/json-view/json-tasks.ts'

const yaml = `apiVersion: v1
kind: ConfigMap
data:
  # mine
  a: "1" # one
  b: "2"
metadata: {name: x, generation: 9007199254740993}
`
const json = made(yaml)

function made(text: string): string {
  const done = syncJson({ kind: 'json-sync', said: text, json: null, yaml: text, base: null, schema: null })
  if (!done.ok) throw new Error('the YAML was not read')
  return changeText('', done.json)
}

function sync(changed: { readonly json?: string; readonly yaml?: string }) {
  const texts = { said: yaml, json, yaml, base: null, schema: null, ...changed }
  const done = syncJson({ kind: 'json-sync', ...texts })
  if (!done.ok) throw new Error(done.problems.map(({ code }) => code).join())
  return { yaml: changeText(texts.yaml, done.yaml), json: changeText(texts.json, done.json) }
}

describe('two texts of one object', () => {
  test('JSON is printed in kubectl’s order with every digit', () => {
    expect(json).toBe(`{
  "apiVersion": "v1",
  "data": {
    "a": "1",
    "b": "2"
  },
  "kind": "ConfigMap",
  "metadata": {
    "generation": 9007199254740993,
    "name": "x"
  }
}
`)
  })

  test('what is typed in JSON goes into the YAML in place', () => {
    const typed = json.replace('"b": "2"', '"b": "three"')
    expect(sync({ json: typed })).toEqual({ yaml: yaml.replace('"2"', 'three'), json: typed })
  })

  test('layout alone changes nothing', () => {
    const typed = json.replaceAll(/\s+/g, ' ')
    expect(sync({ json: typed })).toEqual({ yaml, json: typed })
  })

  test('what came into the YAML comes into the JSON as it is laid out', () => {
    const typed = json.replaceAll(/\s+/g, ' ')
    const moved = yaml.replace('  b: "2"\n', '  b: "2"\n  c: "3"\n')
    expect(sync({ json: typed, yaml: moved })).toEqual({
      yaml: moved,
      json: typed.replace('"b": "2"', '"b": "2", "c": "3"'),
    })
  })

  test('both at once are both kept, and where they meet the JSON counts', () => {
    const typed = json.replace('"1"', '"mine"')
    const moved = yaml.replace('"1"', '"theirs"').replace('"2"', '"theirs"')
    expect(sync({ json: typed, yaml: moved })).toEqual({
      yaml: yaml.replace('"1"', 'mine').replace('"2"', '"theirs"'),
      json: typed.replace('"2"', '"theirs"'),
    })
  })

  test.each([
    ['[1]', 'yaml-not-an-object'],
    ['{"a": 1, "a": 2}', 'json-duplicate-key'],
    ['{', 'json-syntax'],
  ])('%s is told and changes nothing', (typed, code) => {
    const done = syncJson({ kind: 'json-sync', said: yaml, json: typed, yaml, base: null, schema: null })
    expect(done).toMatchObject({ ok: false, of: 'json', problems: [{ code, range: { line: 1 } }] })
  })
})

test('a place of one text is found in the other', () => {
  const across = (from: 'yaml' | 'json', piece: string) => {
    const [text, other] = from === 'yaml' ? [yaml, json] : [json, yaml]
    const at = text.indexOf(piece)
    const [place] = placesAcross({ kind: 'json-places', from, yaml, json, ranges: [{ from: at, to: at }] })
    return place === null || place === undefined ? null : other.slice(place.from, place.to)
  }
  expect(across('yaml', '"2"')).toBe('"2"')
  expect(across('yaml', 'b:')).toBe('"b"')
  expect(across('yaml', 'generation')).toBe('"generation"')
  expect(across('json', '"kind"')).toBe('kind')
})
