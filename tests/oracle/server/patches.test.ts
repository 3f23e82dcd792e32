import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { equalJson, type Json, type JsonObject, printJson } from '../../../core/json.ts'
import { isList, isObject, metadataOf } from '../../../core/object.ts'
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicPatch,
  createApplyConfiguration,
  createJsonPatch,
  createMergePatch,
  createStrategicPatch,
  mergeApplyConfiguration,
  openApiPatchSchema,
  type PatchSchema,
  patchSchemaName,
  printJsonPatch,
} from '../../../core/patch/index.ts'
import type { PatchProblem, Result } from '../../../core/problem.ts'
import { readYaml } from '../../../core/yaml.ts'
import { createObject } from '../../../electron/host/clusters/create.ts'
import { findKindOf } from '../../../electron/host/clusters/discovery.ts'
import { getObject } from '../../../electron/host/clusters/get.ts'
import { patchObject } from '../../../electron/host/clusters/patch.ts'
import { replaceObject } from '../../../electron/host/clusters/replace.ts'
import { seeded } from '../../../scripts/soak/random.ts'
import { openApiDocument } from '../../electron/host/clusters/openapi-document.ts'
import { openPractice } from '../../electron/host/clusters/practice-clusters.ts'
import { practiceForTests } from '../../practice/setup.ts'
import { seed } from '../../seed.ts'
import { randomEdit } from './edits.ts'

// A limit for what hangs, not a measure.
vi.setConfig({ testTimeout: 300_000 })

const practice = await practiceForTests()
const host = await openPractice(practice)
const { signal } = host
afterAll(async () => {
  await host.end()
  await practice.stop()
})

// Without labels, so that no policy changes what is written.
const namespace = `oracle-server-${process.pid}`
const write = { dryRun: false, fieldManager: 'patchbay' }
beforeAll(async () => {
  const made = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }
  await create({ group: '', version: 'v1', resource: 'namespaces' }, null, made)
})

const applied = { manager: 'patchbay-apply', subresource: null }

type ResourceType = { readonly group: string; readonly version: string; readonly resource: string }
type Made = Result<{ readonly body: string; readonly result: JsonObject }, PatchProblem>

/** How a strategy writes an edit, and what it says will become of the object. */
const strategies: Readonly<
  Record<string, { mediaType: string; make: (live: JsonObject, to: JsonObject, schema: PatchSchema) => Made }>
> = {
  strategic: {
    mediaType: 'application/strategic-merge-patch+json',
    make(live, to, schema) {
      const patch = createStrategicPatch(live, to, schema)
      return patch.ok ? told(printJson(patch.value), applyStrategicPatch(live, patch.value, schema)) : patch
    },
  },
  merge: {
    mediaType: 'application/merge-patch+json',
    make(live, to) {
      const patch = createMergePatch(live, to)
      return patch.ok ? told(printJson(patch.value), applyMergePatch(live, patch.value)) : patch
    },
  },
  'JSON Patch': {
    mediaType: 'application/json-patch+json',
    make(live, to, schema) {
      const patch = createJsonPatch(live, to, { guarded: true, schema })
      return patch.ok ? told(printJsonPatch(patch.value), applyJsonPatch(live, patch.value)) : patch
    },
  },
  apply: {
    mediaType: 'application/apply-patch+yaml',
    make(live, to, schema) {
      const configuration = createApplyConfiguration(live, to, { ...applied, schema })
      if (!configuration.ok) return configuration
      return told(
        printJson(configuration.value),
        mergeApplyConfiguration(live, configuration.value, { ...applied, schema }),
      )
    },
  },
  replace: { mediaType: '', make: (_live, to) => told(printJson(to), { ok: true, value: to }) },
}

function told(body: string, result: Result<Json, PatchProblem>): Made {
  if (!result.ok) return result
  if (!isObject(result.value)) throw new Error('an object became something else')
  return { ok: true, value: { body, result: result.value } }
}

const table = readYaml(readFileSync(new URL('../../tables/server-objects.yaml', import.meta.url), 'utf8'))
const samples = table.ok && isList(table.value) ? table.value.filter(isObject) : []
const roundsEach = 3
const counts = new Map<string, Record<string, number>>()

test('there is a sample of each kind', () => expect(samples.length).toBeGreaterThan(20))

