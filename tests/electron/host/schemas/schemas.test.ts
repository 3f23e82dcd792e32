import { afterAll, describe, expect, it } from 'vitest'
import type { SchemaState } from '../../../../contract/schema.ts'
import { fieldAt, openFields } from '../../../../core/fields/open-fields.ts'
import { parseJson } from '../../../../core/json.ts'
import { openApiAddress } from '../../../../electron/host/clusters/openapi.ts'
import { readKindSchema } from '../../../../electron/host/editing/read-schema.ts'
import { createSchemas } from '../../../../electron/host/schemas/schemas.ts'
import { removeDefinition, untilEstablished } from '../../../established.ts'
import { json, openFake, refusal, startFakeServer } from '../clusters/fake-server.ts'
import { openWorkbench } from '../editing/workbench.ts'
import { definitionOf } from '../kinds/definitions.ts'
import { until } from '../until.ts'

const bench = await openWorkbench('schemas')
const schemas = createSchemas()
afterAll(async () => {
  await bench.end()
})

const never = new AbortController().signal

/** A definition of gadgets with one field beside the usual ones. */
function withField(group: string, field: string) {
  const properties = { [field]: { type: 'string' } }
  return definitionOf(group, ['v1'], { schema: { openAPIV3Schema: { type: 'object', properties } } })
}

async function fieldsOf(edit: string, version: string | null = null) {
  const answer = await bench.client.schema.ofEdit({ edit, version })
  if (!answer.ok) throw new Error(answer.problem.code)
  if (answer.value === null) return null
  const document = parseJson(answer.value.document)
  return document.ok ? openFields(document.value, answer.value.name) : null
}

describe('the schema of an edit', () => {
  it('is what the server says of the very version, descriptions and all', async () => {
    const { opened: edit } = await bench.open('deployments.v1.apps', 'nginx-deployment')
    const root = await fieldsOf(edit.edit)
    expect(root?.definition).toBe('io.k8s.api.apps.v1.Deployment')
    expect(fieldAt(root, ['spec', 'template', 'spec', 'containers', 0, 'imagePullPolicy'])?.enum).toContain('Always')
    expect(fieldAt(root, ['spec', 'template', 'spec', 'containers', 0, 'image'])?.description).toMatch(/image name/)
    expect(fieldAt(root, ['spec', 'template', 'spec', 'containers'])?.listMapKeys).toEqual(['name'])
    const { opened: scale } = await bench.open('deployments.v1.apps', 'nginx-deployment', { subresource: 'scale' })
    expect((await fieldsOf(scale.edit))?.definition).toBe('io.k8s.api.autoscaling.v1.Scale')
    const kind = { context: 'practice', group: 'autoscaling', version: 'v1', kind: 'HorizontalPodAutoscaler' }
    expect(await bench.client.schema.ofKind(kind)).toMatchObject({
      ok: true,
      value: { name: /HorizontalPodAutoscaler/ },
    })
    expect(await bench.client.schema.ofKind({ ...kind, kind: 'None' })).toEqual({ ok: true, value: null })
    expect(await bench.client.schema.ofKind({ ...kind, group: 'none.example.com' })).toEqual({ ok: true, value: null })
  })

  it('is followed as its definition changes, and goes with it', async () => {
    const group = `schemas-${process.pid}.example.com`
    await bench.apply(withField(group, 'before'))
    await untilEstablished(words => bench.kubectl(...words), `gadgets.${group}`)
    await bench.apply({ apiVersion: `${group}/v1`, kind: 'Gadget', metadata: { name: 'mine' }, before: 'x' })
    const { edit } = (await bench.open(`gadgets.v1.${group}`, 'mine')).opened
    const leave = new AbortController()
    const states = (await bench.client.schema.watch({ edit }, { signal: leave.signal }))[Symbol.asyncIterator]()
    const nextKnown = (but: string) => until(states, state => state.kind === 'known' && state.version !== but)
    try {
      const first = await nextKnown('')
      expect((await fieldsOf(edit))?.names()).toContain('before')
      await bench.apply(withField(group, 'after'))
      await nextKnown(first.kind === 'known' ? first.version : '')
      expect((await fieldsOf(edit))?.names()).toContain('after')
      await removeDefinition(words => bench.kubectl(...words), `gadgets.${group}`, `/apis/${group}/v1/gadgets`)
      await until(states, state => state.kind === 'none')
      expect(await fieldsOf(edit)).toBeNull()
    } finally {
      leave.abort()
    }
    // A busy server's OpenAPI follows its definitions late.
  }, 90_000)
})

describe('on a server of its own', () => {
  const kind = { group: 'big.example.com', version: 'v1', kind: 'Big' }
  const served = { kind, through: kind }
  const path = '/openapi/v3/apis/big.example.com/v1'
  const definition = {
    type: 'object',
    'x-kubernetes-group-version-kind': [kind],
    properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
  }

  it('a document of 10 MiB gives the little that speaks of the kind', async () => {
    const others = Array.from({ length: 10_000 }, (_, at) => [
      `Other${at}`,
      { type: 'object', description: 'words '.repeat(170), properties: { at: { type: 'integer' } } },
    ])
    const document = Buffer.from(
      JSON.stringify({ components: { schemas: { Big: definition, ...Object.fromEntries(others) } } }),
    )
    expect(document.length).toBeGreaterThan(10 * 1024 * 1024)
    const server = await startFakeServer(({ url }, response) => {
      if (url.startsWith(path)) response.writeHead(200, { 'content-type': 'application/json' }).end(document)
      else json(response, 200, { paths: { 'apis/big.example.com/v1': { serverRelativeURL: `${path}?hash=1` } } })
    })
    const fake = await openFake(server.url)
    try {
      const read = await schemas.read(fake.cluster, served, never)
      expect(read).toMatchObject({ ok: true, value: { name: 'Big' } })
      expect(read.ok && read.value?.document.length).toBeLessThan(1_000)
      // And how its objects are patched.
      const target = { group: kind.group, version: kind.version, resource: 'bigs', namespace: null, subresource: null }
      const address = await openApiAddress(fake.cluster, kind, never)
      const object = { apiVersion: 'big.example.com/v1', kind: 'Big' }
      const patched = await readKindSchema(fake.cluster, { address, target, object }, never)
      expect(patched.schema?.field('spec')?.field('size')?.scalar?.types).toEqual(['integer'])
      expect(patched.document?.document.length).toBeLessThan(1_000)
    } finally {
      await fake.end()
      await server.close()
    }
  })

  it('is asked for again while the server cannot be asked', async () => {
    let away = true
    const server = await startFakeServer(({ url }, response) => {
      if (away) json(response, 500, refusal(500, 'InternalError', 'etcd is away'))
      else if (url.startsWith(path)) json(response, 200, { components: { schemas: { Big: definition } } })
      else if (url === '/openapi/v3')
        json(response, 200, { paths: { 'apis/big.example.com/v1': { serverRelativeURL: path } } })
      else json(response, 404, refusal(404, 'NotFound', 'nothing else'))
    })
    const fake = await openFake(server.url)
    const leave = new AbortController()
    const states = schemas.watch(fake.cluster, served, leave.signal)
    try {
      const failed = await until<SchemaState>(states, ({ kind }) => kind === 'failed')
      expect(failed).toMatchObject({ problem: { code: 'server-error' } })
      away = false
      await until<SchemaState>(states, ({ kind }) => kind === 'known')
    } finally {
      leave.abort()
      await states.return()
      await fake.end()
      await server.close()
    }
  })
})
