import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { EditState } from '../../../../contract/edit.ts'
import type { Submitted } from '../../../../contract/review.ts'
import type { WriteChoice } from '../../../../contract/strategy.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { metadataOf } from '../../../../core/object.ts'
import { valueAt } from '../../../../core/path.ts'
import type { Result } from '../../../../core/problem.ts'
import { openApi } from '../../../../scripts/soak/api.ts'
import { type FaultProxy, startFaultProxy } from '../../../fault-proxy/fault-proxy.ts'
import { type Fault, type Match, statusBody } from '../../../fault-proxy/faults.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { Editing, openWorkbench, type Workbench } from './workbench.ts'

// Each fault at each step of an edit: it is done, refused by name, or plainly in doubt; never lost, and never done twice.

type Row = readonly [step: string, fault: string | number, outcome: string, writes: number]
const rows: readonly Row[] = parse(readFileSync(new URL('../../../tables/outcomes.yaml', import.meta.url), 'utf8'))

const refusals: Readonly<Record<number, string>> = {
  401: statusBody(401, 'Unauthorized', 'Unauthorized'),
  409: statusBody(409, 'Conflict', 'Operation cannot be fulfilled on configmaps "x": the object has been modified'),
  410: statusBody(410, 'Expired', 'The resourceVersion is too old'),
  429: statusBody(429, 'TooManyRequests', 'Too many requests, please try again later.'),
  500: statusBody(500, 'InternalError', 'Internal error occurred: something broke'),
  502: '<html>Bad Gateway</html>',
  503: statusBody(503, 'ServiceUnavailable', 'error trying to reach service: EOF'),
  504: '<html>Gateway Time-out</html>',
}

/** A fault of the table as the proxy does it. */
function faultOf(words: string): Fault {
  const [first = '', second] = words.split(' ')
  const when = second === 'after' ? 'after' : 'before'
  if (first === 'cut') return { kind: 'cut', when }
  if (first === 'truncate') return { kind: 'truncate' }
  if (first === 'delay') return { kind: 'delay', milliseconds: 300 }
  if (first === 'restart') return { kind: 'restart', when, milliseconds: 1_500 }
  if (first === 'gone') return { kind: 'restart', when, milliseconds: 3_600_000 }
  if (words === 'busy for long') return { ...faultAnswer(429), headers: { 'retry-after': '90' } }
  return {
    ...faultAnswer(Number(first), when),
    ...(second === 'retry-after' ? { headers: { 'retry-after': '1' } } : {}),
  }
}

function faultAnswer(status: number, when: 'before' | 'after' = 'before') {
  return { kind: 'answer', when, status, body: refusals[status] ?? '' } as const
}

/** How a step writes. */
const choices: Readonly<Record<string, Partial<WriteChoice>>> = {
  'submit json': { strategy: 'json' },
  'submit value': { guard: 'value' },
  'submit merge': { strategy: 'merge' },
  'submit none': { guard: 'none' },
  'submit replace': { strategy: 'replace' },
}

/** What is edited, as it is made, changed and looked at; `endpoint` is what the faults meet below its path. */
type Edited = {
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly endpoint: string
  readonly object: JsonObject
  readonly change: (edit: Editing) => Promise<unknown>
  readonly isChanged: (object: JsonObject) => boolean
}

const configMap: Edited = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  endpoint: '',
  object: { apiVersion: 'v1', kind: 'ConfigMap', data: { mine: 'before', theirs: '1' } },
  change: edit => edit.replace('mine: before', 'mine: after'),
  isChanged: object => valueAt(object, ['data', 'mine']) === 'after',
}

const app = { metadata: { labels: { app: 'x' } } }

/** Its label goes to the object, its status to the endpoint that takes it. */
const inTwoSteps: Edited = {
  group: 'apps.kruise.io',
  version: 'v1alpha1',
  resource: 'statefulsets',
  endpoint: '/status',
  object: {
    apiVersion: 'apps.kruise.io/v1alpha1',
    kind: 'StatefulSet',
    ...app,
    spec: {
      serviceName: 'x',
      selector: { matchLabels: { app: 'x' } },
      template: { ...app, spec: { containers: [{ name: 'x', image: 'x' }] } },
    },
  },
  change: edit =>
    edit.type(`${edit.text.replace('labels:\n', 'labels:\n    mine: after\n').trimEnd()}\nstatus:\n  replicas: 7\n`),
  isChanged: object => valueAt(object, ['status', 'replicas']) === 7,
}

