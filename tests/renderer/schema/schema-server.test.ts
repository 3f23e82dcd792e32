import { describe, expect, test, vi } from 'vitest'
import { createSchemaServer } from '../../../renderer/schema/schema-server.ts'

const schemas = {
  'io.k8s.Widget': {
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object', properties: { name: { type: 'string' }, labels: map({ type: 'string' }) } },
      spec: { description: 'What is wanted.', allOf: [{ $ref: '#/components/schemas/io.k8s.Spec' }] },
    },
    'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Widget' }],
  },
  'io.k8s.Spec': {
    type: 'object',
    required: ['mode'],
    properties: {
      mode: {
        type: 'string',
        enum: ['Fast', 'Slow'],
        description: 'How.\n\nPossible enum values:\n - `"Fast"` at once',
      },
      replicas: { type: 'integer', format: 'int32', maximum: 5 },
      paused: { type: 'boolean' },
      name: { type: 'string', maxLength: 3 },
      memory: { $ref: '#/components/schemas/io.Quantity' },
      port: { 'x-kubernetes-int-or-string': true },
      list: { type: 'array', items: { type: 'object', properties: { key: { type: 'string' } } } },
      evil: {
        type: 'string',
        description: '<img src=x onerror=alert(1)> [here](javascript:alert(1)) https://e.example',
      },
      open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'string' } } },
    },
  },
  'io.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
}

function map(values: object) {
  return { type: 'object', additionalProperties: values }
}

const words = { required: 'required', default: 'default', deprecated: 'deprecated', values: 'Values:' }

/** A server with a text in it; `|` is the place that is asked about. */
function serverOf(marked: string) {
  const at = marked.indexOf('|')
  const text = at < 0 ? marked : marked.slice(0, at) + marked.slice(at + 1)
  const before = text.slice(0, Math.max(at, 0)).split('\n')
  const server = createSchemaServer()
  server.setSchema({ document: JSON.stringify({ components: { schemas } }), name: 'io.k8s.Widget', words })
  server.open(text)
  return { server, text, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } }
}

const specOf = (lines: string) => `apiVersion: example.com/v1\nkind: Widget\nspec:\n  mode: Fast\n${lines}\n`

async function found(text: string) {
  const { server } = serverOf(text)
  return (await server.check()).map(({ from, to, said }) => `${said.kind} ${text.slice(from, to)}`)
}

describe('what a schema refuses', () => {
  test.for<[string, readonly string[]]>([
    ['  replica: 3', ['unknown replica']],
    ['  replicas: "3"', ['type "3"']],
    ['  replicas: 0400', ['maximum 0400']],
    ['  replicas: 0o4', []],
    ['  replicas: 1.0', []],
    ['  replicas: 1.5', ['type 1.5']],
    ['  replicas:', []],
    ['  replicas: ~', []],
    ['  replicas: null', []],
    ['  paused: yes', []],
    ['  paused: "yes"', ['type "yes"']],
    ['  name: yes', ['type yes']],
    ['  name: 1:30', []],
    ['  name: 👍👍👍', []],
    ['  name: toolong', ['maxLength toolong']],
    ['  name: 5', ['type 5']],
    ['  memory: 1', []],
    ['  memory: 1.5Gi', []],
    ['  memory: 1GB', ['pattern 1GB']],
    ['  port: 80', []],
    ['  port: http', []],
    ['  port: true', ['type true']],
    ['  list: [{key: a, kee: b}]', ['unknown kee']],
    ['  open: {a: b, c: [d]}', []],
    ['  open: {a: 1}', ['type 1']],
    ['metadata: {labels: {a: 1:30, b: 2026-01-01}}', []],
    ['metadata: {labels: {a: 0400}}', ['type 0400']],
    ['  name: a\n  name: b', []],
  ])('%j: %j', async ([lines, expected]) => expect(await found(specOf(lines))).toEqual(expected))

  test('a missing field is said at the map that lacks it; a wrong value with the right ones', async () => {
    expect(await found('kind: Widget\nspec:\n  replicas: 1\n')).toEqual(['missing spec'])
    const { server } = serverOf(specOf('').replace('Fast', 'Quick'))
    expect((await server.check())[0]?.said).toEqual({ kind: 'value', values: ['Fast', 'Slow'], meant: [] })
  })

  test('a misspelt field comes with those that it may have been meant to be', async () => {
    const { server } = serverOf(specOf('  pasued: true\n  Replica: 3\n  nothingLikeIt: 1'))
    const meant = (await server.check()).map(({ said }) => (said.kind === 'unknown' ? said.meant : null))
    expect(meant).toEqual([['paused'], ['replicas'], []])
  })

  test('is looked for in the text as it is now', async () => {
    const { server, text } = serverOf(specOf('  replica: 3'))
    expect(await server.check()).toHaveLength(1)
    await server.hover({ line: 0, character: 1 })
    const end = { line: text.split('\n').length, character: 0 }
    server.change([{ range: { start: end, end }, text: '  paused: yes\n  name: yes\n' }])
    // Hovering would leave the text read as YAML 1.2, where both are texts.
    await server.hover({ line: 0, character: 1 })
    expect((await server.check()).map(({ said }) => said.kind)).toEqual(['unknown', 'type'])
  })

  test('is nothing without a schema', async () => {
    const { server } = serverOf(specOf('  replica: 3'))
    server.setSchema(null)
    expect(await server.check()).toEqual([])
    expect((await server.complete({ line: 3, character: 4 })).items).toEqual([])
  })
})

