import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Json, JsonObject } from '../../../../core/json.ts'
import { mergeThreeWay } from '../../../../core/merge.ts'
import { isList, isObject } from '../../../../core/object.ts'
import { printYaml, readYaml } from '../../../../core/yaml.ts'
import { type Api, openApi } from '../../../../scripts/soak/api.ts'
import { type Random, seeded } from '../../../../scripts/soak/random.ts'
import { seed } from '../../../seed.ts'
import { type Editing, openWorkbench, problemOf, type Workbench } from './workbench.ts'

// A limit for what hangs, not a measure.
vi.setConfig({ testTimeout: 120_000 })

// Lists that the server would be long at merging by key: written by JSON Patch, with every guard as ever.
let bench: Workbench
let api: Api
beforeAll(async () => {
  bench = await openWorkbench('long-lists', { seeded: false })
  await bench.kubectl('create', 'namespace', bench.namespace)
  api = openApi(bench.practice)
}, 120_000)
afterAll(async () => {
  api?.end()
  await bench?.end()
})

type Variable = { readonly name: string; readonly value: string }

const long = Array.from({ length: 1_001 }, (_, at): Variable => ({ name: `NAME_${at}`, value: `as it was, ${at}` }))
const place = 'template.spec.containers[name=app].env'

/** A PodTemplate, which no controller writes into, with this environment. */
async function make(name: string, env: readonly Variable[] = long): Promise<Editing> {
  const template = { spec: { containers: [{ name: 'app', image: 'app:1', env }] } }
  await send('POST', '', 'application/json', { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name }, template })
  return bench.open('podtemplates.v1', name)
}

async function send(method: string, name: string, mediaType: string, body?: Json): Promise<void> {
  const path = `/api/v1/namespaces/${bench.namespace}/podtemplates${name}?fieldManager=somebody`
  const { status, body: answer } = await api.send(method, path, mediaType, body)
  if (status >= 300) throw new Error(`${method} ${name} answered ${status}: ${answer.slice(0, 300)}`)
}

/** Another writer puts this environment in its place. */
async function write(name: string, env: readonly Variable[]): Promise<void> {
  const value = { template: { spec: { containers: [{ name: 'app', image: 'app:1', env }] } } }
  await send('PATCH', `/${name}`, 'application/merge-patch+json', value)
}

/** The object with another environment. */
function withEnv(object: Json, env: readonly Variable[]): JsonObject {
  const whole = asObject(object)
  const template = asObject(whole.template)
  const spec = asObject(template.spec)
  const [container = null] = isList(spec.containers) ? spec.containers : []
  return { ...whole, template: { ...template, spec: { ...spec, containers: [{ ...asObject(container), env }] } } }
}

function asObject(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error('not an object')
  return value
}

/** Types another environment, and leaves the rest of the text. */
async function typeEnv(edit: Editing, env: readonly Variable[]): Promise<void> {
  const read = readYaml(edit.text)
  if (!read.ok) throw new Error('the text of an edit can be read')
  await edit.type(printYaml(withEnv(read.value, env)))
}

const changed = long.with(300, { name: 'NAME_300', value: 'mine' })

