import { cpus, loadavg } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parse, stringify } from 'yaml'
import { type JsonObject, printJson } from '../../core/json.ts'
import { type ClusterIdentity, isObject, type ObjectRef } from '../../core/object.ts'
import { plainView } from '../../core/view.ts'
import { printYaml, readYaml } from '../../core/yaml.ts'
import { nothingKnown } from '../../electron/host/editing/schema.ts'
import { createWork, type Work } from '../../electron/host/editing/work.ts'
import { openOracle } from '../oracle/open.ts'
import type { Oracle } from '../oracle/process.ts'
import { quantile, type Series } from './measure.ts'

const rounds = 7
const warmUps = 2

type Sample = { readonly name: string; readonly object: JsonObject; readonly text: string }
type Measured = {
  readonly sample: Sample
  readonly read: Readonly<Record<'ours' | 'npm' | 'go', Series>>
  readonly print: Readonly<Record<'ours' | 'npm' | 'go', Series>>
  readonly stalls: Series
}

/** YAML read and printed: ours, the npm package and Go taking turns; and how long the app stands still meanwhile. */
export async function benchYaml(): Promise<string> {
  const { oracle, end } = await openOracle()
  const work = createWork()
  try {
    const measured: Measured[] = []
    for (const sample of samples()) measured.push(await measure(oracle, work, sample))
    return report(measured)
  } finally {
    await work.end()
    await end()
  }
}

function samples(): readonly Sample[] {
  const line = (i: number) => `  setting ${i} = "a value of some length, with 'quotes' in it"\n`
  const configMap = (size: number): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'default' },
    data: { 'settings.conf': Array.from({ length: Math.round(size / line(1000).length) }, (_, i) => line(i)).join('') },
  })
  const variables = (lines: number): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      containers: [
        { name: 'web', env: Array.from({ length: lines / 2 }, (_, i) => ({ name: `V_${i}`, value: `value ${i}` })) },
      ],
    },
  })
  return [
    ['ConfigMap, one block scalar, 100 kB', configMap(100_000)] as const,
    ['ConfigMap, one block scalar, 1 MiB', configMap(1_048_576)] as const,
    ['Pod, 5,000 lines', variables(5000)] as const,
    ['Pod, 54,000 lines', variables(54_000)] as const,
  ].map(([name, object]) => ({ name, object, text: printYaml(object) }))
}

async function measure(oracle: Oracle, work: Work, sample: Sample): Promise<Measured> {
  const { object, text } = sample
  const read = { ours: [] as number[], npm: [] as number[], go: [] as number[] }
  const print = { ours: [] as number[], npm: [] as number[], go: [] as number[] }
  const stalls: number[] = []
  for (let round = 0; round < rounds + warmUps; round++) {
    const times = {
      read: [
        milliseconds(() => readYaml(text)),
        milliseconds(() => parse(text)),
        await timeGo(oracle, 'readYaml', text),
      ],
      print: [
        milliseconds(() => printYaml(object)),
        milliseconds(() => stringify(object)),
        await timeGo(oracle, 'printYaml', object),
      ],
    }
    const stall = await longestStall(work, sample, round)
    if (round < warmUps) continue
    for (const [series, all] of [[read, times.read] as const, [print, times.print] as const]) {
      for (const [index, side] of (['ours', 'npm', 'go'] as const).entries())
        series[side].push(all[index] ?? Number.NaN)
    }
    stalls.push(stall)
  }
  return { sample, read, print, stalls }
}

function milliseconds(run: () => unknown): number {
  const began = performance.now()
  run()
  return performance.now() - began
}

async function timeGo(oracle: Oracle, name: string, first: JsonObject | string): Promise<number> {
  const time = { work: name, kind: '/v1/ConfigMap', first, second: null, runs: 1 }
  const [answer] = await oracle.ask(printJson({ time }), 1)
  const nanoseconds = isObject(answer) ? answer.nanoseconds : null
  if (typeof nanoseconds !== 'number') throw new Error('the oracle has not timed')
  return nanoseconds / 1e6
}

/** The longest that the host's event loop stands still while a text is read and its object printed as the app does both. */
async function longestStall(work: Work, { object, text }: Sample, round: number): Promise<number> {
  const size = text.length
  const options = { kindSchema: nothingKnown, size, signal: AbortSignal.timeout(60_000) }
  // Another text each time: the last one's reading is kept.
  const input = {
    text: `${text}# ${round}\n`,
    view: plainView,
    ref: refOf(object),
    near: null,
    of: { kind: 'create' },
  } as const
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const edited = await work.run('readEdited', input, options)
  await work.run('print', { object, view: plainView }, options)
  delay.disable()
  if (!edited.ok) throw new Error(edited.problem.code)
  return delay.max / 1e6
}

function refOf({ kind, metadata }: JsonObject): ObjectRef {
  const { name, namespace } = isObject(metadata) ? metadata : {}
  return {
    // No cluster is asked.
    cluster: 'bench' as ClusterIdentity,
    group: '',
    version: 'v1',
    resource: `${String(kind).toLowerCase()}s`,
    kind: String(kind),
    namespace: String(namespace),
    name: String(name),
    uid: '',
  }
}

function report(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ sample, read, print, stalls }) =>
    [['read', read] as const, ['print', print] as const].map(([what, { ours, npm, go }]) => {
      const times = [ours, npm, go].map(series => quantile(series, 0.5).toFixed(1))
      const ratios = [npm, go].map(series => (Math.min(...series) / Math.min(...ours)).toFixed(1))
      const stall = what === 'read' ? quantile(stalls, 0.5).toFixed(1) : ''
      return `| ${[sample.name, what, ...times, ...ratios, stall].join(' | ')} |`
    }),
  )
  const [load = 0] = loadavg()
  return `## YAML, against the npm package and Go

Texts read to values and values printed, on Node ${process.versions.node}: ours, npm's \`yaml\` and Go's \`sigs.k8s.io/yaml\`, taking turns
in one run on one machine with ${cpus().length} cores (load ${load.toFixed(0)}). Medians of ${rounds} rounds in milliseconds; the ratios are of the
fastest rounds, which other work disturbs least. Ours also finds the place of every field, and refuses repeated keys.
The stall is the longest time in which the host's event loop did nothing else while the app read the text and printed the object
(in its worker): the median of the rounds.

| object | work | ours | npm \`yaml\` | Go | times as fast as npm | as Go | longest stall |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}`
}