describe('completion', () => {
  /** What is offered at `|`: labels, and what the first one of a name puts in. */
  async function offered(marked: string) {
    const { server, position } = serverOf(marked)
    const { items } = await server.complete(position)
    return new Map(items.map(({ label, textEdit, insertText }) => [label, textEdit?.newText ?? insertText ?? '']))
  }

  test.for<[string, string, string]>([
    ['a field as it is typed', specOf('  pau|'), 'paused'],
    ['a field on a blank line', specOf('  |'), 'paused'],
    ['a field beside a list that stands at its key', specOf('  list:\n  - key: a\n  |'), 'paused'],
    ['a field of an item', specOf('  list:\n  - |'), 'key'],
    ['a value', specOf('').replace('Fast', '|'), 'Slow'],
    ['a truth', specOf('  paused: |'), 'true'],
  ])('%s', async ([, marked, label]) => expect([...(await offered(marked)).keys()]).toContain(label))

  test('puts in what stands at the cursor’s end, lists as the text writes them', async () => {
    expect((await offered(specOf('  pau|'))).get('paused')).toBe('paused: $0')
    expect((await offered(specOf('  lis|'))).get('list')).toMatch(/^list:\n {2}- /)
    expect((await offered(`${specOf('  lis|')}other:\n- a\n`)).get('list')).toMatch(/^list:\n- /)
    expect((await offered(specOf('  pau|: true'))).get('paused')).toBe('paused$0')
  })

  test('nothing within a block of text', async () => {
    expect([...(await offered(specOf('  name: |-\n    pa|').replace('|-', '>-')))]).toEqual([])
  })
})

describe('what is said of a field', () => {
  test('has its type, whether it must be there, and what its values mean', async () => {
    const { server } = serverOf(specOf(''))
    const hover = await server.hover({ line: 3, character: 3 })
    const { value } = Object(hover?.contents)
    expect(value).toBe(
      '**mode** `string` · required\n\nHow\\.\n\nValues:\n\n* `Fast`: at once\n* `Slow`\n'.replace(
        'Fast`: at once\n* `Slow`',
        'Fast`: at once\n* `Slow`',
      ),
    )
  })

  test('has no mark, tag or link of a description in it', async () => {
    const { server } = serverOf(specOf('  evil: x'))
    const { value } = Object((await server.hover({ line: 4, character: 3 }))?.contents)
    expect(value).toContain('\\<img src\\=x onerror\\=alert\\(1\\)\\>')
    expect(value).not.toMatch(/[^\\][<[(]|https:/)
  })
})

describe('a text that names another schema', () => {
  const naming = [
    '# yaml-language-server: $schema=https://schemas.example/x.json\n',
    '# yaml-language-server: $schema=file:///etc/passwd\n',
    '$schema: https://schemas.example/x.json\n',
    '$schema: file:///etc/passwd\n',
  ]
  test.for(naming)('%j is judged by its kind’s, and nothing is fetched', async line => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'))
    const { server } = serverOf(line + specOf('  replica: 3'))
    const said = (await server.check()).flatMap(({ said }) => (said.kind === 'unknown' ? [said.name] : []))
    expect(said).toContain('replica')
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })
})
