import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { checkManifest, configurationOf, missingNames, readManifest, splitDocuments } from '../../core/manifest.ts'
import type { ClusterIdentity, ObjectRef } from '../../core/object.ts'
import { readYaml } from '../../core/yaml.ts'

/** Each object of a text as `line kind/name`, or `line code`. */
function objects(text: string): readonly string[] {
  return readManifest(text).map(found => {
    if (!found.ok) return `${found.line} ${found.problem.code}`
    const { kind, metadata } = found.object as { kind?: string; metadata?: { name?: string } }
    return `${found.line} ${kind}/${metadata?.name}`
  })
}

const a = 'kind: A\nmetadata: {name: a}\n'
const b = 'kind: B\nmetadata: {name: b}\n'

describe('readManifest finds the objects that kubectl finds', () => {
  test.each([
    ['one document', a, ['1 A/a']],
    ['one after a mark', `---\n${a}`, ['1 A/a']],
    ['one between marks', `---\n${a}---\n`, ['1 A/a']],
    ['one after comments and a mark', `# Licence\n---\n${a}`, ['1 A/a']],
    ['two', `${a}---\n${b}`, ['1 A/a', '4 B/b']],
    ['two, the mark with a comment', `${a}--- # next\n${b}`, ['1 A/a', '4 B/b']],
    ['two, with Windows line ends', `${a}---\n${b}`.replaceAll('\n', '\r\n'), ['1 A/a', '4 B/b']],
    ['two, empty ones around them', `---\n---\n${a}---\n# nothing\n---\n${b}---\n\n`, ['3 A/a', '8 B/b']],
    ['two, the second on the line of its mark', `${a}--- {kind: B, metadata: {name: b}}\n`, ['1 A/a', '3 B/b']],
    ['two, each with its directive', `%YAML 1.1\n---\n${a}...\n---\n${b}`, ['1 A/a', '7 B/b']],
    ['the mark inside a block scalar', `${a}data:\n  x: |\n    ---\n    y\n`, ['1 A/a']],
    ['one that cannot be read', `${a}---\nkind: [\n---\n${b}`, ['1 A/a', '4 yaml-syntax', '6 B/b']],
    ['one that is no object', `${a}---\n- 1\n`, ['1 A/a', '4 yaml-not-an-object']],
    [
      'a List',
      `kind: List\napiVersion: v1\nitems:\n- ${a.trimEnd().replace('\n', '\n  ')}\n- 1\n`,
      ['1 A/a', '1 yaml-not-an-object'],
    ],
    ['a typed list', 'kind: BList\napiVersion: v1\nitems: [{metadata: {name: b}}]\n', ['1 B/b']],
    ['JSON', '{"kind":"A","metadata":{"name":"a"}}', ['1 A/a']],
    ['nothing', '# only words\n---\n', []],
    ['nothing at all', '', []],
  ])('%s', (_, text, found) => {
    expect(objects(text)).toEqual(found)
  })

  test('a text of one document is kept as it stands, comments and all', () => {
    const text = `# Licence\n---\n${a}# end\n`
    expect(readManifest(text)).toMatchObject([{ text }])
  })

  test('comments before a mark stay with the document behind it', () => {
    expect(readManifest(`# A\n---\n${a}---\n# B\n---\n${b}`).map(found => found.text)).toEqual([
      `# A\n${a}`,
      `# B\n${b}`,
    ])
  })

  test('no text makes it stumble, and each part is of one document', () => {
    const line = fc.constantFrom(
      '---',
      '--- # c',
      '--- x: 1',
      '...',
      '# c',
      '',
      'a: 1',
      '- b',
      '%YAML 1.1',
      '  ---',
      'c: |',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), lines => {
        for (const part of splitDocuments(lines.join('\n'))) {
          const reading = readYaml(part.text)
          const codes = reading.ok ? [] : reading.problems.map(problem => problem.code)
          // What an end mark or a directive ends, and no mark begins, is no document of its own to kubectl either.
          if (!lines.includes('...') && !lines.slice(1).includes('%YAML 1.1'))
            expect(codes).not.toContain('yaml-second-document')
        }
      }),
      { numRuns: 500 },
    )
  })
})

const ref: ObjectRef = {
  // Any text is an identity here.
  cluster: 'test' as ClusterIdentity,
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: 'c',
  uid: 'u',
}
const manifest = (metadata: JsonObject, rest: JsonObject = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', ...metadata },
  ...rest,
})

test.each([
  ['the names alone', manifest({}), []],
  ['the namespace too', manifest({ namespace: 'shop' }), []],
  ['an empty namespace', manifest({ namespace: '' }), []],
  ['what was read earlier', manifest({ uid: 'u', resourceVersion: '1' }), []],
  ['another namespace', manifest({ namespace: 'other' }), ['namespace-changed']],
  ['another name', manifest({ name: 'd' }), ['name-changed']],
  ['the uid of another object', manifest({ uid: 'v' }), ['uid-changed']],
  ['another version of the API', { ...manifest({}), apiVersion: 'v2' }, ['api-version-changed']],
  ['another kind', { ...manifest({}), kind: 'Secret' }, ['kind-changed']],
  ['nothing', null, ['yaml-empty']],
])('checkManifest: %s', (_, value, codes) => {
  expect(checkManifest(ref, value).map(problem => problem.code)).toEqual(codes)
})

test('checkManifest: what is cluster-wide is in no namespace, whatever it says', () => {
  expect(checkManifest({ ...ref, namespace: null }, manifest({ namespace: 'x' }))).toEqual([])
})

test('configurationOf puts the namespace in and leaves out what the server gives', () => {
  const read = manifest({ uid: 'u', resourceVersion: '1', generation: 2, managedFields: [], labels: { a: 'b' } })
  expect(configurationOf(ref, read)).toEqual(manifest({ namespace: 'shop', labels: { a: 'b' } }))
})

test.each([
  [manifest({}), []],
  [{ kind: 'ConfigMap', metadata: { generateName: 'c-' } }, ['apiVersion']],
  [{ apiVersion: 1, metadata: { name: '' } }, ['apiVersion', 'kind', 'metadata.name']],
])('missingNames of %j', (object, missing) => {
  expect(missingNames(object)).toEqual(missing)
})
