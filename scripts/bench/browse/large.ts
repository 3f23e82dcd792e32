import { setTimeout as delay } from 'node:timers/promises'
import { type Measured, openApp } from '../app.ts'
import type { Smoothness } from '../in-page.ts'
import { quantile } from '../measure.ts'
import { forgetPeak, memoryOf } from './memory.ts'
import { startSeam } from './seam.ts'
import type { World } from './world.ts'

/** A hundred thousand pods in one list, replayed at the HTTP seam: a real server takes minutes to be given so many. */
export async function benchLarge(world: World): Promise<string> {
  const count = world.quick ? 20_000 : 100_000
  const seam = await startSeam(world.practice, { pods: count })
  const app = await openApp(seam.kubeconfigPath, '/list/seam/core/v1/nodes/_all').catch((error: unknown) => {
    seam.end()
    throw error
  })
  try {
    const opened = await open(app, count)
    const worked = await work(app, count)
    const rest = await app.during(() => delay(3_000))
    const scrolled = await app.during(() => scroll(app))
    const ends = await app.during(() => jump(app, world.quick ? 4 : 12))
    const memory = { ...memoryOf(app.pid), renderer: await app.heap() }
    return report(count, opened, worked, { rest, scrolled, ends }, memory)
  } finally {
    await app.end()
    seam.end()
  }
}

async function open({ page, list, pid, until }: Measured, count: number) {
  await list.getByRole('gridcell').first().waitFor()
  forgetPeak(pid)
  const pods = page.getByRole('link', { name: 'Pods', exact: true }).first()
  const [first = Number.NaN, all = Number.NaN] = await until(
    () => pods.click(),
    { kind: 'screen', rows: 20 },
    { kind: 'holds', rows: count },
  )
  return { first, all }
}

type Worked = { readonly what: string; readonly times: readonly number[] }

/** Filters and sorts as a person does, each some times, and back. */
async function work({ page, until }: Measured, count: number): Promise<readonly Worked[]> {
  const filter = page.getByRole('searchbox', { name: 'Filter' })
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true }).getByRole('button')
  const [last, first] = [count - 1, 0].map(index => `pod-${String(index).padStart(6, '0')}`)
  const filtered: number[] = []
  const unfiltered: number[] = []
  const sorted: number[] = []
  for (const word of ['space-7 77', 'pod-0099', 'running 77', 'space-3', 'pod 5151']) {
    filtered.push(...(await until(() => filter.fill(word), { kind: 'holds-other', rows: count })))
    unfiltered.push(...(await until(() => filter.fill(''), { kind: 'holds', rows: count })))
  }
  for (let turn = 0; turn < 5; turn++) {
    // The first click's order is the server's own: nothing moves.
    await head('Name').click()
    sorted.push(...(await until(() => head('Name').click(), { kind: 'first', name: last ?? '' })))
    // A third click takes the order away.
    await until(() => head('Name').click(), { kind: 'first', name: first ?? '' })
  }
  return [
    { what: 'filtered, from the last character typed', times: filtered },
    { what: 'the filter taken away', times: unfiltered },
    { what: 'sorted by a click', times: sorted },
  ]
}

/** Turns the wheel for some seconds, faster than anyone reads. */
async function scroll({ list, session }: Measured): Promise<void> {
  const box = await list.boundingBox()
  if (box === null) throw new Error('the list is not on screen')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  for (const yDistance of [-12_000, 12_000])
    await session.send('Input.synthesizeScrollGesture', {
      ...middle,
      yDistance,
      speed: 3_000,
      gestureSourceType: 'mouse',
    })
}

/** From one end of the list to the other, by keys. */
async function jump({ page, list }: Measured, times: number): Promise<void> {
  await list.focus()
  for (let time = 0; time < times; time++) {
    await page.keyboard.press(time % 2 === 0 ? 'End' : 'Home')
    await delay(250)
  }
}

/** A while's frames a second, its longest frame, and its tasks over 50 ms, as a table's cells. */
export function smoothCells({ frames, tasks }: Smoothness): string {
  const whole = frames.reduce((sum, frame) => sum + frame, 0)
  const rate = (frames.length / whole) * 1_000
  const longest = tasks.length === 0 ? 'none' : `${tasks.length}, the longest ${Math.max(...tasks).toFixed(0)} ms`
  return `${rate.toFixed(1)} | ${quantile(frames, 0.99).toFixed(0)} | ${Math.max(...frames).toFixed(0)} | ${longest}`
}

function report(
  count: number,
  opened: { readonly first: number; readonly all: number },
  worked: readonly Worked[],
  smooth: { readonly rest: Smoothness; readonly scrolled: Smoothness; readonly ends: Smoothness },
  memory: { readonly now: number; readonly peak: number; readonly renderer: number },
): string {
  const row = ({ what, times }: Worked) =>
    `| ${what}, ms | ${quantile(times, 0.5).toFixed(0)} | ${Math.max(...times).toFixed(0)} | under 300 |`
  return `### ${count.toLocaleString('en')} pods in one list

Replayed at the HTTP seam by another process, in the form and with the bytes of a real server's rows. A filter is told to the host
70 ms after the last character typed, which counts.

| measure | median | longest | goal |
|---|---|---|---|
| first screen, ms | ${opened.first.toFixed(0)} | | under 300 |
| all rows there, ms | ${opened.all.toFixed(0)} | | |
${worked.map(row).join('\n')}
| page's heap, MB | ${memory.renderer.toFixed(0)} | | under 100 |
| host's memory, now and at its peak, MB | ${memory.now.toFixed(0)} | ${memory.peak.toFixed(0)} | under 400 |

| in all this list | frames a second | 99 % of frames within, ms | longest frame, ms | tasks over 50 ms (goal: none) |
|---|---|---|---|---|
| at rest, for comparison | ${smoothCells(smooth.rest)} |
| the wheel turned at 3,000 pixels a second | ${smoothCells(smooth.scrolled)} |
| from end to end by keys, four times a second | ${smoothCells(smooth.ends)} |`
}
