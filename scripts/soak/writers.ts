import { Editing, openWorkbench, type Workbench } from '../../tests/electron/host/editing/workbench.ts'
import { practiceForTests } from '../../tests/practice/setup.ts'
import { type Api, openApi } from './api.ts'
import { chainsBroken, type Write } from './chains.ts'
import { type Random, seeded } from './random.ts'

/** Eight writers on one Deployment: five people with a host each, a program, kubectl and an autoscaler. */
export type Writers = { readonly edits: number; readonly seed: number }

/** What came of it. `broken`: writes that were accepted and are neither in the object nor knowingly overwritten. */
export type Written = {
  readonly accepted: number
  readonly retried: number
  readonly byValue: number
  readonly conflicts: number
  readonly reviewedAgain: number
  /** Any other end, with how often it came. */
  readonly refused: Readonly<Record<string, number>>
  readonly broken: readonly string[]
  readonly versions: number
  readonly seconds: number
}

type Tally = {
  readonly writes: Write[]
  readonly refused: Record<string, number>
  retried: number
  byValue: number
  conflicts: number
  reviewedAgain: number
}

const people = 5
/** Fields that a writer has for itself, and fields that all write. */
const own = 4
const shared = 6

/** Makes that many edits, at random by the seed, and holds every accepted one against the object in the end. */
export async function writeTogether({ edits, seed }: Writers): Promise<Written> {
  const practice = await practiceForTests()
  const benches = await Promise.all(
    Array.from({ length: people }, () => openWorkbench('writers', { seeded: false, on: practice })),
  )
  const [first] = benches
  if (first === undefined) throw new Error('there are people')
  const { namespace } = first
  const api = openApi(practice)
  const tally: Tally = { writes: [], refused: {}, retried: 0, byValue: 0, conflicts: 0, reviewedAgain: 0 }
  try {
    const before = await prepareObject(first, api)
    const begun = performance.now()
    // kubectl costs as much as ten edits of a person.
    const [byKubectl, byProgram] = [Math.ceil(edits / 100), Math.ceil(edits / 10)]
    const byPerson = Math.ceil((edits - byKubectl - byProgram) / people)
    await Promise.all([
      ...benches.map((bench, index) =>
        person(`person${index}`, bench, namespace, byPerson, seeded(seed + index), tally),
      ),
      program('program', api, namespace, byProgram, seeded(seed + people), tally),
      kubectl('kubectl', first, byKubectl, seeded(seed + people + 1), tally),
    ])
    const after = await read(api, namespace)
    return {
      accepted: tally.writes.length,
      retried: tally.retried,
      byValue: tally.byValue,
      conflicts: tally.conflicts,
      reviewedAgain: tally.reviewedAgain,
      refused: tally.refused,
      broken: chainsBroken(before.annotations, tally.writes, after.annotations),
      versions: after.generation,
      seconds: (performance.now() - begun) / 1000,
    }
  } finally {
    await first.kubectl('delete', 'namespace', namespace, '--wait=false')
    api.end()
    await Promise.all(benches.map(bench => bench.end()))
    await practice.stop()
  }
}

const fieldsOf = (writer: string) => Array.from({ length: own }, (_, index) => `${writer}-${index}`)
const sharedFields = Array.from({ length: shared }, (_, index) => `shared-${index}`)

async function prepareObject(bench: Workbench, api: Api) {
  const writers = [...Array.from({ length: people }, (_, index) => `person${index}`), 'program', 'kubectl']
  const fields = [...writers.flatMap(fieldsOf), ...sharedFields]
  const labels = { app: 'crowded' }
  await bench.kubectl('create', 'namespace', bench.namespace)
  await bench.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'crowded', annotations: Object.fromEntries(fields.map(field => [field, `first-${field}`])) },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'httpd:2.4.58' }] } },
    },
  })
  await bench.apply({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'crowded' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'crowded' },
      minReplicas: 2,
      maxReplicas: 3,
    },
  })
  return read(api, bench.namespace)
}

function pathOf(namespace: string): string {
  return `/apis/apps/v1/namespaces/${namespace}/deployments/crowded`
}

type Read = {
  readonly annotations: Readonly<Record<string, string>>
  readonly version: string
  readonly generation: number
}