/** A host behind a proxy of its own: a cut is a cut for all that goes through it. */
type Lane = { readonly bench: Workbench; readonly proxy: FaultProxy }

const practice = await practiceForTests()
const api = openApi(practice)
const free: Lane[] = []
const lanes: Lane[] = []
const waiting: ((lane: Lane) => void)[] = []

beforeAll(async () => {
  const open = async (): Promise<Lane> => {
    const proxy = await startFaultProxy(practice)
    const bench = await openWorkbench('outcomes', { seeded: false, on: practice, kubeconfig: proxy.kubeconfigPath })
    return { proxy, bench }
  }
  lanes.push(...(await Promise.all([open(), open(), open(), open(), open()])))
  free.push(...lanes)
  await lanes[0]?.bench.kubectl('create', 'namespace', lanes[0].bench.namespace)
}, 120_000)
afterAll(async () => {
  await Promise.all(
    lanes.map(async ({ bench, proxy }) => {
      await bench.end()
      await proxy.end()
    }),
  )
  api.end()
  await practice.stop()
})

async function inLane(work: (lane: Lane) => Promise<void>): Promise<void> {
  const lane = free.pop() ?? (await new Promise<Lane>(resolve => waiting.push(resolve)))
  try {
    await work(lane)
  } finally {
    lane.proxy.heal()
    await lane.proxy.mend()
    const next = waiting.shift()
    if (next === undefined) free.push(lane)
    else next(lane)
  }
}

test.concurrent.each(rows)('%s, %s: %s', (step, fault, outcome, writes) =>
  inLane(async lane => {
    const words = String(fault)
    const edited = step === 'second step' ? inTwoSteps : configMap
    const edit = new Run(lane, `${step} ${words}`.replaceAll(/\W/g, '-'), edited, choices[step] ?? {})
    expect(await edit.until(step, faultOf(words))).toBe(outcome)
    lane.proxy.heal()
    await lane.proxy.mend()
    await edit.finish()
    expect(edit.writes()).toBe(writes)
    expect(await edit.isStored()).toBe(true)
  }),
)

/** One edit of an object of its own, from open to saved. */
class Run {
  readonly lane: Lane
  readonly name: string
  readonly edited: Edited
  readonly choice: Partial<WriteChoice>
  readonly namespace = lanes[0]?.bench.namespace ?? ''
  edit: Editing | null = null
  isTyped = false

  constructor(lane: Lane, name: string, edited: Edited, choice: Partial<WriteChoice>) {
    this.lane = lane
    this.name = name
    this.edited = edited
    this.choice = choice
  }

  /** Goes on to a step, with the fault in it, and tells how that ends. */
  async until(step: string, fault: Fault): Promise<string> {
    const { proxy } = this.lane
    const { name } = this
    const patch: Match = { method: 'PATCH', path: `${name}${this.edited.endpoint}`, dryRun: false }
    await this.make()
    if (step === 'open') {
      proxy.inject({ method: 'GET', path: name }, fault, 1)
      return this.open()
    }
    if (step === 'watch') {
      proxy.inject({ watch: true }, fault, 1)
      await this.open()
      return this.seesOthers()
    }
    await this.open()
    if (step === 'create') {
      await this.beginCreation()
      proxy.inject({ method: 'POST', path: 'configmaps', dryRun: false }, fault, 1)
      return this.send()
    }
    await this.type()
    if (step === 'second step') await this.takeFirstStep()
    if (step === 'read') proxy.inject({ method: 'GET', path: name }, fault, 1)
    // The first request of each kind: the empty patch goes out beside the edit's own.
    else if (step === 'dry run') proxy.inject({ method: 'PATCH', path: name, dryRun: true }, fault, 1)
    else if (step === 'settle') {
      proxy.inject(patch, { kind: 'cut', when: 'after' }, 1)
      proxy.inject({ method: 'GET', path: name }, fault, 1)
      return this.send({ afterReview: true })
    } else proxy.inject(this.choice.strategy === 'replace' ? { ...patch, method: 'PUT' } : patch, fault, 1)
    return this.send()
  }

