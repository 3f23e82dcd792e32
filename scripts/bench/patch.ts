import { cpus, loadavg } from 'node:os'
import { type Json, type JsonObject, parseJson, printJson } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicPatch,
  createJsonPatch,
  createMergePatch,
  createStrategicPatch,
  type PatchSchema,
  printJsonPatch,
} from '../../core/patch/index.ts'
import { openOracle } from '../oracle/open.ts'
import type { Oracle } from '../oracle/process.ts'
import { quantile, type Series } from './measure.ts'
import { type Edited, editedObjects } from './patch-objects.ts'

const rounds = 25
const warmUps = 2
/** How long ours works in a round. Go makes as many runs, but for a limit: it parses what it will change for each beforehand. */
const roundMilliseconds = 8
const roundBytes = 5_000_000

/** One of Go's functions (`scripts/oracle/time.go`) and ours, on the same two texts. */
type Work = {
  readonly name: string
  readonly label: string
  readonly first: string
  readonly second: string
  readonly run: () => unknown
}

type Measured = { readonly edited: Edited; readonly work: Work; readonly ours: Series; readonly go: Series }

/** Patches created and applied, ours and by Kubernetes' Go code, taking turns; Go is timed inside its process. */
export async function benchPatch(): Promise<string> {
  const { oracle, schemas, end } = await openOracle()
  try {
    const measured: Measured[] = []
    for (const edited of editedObjects) {
      const schema = schemas.get(edited.kind)
      if (schema === undefined) throw new Error(`no schema for ${edited.kind}`)
      for (const work of worksOf(edited, schema)) measured.push({ edited, work, ...(await race(oracle, edited, work)) })
    }
    return report(measured)
  } finally {
    await end()
  }
}

function worksOf({ from, to }: Edited, schema: PatchSchema): readonly Work[] {
  const strategic = must(createStrategicPatch(from, to, schema))
  const operations = must(createJsonPatch(from, to, { guarded: true, schema }))
  const [first, second, patch] = [from, to, strategic].map(value => printJson(value))
  const texts = { first: first ?? '', second: second ?? '' }
  const applied = { ...texts, second: patch ?? '' }
  const merged = { ...texts, second: printJson(must(createMergePatch(from, to))) }
  const operated = { ...texts, second: printJsonPatch(operations) }
  // Each side has parsed them: the strings inside are then no parts of what made them.
  const [a, b, c] = [read(texts.first), read(texts.second), read(applied.second)]
  return [
    {
      name: 'createStrategicOfValues',
      label: 'strategic, create',
      ...texts,
      run: () => createStrategicPatch(a, b, schema),
    },
    {
      name: 'applyStrategicOfValues',
      label: 'strategic, apply',
      ...applied,
      run: () => applyStrategicPatch(a, c, schema),
    },
    onTexts('createStrategic', 'strategic, create, from text', texts, (a, b) => createStrategicPatch(a, b, schema)),
    onTexts('applyStrategic', 'strategic, apply, from text', applied, (a, b) => applyStrategicPatch(a, b, schema)),
    onTexts('createMerge', 'merge, create, from text', texts, createMergePatch),
    onTexts('applyMerge', 'merge, apply, from text', merged, applyMergePatch),
    {
      name: 'applyOperations',
      label: 'JSON Patch, apply, from text',
      ...operated,
      run: () => printJson(must(applyJsonPatch(read(operated.first), must(parseJson(operated.second))))),
    },
  ]
}

type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: { readonly code: string } }

function onTexts(
  name: string,
  label: string,
  texts: { readonly first: string; readonly second: string },
  work: (first: JsonObject, second: JsonObject) => Answer<Json>,
): Work {
  return { name, label, ...texts, run: () => printJson(must(work(read(texts.first), read(texts.second)))) }
}

function read(text: string): JsonObject {
  const value = must(parseJson(text))
  if (!isObject(value)) throw new Error('not an object')
  return value
}

function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.problem.code)
  return answer.value
}