async function read(api: Api, namespace: string): Promise<Read> {
  const { metadata } = JSON.parse((await api.send('GET', pathOf(namespace), 'application/json')).body)
  return { annotations: metadata.annotations, version: metadata.resourceVersion, generation: metadata.generation }
}

/** Opens, changes a field or two, reviews and submits, again and again. What it overwrites, it has seen in its base. */
async function person(name: string, bench: Workbench, namespace: string, edits: number, random: Random, tally: Tally) {
  for (let turn = 0; turn < edits; turn++) {
    const opened = await bench.client.edit.open({
      context: 'practice',
      group: 'apps',
      version: 'v1',
      resource: 'deployments',
      namespace,
      name: 'crowded',
      subresource: null,
    })
    if (!opened.ok) throw new Error(`not opened: ${opened.problem.code}`)
    const edit = new Editing(bench.client, opened.value)
    const writes = chooseFields(name, random).map(field => {
      const found = new RegExp(`^ {4}${field}: (.*)$`, 'm').exec(edit.text)
      return { field, from: found?.[1] ?? '', to: `${name}-turn-${turn}` }
    })
    let { text } = edit
    for (const { field, from, to } of writes) text = text.replace(`    ${field}: ${from}\n`, `    ${field}: ${to}\n`)
    // Now and then somebody scales, and the autoscaler scales back.
    if (random() < 0.01) text = text.replace(/^ {2}replicas: \d$/m, `  replicas: ${1 + Math.floor(random() * 3)}`)
    await edit.type(text)
    await submit(edit, writes, tally)
    await bench.client.edit.discard({ edit: edit.opened.edit })
  }
}

function chooseFields(writer: string, random: Random): readonly string[] {
  const any = (fields: readonly string[]) => fields[Math.floor(random() * fields.length)] ?? ''
  const fields = [random() < 0.3 ? any(sharedFields) : any(fieldsOf(writer))]
  if (random() < 0.3) fields.push(any([...fieldsOf(writer), ...sharedFields]))
  return [...new Set(fields)]
}

async function submit(edit: Editing, writes: readonly Write[], tally: Tally): Promise<void> {
  const reviewed = await edit.tryReview()
  let submitted = reviewed.ok ? await edit.trySubmit(reviewed.value) : reviewed
  // What came in changed what the server makes of it: the person looks again, and means it.
  for (let again = 0; submitted.ok && submitted.value.kind === 'review-again' && again < 5; again++) {
    tally.reviewedAgain++
    submitted = await edit.trySubmit(submitted.value.review)
  }
  if (submitted.ok && submitted.value.kind === 'saved') {
    tally.writes.push(...writes)
    if (submitted.value.attempts > 1) tally.retried++
    if (submitted.value.guard === 'value') tally.byValue++
  } else if (!submitted.ok && submitted.problem.code === 'merge-conflict') tally.conflicts++
  else {
    const code = submitted.ok ? submitted.value.kind : submitted.problem.code
    tally.refused[code] = (tally.refused[code] ?? 0) + 1
  }
}

/** Reads and writes what it read, with the version, as controllers do; a conflict is its own to see. */
async function program(name: string, api: Api, namespace: string, edits: number, random: Random, tally: Tally) {
  for (let turn = 0; turn < edits; turn++) {
    const { annotations, version } = await read(api, namespace)
    const [field = ''] = chooseFields(name, random)
    const to = `${name}-turn-${turn}`
    const body = { metadata: { resourceVersion: version, annotations: { [field]: to } } }
    const path = `${pathOf(namespace)}?fieldManager=program`
    const { status } = await api.send('PATCH', path, 'application/merge-patch+json', body)
    if (status === 200) tally.writes.push({ field, from: annotations[field] ?? '', to })
    else if (status !== 409) throw new Error(`the program was refused: ${status}`)
  }
}

/** Sets fields that are its own, blindly, as a script does. */
async function kubectl(name: string, bench: Workbench, edits: number, random: Random, tally: Tally) {
  const last = new Map(fieldsOf(name).map(field => [field, `first-${field}`]))
  for (let turn = 0; turn < edits; turn++) {
    const field = fieldsOf(name)[Math.floor(random() * own)] ?? ''
    const to = `${name}-turn-${turn}`
    await bench.kubectl('annotate', 'deployment', 'crowded', '--overwrite', `${field}=${to}`)
    tally.writes.push({ field, from: last.get(field) ?? '', to })
    last.set(field, to)
  }
}