describe('a change in a list of 1,001 items', () => {
  test('goes as a JSON Patch, guarded by version, which the review recommends with its reason', async () => {
    const edit = await make('usual')
    await typeEnv(edit, changed)
    const review = await edit.review()
    expect(review).toMatchObject({
      strategy: 'json',
      guard: 'version',
      choice: { strategy: null, guard: null },
      fallsShort: [],
      recommended: { strategy: 'json', guard: 'version', reason: 'slow-merge', paths: [place] },
    })
    const strategic = review.strategies.find(({ strategy }) => strategy === 'strategic')
    expect(strategic).toMatchObject({
      state: 'reaches',
      notes: [{ kind: 'slow-merge', lists: [{ path: place, items: 1_001 }] }],
    })
    const at = '/template/spec/containers/0'
    expect(JSON.parse(review.request.body)).toEqual([
      { op: 'test', path: '/metadata/uid', value: edit.opened.ref.uid },
      { op: 'replace', path: '/metadata/resourceVersion', value: edit.baseVersion },
      { op: 'test', path: `${at}/name`, value: 'app' },
      { op: 'test', path: `${at}/env/300/name`, value: 'NAME_300' },
      { op: 'test', path: `${at}/env/300/value`, value: 'as it was, 300' },
      { op: 'replace', path: `${at}/env/300/value`, value: 'mine' },
    ])
    await edit.submit(review)
    expect(await envNow('usual')).toEqual(changed)
  })

  test('goes as the person chose', async () => {
    const edit = await make('chosen')
    await typeEnv(edit, changed)
    const review = await edit.review({ strategy: 'strategic' })
    expect(review).toMatchObject({ strategy: 'strategic', recommended: { strategy: 'json', reason: 'slow-merge' } })
    expect(await edit.review({ guard: 'none' })).toMatchObject({ strategy: 'strategic', guard: 'none' })
  })

  test('stays the usual patch where the list is left alone', async () => {
    const edit = await make('image')
    await edit.replace('image: app:1', 'image: app:2')
    expect(await edit.review()).toMatchObject({ strategy: 'strategic', recommended: { strategy: 'strategic' } })
  })

  test('is merged with what another writes into other items between review and submit', async () => {
    const edit = await make('shared')
    await typeEnv(edit, changed)
    const review = await edit.review()
    const theirs = [{ name: 'FIRST', value: 'theirs' }, ...long.toSpliced(10, 5)]
    await write('shared', theirs)
    const saved = await edit.submit(review)
    expect(saved).toMatchObject({ attempts: 2, guard: 'version' })
    expect(saved.mergedIn.map(({ path }) => path)).toContain(`${place}[name=FIRST]`)
    expect(await envNow('shared')).toEqual(
      theirs.map(one => (one.name === 'NAME_300' ? { ...one, value: 'mine' } : one)),
    )
  })

  test('is a conflict where another changed or removed that very item, and nothing is sent', async () => {
    for (const [name, theirs] of [
      ['contested', long.with(300, { name: 'NAME_300', value: 'theirs' })],
      ['removed', long.toSpliced(300, 1)],
    ] as const) {
      const edit = await make(name)
      await typeEnv(edit, changed)
      const review = await edit.review()
      await write(name, theirs)
      expect(problemOf(await edit.trySubmit(review))).toMatchObject({ code: 'merge-conflict', conflicts: [{}] })
      expect(await envNow(name)).toEqual(theirs)
    }
  })

  test('is never made to another object of the same name', async () => {
    const edit = await make('anew')
    await typeEnv(edit, changed)
    const review = await edit.review()
    await send('DELETE', '/anew', 'application/json')
    await make('anew')
    expect(problemOf(await edit.trySubmit(review)).code).toBe('object-replaced')
    expect(await envNow('anew')).toEqual(long)
  })
})

test('whatever two people do to a long list is what the merge of both says, or a conflict', async () => {
  const random = seeded(seed)
  let saved = 0
  for (let round = 0; round < 4; round++) {
    const name = `random-${round}`
    const edit = await make(name)
    const [mine, theirs] = [rearranged(random, 'mine'), rearranged(random, 'theirs')]
    await typeEnv(edit, mine)
    const review = await edit.review()
    await write(name, theirs)
    const expected = mergeThreeWay(templateWith(long), templateWith(mine), templateWith(theirs), null)
    const first = await edit.trySubmit(review)
    // Where what the other did moves mine to another place in the list, the person sees that first.
    const again = first.ok && first.value.kind === 'review-again'
    const submitted = again ? await edit.trySubmit(first.value.review) : first
    const which = `round ${round}, seed ${seed}`
    if (expected.ok) {
      expect(submitted, which).toMatchObject({ ok: true, value: { kind: 'saved' } })
      expect(await envNow(name), which).toEqual(envOf(expected.merged))
      saved++
    } else {
      expect(submitted, which).toMatchObject({ ok: false, problem: { code: 'merge-conflict' } })
      expect(await envNow(name), which).toEqual(theirs)
    }
    await edit.client.edit.discard({ edit: edit.opened.edit })
  }
  expect(saved).toBeGreaterThan(0)
})

/** The long list after a few changes: items changed, gone, come, and moved. */
function rearranged(random: Random, who: string): readonly Variable[] {
  const somewhere = (list: readonly unknown[]) => Math.floor(random() * list.length)
  let list: readonly Variable[] = long
  for (let step = 0; step < 3; step++) {
    const at = somewhere(list)
    const item = list[at] ?? { name: '', value: '' }
    const dice = random()
    if (dice < 0.4) list = list.with(at, { ...item, value: `${who} ${step}` })
    else if (dice < 0.6) list = list.toSpliced(at, 1)
    else if (dice < 0.85) list = list.toSpliced(at, 0, { name: `${who}_${step}`, value: who })
    else list = list.toSpliced(at, 1).toSpliced(somewhere(list), 0, item)
  }
  return list
}

function templateWith(env: readonly Variable[]): JsonObject {
  return { template: { spec: { containers: [{ name: 'app', env }] } } }
}

function envOf(object: JsonObject): Json | undefined {
  const { containers } = asObject(asObject(object.template).spec)
  return isList(containers) ? asObject(containers[0]).env : undefined
}

async function envNow(name: string): Promise<Json | undefined> {
  return envOf(await bench.get('podtemplates.v1', name))
}