test.each(samples.map(sample => [String(sample.kind), sample] as const))('%s', async (kind, sample) => {
  const { type, schema } = await known(sample)
  const taken: Record<string, number> = {}
  for (const strategy of Object.keys(strategies)) {
    taken[strategy] = 0
    for (let round = 0; round < roundsEach; round++) {
      const name = `${strategy.toLowerCase().replace(' ', '-')}-${round}`
      await create(type, namespace, { ...sample, metadata: { name, labels: { was: 'here', e1: 'x' } } })
      const place = `${kind}, ${strategy}, round ${round}, seed ${seed}`
      const next = { type, schema, name, strategy, random: seeded(seed + round), place }
      if (!(await isWrittenAsPredicted(next))) continue
      taken[strategy]++
      // Only the second apply takes away what the first one owned.
      if (strategy === 'apply') await isWrittenAsPredicted(next)
    }
  }
  counts.set(kind, taken)
  for (const [strategy, count] of Object.entries(taken)) expect(count, `${kind} by ${strategy}`).toBeGreaterThan(0)
})

test('what took part', () => {
  console.log(
    `server oracle, seed ${seed}: ${[...counts].map(([kind, taken]) => `${kind} ${Object.values(taken).join('/')}`).join(', ')}`,
  )
  expect(counts.size).toBe(samples.length)
})

type Write = {
  readonly type: ResourceType
  readonly schema: PatchSchema
  readonly name: string
  readonly strategy: string
  readonly random: () => number
  readonly place: string
}

/**
 * Edits until the server says by a dry run of PUT that the predicted object is valid, and what it makes of it (defaults,
 * bookkeeping); then the patch has to give that very object. False where no edit was valid.
 */
async function isWrittenAsPredicted({ type, schema, name, strategy, random, place }: Write): Promise<boolean> {
  const { mediaType = '', make } = strategies[strategy] ?? {}
  if (make === undefined) throw new Error(strategy)
  const at = { namespace, name }
  for (let tries = 0; tries < 12; tries++) {
    const live = await read(type, name)
    const to = randomEdit(live, random)
    const made = make(live, to, schema)
    if (!made.ok) continue
    const dryRun = { ...write, dryRun: true, body: printJson(made.value.result) }
    const predicted = await replaceObject(host.cluster(), type, at, dryRun, signal)
    if (!predicted.ok) continue
    const options = { ...write, body: made.value.body }
    const asManager = strategy === 'apply' ? { fieldManager: applied.manager, force: true } : {}
    const answer = mediaType
      ? await patchObject(host.cluster(), type, at, { ...options, ...asManager, mediaType }, signal)
      : await replaceObject(host.cluster(), type, at, options, signal)
    // A controller wrote in between.
    if (!answer.ok && answer.problem.code === 'version-conflict') continue
    expect(answer.ok ? '' : printJson(JSON.parse(JSON.stringify(answer.problem))), `${place}: ${made.value.body}`).toBe(
      '',
    )
    const [is, wanted] = [seen(await read(type, name)), seen(predicted.value.object)]
    expect(equalJson(is, wanted), `${place}: ${made.value.body}\nis ${printJson(is)}\nnot ${printJson(wanted)}`).toBe(
      true,
    )
    return true
  }
  return false
}

/** Without what the server counts, and what controllers write. */
function seen({ status: _, ...object }: JsonObject): JsonObject {
  const { managedFields, resourceVersion, generation, annotations, ...metadata } = metadataOf(object)
  const { 'deployment.kubernetes.io/revision': _revision, ...kept } = isObject(annotations) ? annotations : {}
  return { ...object, metadata: { ...metadata, annotations: kept } }
}

async function known({ apiVersion, kind }: JsonObject): Promise<{ type: ResourceType; schema: PatchSchema }> {
  const named = { apiVersion: String(apiVersion), kind: String(kind) }
  const served = await findKindOf(host.cluster(), named, signal)
  if (!served.ok) throw new Error(`${served.problem.code}: ${named.kind}`)
  const document = await openApiDocument(host.cluster(), served.value, signal)
  if (!document.ok || !isObject(document.value)) throw new Error(`no document for ${named.kind}`)
  const schemaName = patchSchemaName(document.value, { ...served.value, kind: named.kind })
  const schema = schemaName === null ? null : openApiPatchSchema(document.value, schemaName)
  if (!schema?.ok) throw new Error(`no schema for ${named.kind}`)
  return { type: served.value, schema: schema.value }
}

async function create(type: ResourceType, into: string | null, object: JsonObject): Promise<void> {
  const at = { namespace: into, name: null }
  const made = await createObject(host.cluster(), type, at, { ...write, body: printJson(object) }, signal)
  if (!made.ok) throw new Error(`${object.kind}: ${JSON.stringify(made.problem)}`)
}

async function read(type: ResourceType, name: string): Promise<JsonObject> {
  const answer = await getObject(host.cluster(), type, { namespace, name }, signal)
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
  return answer.value.object
}