/** The mean time of a run in each round. */
async function race(oracle: Oracle, { kind }: Edited, work: Work): Promise<{ ours: Series; go: Series }> {
  const ours: number[] = []
  const go: number[] = []
  // The engine compiles what runs often; only then it tells how many runs fill a round.
  runsWithin(20 * roundMilliseconds, work)
  const runs = runsWithin(roundMilliseconds, work)
  const { first, second } = work
  const goRuns = Math.min(runs, Math.ceil(roundBytes / (first.length + second.length)))
  const request = `{"time":{"work":"${work.name}","kind":"${kind}","first":${first},"second":${second},"runs":${goRuns}}}`
  for (let round = 0; round < rounds + warmUps; round++) {
    const [mine, theirs] = [timeRuns(runs, work), await timeGo(oracle, request)]
    if (round < warmUps) continue
    ours.push(mine)
    go.push(theirs)
  }
  return { ours, go }
}

function runsWithin(milliseconds: number, { run }: Work): number {
  const began = performance.now()
  let runs = 0
  do {
    run()
    runs++
  } while (performance.now() - began < milliseconds)
  return runs
}

function timeRuns(runs: number, { run }: Work): number {
  const began = performance.now()
  for (let i = 0; i < runs; i++) run()
  return (performance.now() - began) / runs
}

async function timeGo(oracle: Oracle, request: string): Promise<number> {
  const [answer] = await oracle.ask(request, 1)
  const nanoseconds = isObject(answer) ? answer.nanoseconds : null
  if (typeof nanoseconds !== 'number') throw new Error('the oracle has not timed')
  return nanoseconds / 1e6
}

function report(measured: readonly Measured[]): string {
  const rows = measured.map(({ edited, work, ours, go }) => {
    const times = [ours, go].map(series => milliseconds(median(series)))
    const ratios = [median(go) / median(ours), Math.min(...go) / Math.min(...ours)].map(ratio => ratio.toFixed(1))
    return `| ${[edited.name, work.label, ...times, ...ratios].join(' | ')} |`
  })
  const slower = measured.filter(({ ours, go }) => Math.min(...ours) > Math.min(...go)).length
  const [load = 0] = loadavg()
  return `## Patches, against Kubernetes' own code

Ours on Node ${process.versions.node} and Go's \`strategicpatch\` (rules found by the Go type, as kubectl finds them) and
\`evanphx/json-patch\`, on the same objects, taking turns on one machine with ${cpus().length} cores; Go is timed inside its
process. Medians of ${rounds} rounds, and the ratio of both sides' fastest rounds, which other work on the machine
disturbs least (load ${load.toFixed(0)}). "From text" reads both and prints the answer. Go has no merge patch of parsed values.

| object | work | ours, ms | Go, ms | times as fast | fastest rounds |
|---|---|---|---|---|---|
${rows.join('\n')}

Slower than Go, by the fastest rounds: ${slower} of ${measured.length} (goal: none).

${linearity(measured)}`
}

function median(series: Series): number {
  return quantile(series, 0.5)
}

function linearity(measured: readonly Measured[]): string {
  const labels = [
    'strategic, create',
    'strategic, apply',
    'strategic, create, from text',
    'strategic, apply, from text',
  ]
  const times = labels.map(name =>
    measured.filter(({ work, edited }) => work.label === name && edited.name.startsWith('Deployment')),
  )
  const rows = times.map(series => {
    const [, ten, hundred, thousand] = series.map(({ ours }) => Math.min(...ours))
    const grown = [hundred, thousand].map(time => ((time ?? Number.NaN) / (ten ?? Number.NaN)).toFixed(0))
    return `| ${series[0]?.work.label} | ${grown.join(' | ')} |`
  })
  return `How many times as long ours takes as on a Deployment of 10 containers, by the fastest rounds:

| work | 10 times as many | 100 times as many |
|---|---|---|
${rows.join('\n')}`
}

function milliseconds(value: number): string {
  return value < 0.1 ? value.toFixed(4) : value < 1 ? value.toFixed(3) : value.toFixed(2)
}
