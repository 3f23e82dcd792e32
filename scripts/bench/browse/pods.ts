import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Access } from '../../practice/access.ts'
import { type Measured, openApp } from '../app.ts'
import { quantile } from '../measure.ts'
import { followPeak, forgetPeak, memoryOf } from './memory.ts'
import { crowd, makePods, podName, type World } from './world.ts'

/** What each way to list the pods took: milliseconds, and megabytes. */
type Round = {
  readonly first: number
  readonly all: number
  readonly sort: number
  readonly grown: number
  readonly kubectl: number
  readonly kubectlMemory: number
}

/** Ten thousand pods: a click in the app against `kubectl get pods`, in turn. */
export async function benchPods(world: World): Promise<string> {
  const count = world.quick ? 1_000 : 10_000
  await makePods(world, count)
  const app = await openApp(world.practice.kubeconfigPath, `/list/practice/core/v1/configmaps/${crowd}`)
  try {
    const rounds: Round[] = []
    // The first round fills caches on both sides.
    for (let round = 0; round < (world.quick ? 3 : 9); round++) {
      const ours = await openPods(app, count)
      const theirs = await kubectlPods(world.practice)
      if (round > 0) rounds.push({ ...ours, ...theirs })
    }
    return report(rounds, count)
  } finally {
    await app.end()
  }
}

async function openPods({ page, pid, until }: Measured, count: number) {
  const link = (name: string) => page.getByRole('link', { name, exact: true }).first()
  await until(() => link('ConfigMaps').click(), { kind: 'holds', rows: 1 })
  forgetPeak(pid)
  const before = memoryOf(pid).now
  const [first, all] = await until(
    () => link('Pods').click(),
    { kind: 'screen', rows: 20 },
    { kind: 'holds', rows: count },
  )
  const grown = memoryOf(pid).peak - before
  const byName = page.getByRole('columnheader', { name: 'Name', exact: true }).getByRole('button')
  await byName.click()
  const [sort] = await until(() => byName.click(), { kind: 'first', name: podName(count - 1) })
  return { first: known(first), all: known(all), sort: known(sort), grown }
}

function known(milliseconds: number | undefined): number {
  return milliseconds ?? Number.NaN
}

async function kubectlPods({ kubectlPath, kubeconfigPath }: Access) {
  const began = performance.now()
  const child = spawn(
    kubectlPath,
    [`--kubeconfig=${kubeconfigPath}`, '--context=practice', 'get', 'pods', '-n', crowd],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const peak = followPeak(child.pid ?? 0)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`kubectl ended with ${code}`)
  return { kubectl: performance.now() - began, kubectlMemory: peak() }
}

function report(rounds: readonly Round[], count: number): string {
  const middle = (name: keyof Round) =>
    quantile(
      rounds.map(round => round[name]),
      0.5,
    )
  const [kubectl, theirs] = [middle('kubectl'), middle('kubectlMemory')]
  const part = (value: number, whole: number) => `${((value / whole) * 100).toFixed(0)} %`
  return `### ${count.toLocaleString('en')} pods in one namespace

A click on Pods, in turn with \`kubectl get pods\`, ${rounds.length} rounds, medians. The pods are made by kwok on a real API server.
Headlamp 0.45, on another day: 0.78 s to the first 1,000 rows, 10.8 s and nine clicks to all 10,000.

| measure | ours | \`kubectl get pods\` | ours of theirs | goal |
|---|---|---|---|---|
| first screen, ms | ${middle('first').toFixed(0)} | ${kubectl.toFixed(0)} | ${part(middle('first'), kubectl)} | under 100 ms |
| all rows there, ms | ${middle('all').toFixed(0)} | ${kubectl.toFixed(0)} | ${part(middle('all'), kubectl)} | under 17 % |
| sorted by name once there, ms | ${middle('sort').toFixed(0)} | | | |
| memory that the host grows by, at its peak; that of kubectl, MB | ${middle('grown').toFixed(0)} | ${theirs.toFixed(0)} | ${part(middle('grown'), theirs)} | under 25 % |`
}
