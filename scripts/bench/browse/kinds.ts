import { openApp } from '../app.ts'
import { quantile } from '../measure.ts'
import { memoryOf } from './memory.ts'
import { startSeam } from './seam.ts'
import { kindName } from './seam-kinds.ts'
import type { World } from './world.ts'

/** Milliseconds from starting the app to the first rows of a list, and the host's megabytes by then. */
type Start = { readonly started: number; readonly memory: number }

/** Five thousand kinds more: discovery is replayed at the HTTP seam, since so many definitions take 4.9 GB of a real server. */
export async function benchKinds(world: World): Promise<string> {
  const count = world.quick ? 500 : 5_000
  const few = await startSeam(world.practice, {})
  const many = await startSeam(world.practice, { kinds: count })
  try {
    const starts: { readonly few: Start; readonly many: Start }[] = []
    const found: number[] = []
    for (let round = 0; round < (world.quick ? 2 : 5); round++) {
      const before = await startOnce(few.kubeconfigPath)
      const after = await startOnce(many.kubeconfigPath, count, found)
      if (round > 0) starts.push({ few: before, many: after })
    }
    return report(count, starts, found)
  } finally {
    few.end()
    many.end()
  }
}

async function startOnce(kubeconfig: string, kinds = 0, found: number[] = []): Promise<Start> {
  const began = performance.now()
  const { page, list, pid, until, end } = await openApp(kubeconfig, '/list/seam/core/v1/configmaps/default')
  try {
    await list.getByRole('gridcell').first().waitFor()
    const started = performance.now() - began
    // The kinds are there once the sidebar has them.
    await page.getByRole('link', { name: 'Pods', exact: true }).first().waitFor()
    if (kinds > 0) for (const part of [0.1, 0.5, 0.9]) found.push(...(await find(Math.floor(kinds * part))))
    return { started, memory: memoryOf(pid).now }
  } finally {
    await end()
  }

  async function find(number: number): Promise<readonly number[]> {
    await page.keyboard.press('Control+k')
    await page.locator('[role=combobox]:focus').waitFor()
    const name = kindName(number)
    const times = await until(() => page.keyboard.insertText(name.toLowerCase()), { kind: 'entry', words: name })
    await page.keyboard.press('Escape')
    await page.getByRole('combobox').waitFor({ state: 'detached' })
    return times
  }
}

function report(
  count: number,
  starts: readonly { readonly few: Start; readonly many: Start }[],
  found: readonly number[],
): string {
  const middle = (of: (round: (typeof starts)[number]) => number) => quantile(starts.map(of), 0.5)
  const [few, many] = [middle(({ few }) => few.started), middle(({ many }) => many.started)]
  return `### ${count.toLocaleString('en')} kinds of custom resources

A practice API server's discovery with so many kinds more, replayed at the HTTP seam by another process, in turn with the same without
them; ${starts.length} rounds, medians. The time is from starting the app, browser included, to the first rows of a list.

| measure | as it is | with ${count.toLocaleString('en')} kinds more | goal |
|---|---|---|---|
| start, s | ${(few / 1_000).toFixed(2)} | ${(many / 1_000).toFixed(2)} | at most 1 s more |
| palette: a kind is found, from the last character typed, ms | | ${quantile(found, 0.5).toFixed(0)} (longest ${Math.max(...found).toFixed(0)}) | under 50 |
| host's memory by then, MB | ${middle(({ few }) => few.memory).toFixed(0)} | ${middle(({ many }) => many.memory).toFixed(0)} | |`
}
