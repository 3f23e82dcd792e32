import { expect, test } from 'vitest'
import { type Json, parseJson } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import { ownedLines } from '../../core/owned-lines.ts'
import { entriesOf } from '../../core/ownership.ts'
import { readYaml } from '../../core/yaml.ts'

/** Lines that begin with the letters of their owners, `-` for nobody; and the field set of each letter. */
function expectOwners(marked: string, fields: Readonly<Record<string, object>>, secret = false): void {
  const rows = marked
    .split('\n')
    .filter(row => row.trim() !== '')
    .map(row => row.trimStart())
  const wanted = rows.map(row => row.slice(0, row.indexOf('|')).trim())
  const text = rows.map(row => row.slice(row.indexOf('|') + 1)).join('\n')
  const reading = readYaml(text)
  if (!reading.ok || !isObject(reading.value)) throw new Error('the text is no object')
  const letters = Object.keys(fields)
  const managedFields = Object.entries(fields).map(([manager, fieldsV1]) => ({
    manager,
    operation: 'Update',
    fieldsV1,
  }))
  const entries = entriesOf({ metadata: { managedFields: plain(managedFields) } })
  const { lines, sets } = ownedLines(
    { object: reading.value, text, ranges: reading.ranges, schema: null, secret },
    entries,
  )
  const found = lines.map(set => (sets[set] ?? []).map(index => letters[index]).join('') || '-')
  expect(found).toEqual(wanted)
}

function plain(value: unknown): Json {
  const parsed = parseJson(JSON.stringify(value))
  if (!parsed.ok) throw new Error('no JSON')
  return parsed.value
}

test('a line is its field’s owners’, a map’s own line only theirs who own the map itself', () => {
  expectOwners(
    `
    - |kind: ConfigMap
    - |metadata:
    a |  labels:
    ab|    one: x
    b |    two: y
    - |    three: z
    `,
    {
      a: { 'f:metadata': { 'f:labels': { '.': {}, 'f:one': {} } } },
      b: { 'f:metadata': { 'f:labels': { 'f:one': {}, 'f:two': {} } } },
    },
  )
})

test('items of a list are known by what they are, in whatever order', () => {
  expectOwners(
    `
    - |spec:
    - |  template:
    - |    spec:
    - |      containers:
    b |      - image: y
    b |        name: sidecar
    a |      - image: x
    - |        name: app
    `,
    {
      a: containers({ 'k:{"name":"app"}': { 'f:image': {} } }),
      b: containers({ 'k:{"name":"sidecar"}': { '.': {}, 'f:image': {}, 'f:name': {} } }),
    },
  )
})

function containers(items: object): object {
  return { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': items } } } }
}

test('an atomic value is its owner’s with all that is in it, and all lines of a long text', () => {
  expectOwners(
    `
    - |data:
    a |  run.sh: |
    a |    echo one
    a |
    a |    echo two
    - |  other: x
    - |spec:
    b |  args:
    b |  - one
    b |  - two
    - |  empty: {}
    `,
    { a: { 'f:data': { 'f:run.sh': {} } }, b: { 'f:spec': { 'f:args': {} } } },
  )
})

test('values of a Secret that are shown as text are still its data', () => {
  expectOwners(
    `
    - |kind: Secret
    - |stringData:
    a |  password: x
    `,
    { a: { 'f:data': { 'f:password': {} } } },
    true,
  )
})
