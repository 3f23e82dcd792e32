import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Row } from '../../../contract/browse.ts'
import { kubectl } from '../../practice/kubectl.ts'
import { type Measured, openApp } from '../app.ts'
import type { Delays, Smoothness } from '../in-page.ts'
import { quantile } from '../measure.ts'
import { smoothCells } from './large.ts'
import { processorTimeOf } from './memory.ts'
import { inSightRows } from './pace.ts'
import type { PatchAsk } from './patch-process.ts'
import { type Churned, seamOf, startSeam } from './seam.ts'
import type { Shown } from './seam-rows.ts'
import { crowd, makePods, type World } from './world.ts'

/** What came of changes while the list was looked at. */
type Run = {
  readonly perSecond: number
  readonly seconds: number
  readonly churned: Churned
  /** Seconds until the server had taken the last one. */
  readonly lasted: number
  readonly delays: Delays
  readonly smooth: Smoothness
  /** Processors that the host kept busy. */
  readonly busy: number
  /** Rows in which the list differs from the server in the end, and how long after the last change they were compared. */
  readonly wrong: number
  readonly settled: number
}

/** Changes without pause: a thousand a second replayed at the HTTP seam, two hundred a second made on the real server. */
export async function benchChurn(world: World): Promise<string> {
  const seconds = world.quick ? 10 : 60
  const count = world.quick ? 1_000 : 10_000
  const replayed = await replay(world, 10_000, seconds)
  await makePods(world, count)
  const real = await onServer(world, count, seconds)
  return report(replayed, real, count)
}

async function replay({ practice }: World, count: number, seconds: number): Promise<Run> {
  const seam = await startSeam(practice, { pods: count })
  try {
    const perSecond = 1_000
    const churn = () => seam.churn({ perSecond, seconds })
    return await watched(
      seam.kubeconfigPath,
      '/list/seam/core/v1/pods/_all',
      count,
      { perSecond, seconds },
      churn,
      seam.shown,
    )
  } finally {
    seam.end()
  }
}

async function onServer({ practice }: World, count: number, seconds: number): Promise<Run> {
  const perSecond = 200
  const { folder, url } = seamOf(practice)
  const churn = async () => {
    const child = fork(new URL('./patch-process.ts', import.meta.url), {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.send({ folder, url, count, perSecond, seconds } satisfies PatchAsk)
    const [churned] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(code => Promise.reject(new Error(`the writer ended: ${code}`))),
    ])
    return churned as Churned
  }
  const shown = async () => {
    const columns = '-o=custom-columns=NAME:.metadata.name,REASON:.status.reason'
    const told = await kubectl(practice, ['get', 'pods', '-n', crowd, '--no-headers', columns])
    return told
      .trim()
      .split('\n')
      .map((line): Shown => {
        const [name = '', reason = ''] = line.split(/\s+/)
        return [name, reason === '<none>' ? 'Running' : reason]
      })
  }
  return watched(
    practice.kubeconfigPath,
    `/list/practice/core/v1/pods/${crowd}`,
    count,
    { perSecond, seconds },
    churn,
    shown,
  )
}

async function watched(
  kubeconfig: string,
  address: string,
  count: number,
  pace: { readonly perSecond: number; readonly seconds: number },
  churn: () => Promise<Churned>,
  shown: () => Promise<readonly Shown[]>,
): Promise<Run> {
  const app = await openApp(kubeconfig, address)
  try {
    await app.page.locator(`[role=grid][aria-rowcount="${count + 1}"]`).waitFor()
    await app.page.getByText('Live', { exact: true }).first().waitFor()
    await app.page.evaluate(() => window.bench.startChanges())
    const [began, used] = [performance.now(), processorTimeOf(app.pid)]
    let churned: Churned = { changes: 0, inSight: [] }
    const smooth = await app.during(async () => {
      churned = await churn()
    })
    const lasted = (performance.now() - began) / 1_000
    const busy = (processorTimeOf(app.pid) - used) / lasted
    const end = await compare(app, shown)
    // More rows than those may be on screen.
    const numbers = new Set(churned.inSight)
    const delays = (await app.page.evaluate(() => window.bench.stopChanges())).filter(([number]) => numbers.has(number))
    return { ...pace, churned, lasted, delays, smooth, busy, ...end }
  } finally {
    await app.end()
  }
}

/** Compares the page's list with the server's until they are equal, for ten seconds at most. */
async function compare(app: Measured, shown: () => Promise<readonly Shown[]>) {
  const there = new Map(await shown())
  const began = performance.now()
  for (;;) {
    const settled = performance.now() - began
    const wrong = differing(await app.rows(), there)
    if (wrong === 0 || settled > 10_000) return { wrong, settled }
    await delay(100)
  }
}

function differing(rows: readonly Row[], there: ReadonlyMap<string, string>): number {
  const wrong = rows.filter(({ name, cells }) => there.get(name) !== cells[2]).length
  return wrong + Math.abs(rows.length - there.size)
}

function report(replayed: Run, real: Run, count: number): string {
  const line = (what: string, of: (run: Run) => string, goal: string) =>
    `| ${what} | ${of(replayed)} | ${of(real)} | ${goal} |`
  const seen = ({ delays }: Run) => delays.map(([, milliseconds]) => milliseconds)
  const within = (run: Run) => (seen(run).filter(milliseconds => milliseconds <= 250).length / seen(run).length) * 100
  return `### Changes without pause

For ${replayed.seconds} s: ${replayed.perSecond.toLocaleString('en')} changes a second of 10,000 rows, replayed at the HTTP seam by another process; and ${real.perSecond} a second
of ${count.toLocaleString('en')} pods, asked of the real server by another process. Each change writes its number and the time at which it is sent into the Status
cell; a visible one counts as seen in the frame after it came into the page, so the server's own work is in its time. One in twenty is of the first ${inSightRows} rows. Headlamp at 200 a second: 7.8 frames a second, 43 s behind.

| measure | replayed | real server | goal |
|---|---|---|---|
${line('changes made; a second', run => `${run.churned.changes.toLocaleString('en')}; ${(run.churned.changes / run.lasted).toFixed(0)}`, '')}
${line('of rows on screen; of them drawn, before the next one of the same row', run => `${run.churned.inSight.length}; ${run.delays.length}`, '')}
${line('changes visible within 250 ms', run => `${within(run).toFixed(1)} %`, '99 %')}
${line('until visible, ms: median, 99 %, longest', run => [0.5, 0.99, 1].map(part => quantile(seen(run), part).toFixed(0)).join(', '), '')}
${line('rows that differ from the server in the end', run => String(run.wrong), '0')}
${line('equal to the server after the last change, ms', run => run.settled.toFixed(0), '')}
${line('processors that the host keeps busy', run => run.busy.toFixed(2), '')}

| while it changes | frames a second (goal: 55) | 99 % of frames within, ms | longest frame, ms | tasks over 50 ms |
|---|---|---|---|---|
| replayed | ${smoothCells(replayed.smooth)} |
| real server | ${smoothCells(real.smooth)} |`
}