  /** After a problem, as a person does: review and submit once more. */
  async finish(): Promise<void> {
    if (this.edit === null) await this.open()
    if (!this.isTyped) await this.type()
    if (this.writes() > 0 && (await this.isStored())) return
    expect(await this.send()).toBe('saved in 1')
  }

  /** How often the server took a real write of this object. */
  writes(): number {
    return this.lane.proxy.requests.filter(
      ({ method, path, body, query, status }) =>
        method !== 'GET' &&
        !query.has('dryRun') &&
        (status ?? 500) < 300 &&
        (path.endsWith(`/${this.name}${this.edited.endpoint}`) ||
          (path.endsWith('/configmaps') && body.includes(`"${this.name}"`))),
    ).length
  }

  async isStored(): Promise<boolean> {
    return this.edited.isChanged(JSON.parse(await this.call('GET', `/${this.name}`)))
  }

  /** As another writer, past the proxy. */
  private async call(method: string, below: string, body?: unknown): Promise<string> {
    const { group, version, resource } = this.edited
    const root = group === '' ? '/api' : `/apis/${group}`
    const path = `${root}/${version}/namespaces/${this.namespace}/${resource}${below}`
    const answer = await api.send(
      method,
      path,
      method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      body,
    )
    if (answer.status >= 300) throw new Error(answer.body)
    return answer.body
  }

  private async make(): Promise<void> {
    const { object } = this.edited
    await this.call('POST', '', { ...object, metadata: { ...metadataOf(object), name: this.name } })
  }

  private async open(): Promise<string> {
    const { client } = this.lane.bench
    const { group, version, resource } = this.edited
    const at = { group, version, resource, namespace: this.namespace, name: this.name }
    const opened = await client.edit.open({ context: 'practice', ...at, subresource: null })
    if (!opened.ok) return opened.problem.code
    this.edit = new Editing(client, opened.value)
    return 'done'
  }

  private get editing(): Editing {
    if (this.edit === null) throw new Error('nothing is open')
    return this.edit
  }

  private async type(): Promise<void> {
    await this.edited.change(this.editing)
    this.isTyped = true
  }

  private async takeFirstStep(): Promise<void> {
    await this.editing.goOn(await this.editing.submit(await this.editing.review()))
  }

  private async seesOthers(): Promise<string> {
    await this.call('PATCH', `/${this.name}`, { data: { theirs: '2' } })
    await this.stateWhere(state => state.others.length > 0)
    return 'done'
  }

  private async stateWhere(isIt: (state: EditState) => boolean): Promise<void> {
    const { client, opened } = this.editing
    const ended = new AbortController()
    const states = await client.edit.watch({ edit: opened.edit }, { signal: ended.signal })
    for await (const state of states) if (isIt(state)) break
    ended.abort()
  }

  private async beginCreation(): Promise<void> {
    await this.type()
    await this.call('DELETE', `/${this.name}`)
    const { client, opened } = this.editing
    const recreated = await client.edit.recreate({ edit: opened.edit })
    if (!recreated.ok) throw new Error(recreated.problem.code)
    this.edit = new Editing(client, recreated.value)
  }

  private async send({ afterReview = false } = {}): Promise<string> {
    const { proxy } = this.lane
    // A fault of the settling reads must not meet the review's.
    const held = afterReview ? proxy.hold() : null
    const review = await this.editing.tryReview(this.choice)
    if (!review.ok) return review.problem.code
    held?.()
    if (!review.value.changesAnything) return 'nothing to send'
    const submitting = this.editing.trySubmit(review.value)
    const { client, opened } = this.editing
    // Of a server that does not come back nobody waits to hear: the person stops it once it looks for the outcome.
    const giveUp = this.name.includes('gone')
      ? this.stateWhere(({ submitting: now }) => now?.kind === 'settling').then(() =>
          client.edit.stopSubmit({ edit: opened.edit }),
        )
      : null
    const outcome = outcomeOf(await submitting)
    await giveUp
    return outcome
  }
}

function outcomeOf(submitted: Result<Submitted>): string {
  if (!submitted.ok) return submitted.problem.code
  return submitted.value.kind === 'saved' ? `saved in ${submitted.value.attempts}` : submitted.value.kind
}
