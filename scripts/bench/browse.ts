import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage } from '../build-page.ts'
import { startPractice } from '../practice/cluster.ts'
import { benchChurn } from './browse/churn.ts'
import { benchContexts } from './browse/contexts.ts'
import { benchKinds } from './browse/kinds.ts'
import { benchLarge } from './browse/large.ts'
import { benchPods } from './browse/pods.ts'
import type { World } from './browse/world.ts'
import { writeSection } from './report.ts'

const parts: Readonly<Record<string, (world: World) => Promise<string>>> = {
  pods: benchPods,
  large: benchLarge,
  churn: benchChurn,
  contexts: benchContexts,
  crds: benchKinds,
}

/**
 * Browsing at real size, in real Chromium under a production build: `pods large churn contexts crds`, or those that are
 * named. With `--quick` it is small, and changes no report.
 */
export async function benchBrowse(words: readonly string[]): Promise<void> {
  const quick = words.includes('--quick')
  const named = words.filter(word => word !== '--quick')
  const unknown = named.find(name => !Object.hasOwn(parts, name))
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}: ${Object.keys(parts).join(' ')}.`)
  // Before anything is timed.
  await buildPage(() => console.error('Building the page …'))
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-bench-'))
  const practice = await startPractice({ folder, count: 1 })
  try {
    for (const [name, bench] of Object.entries(parts)) {
      if (named.length > 0 && !named.includes(name)) continue
      const before = load()
      const section = `${await bench({ practice, quick })}\n\n${cpus().length} cores, load ${before} before and ${load()} after.`
      console.log(`${section}\n`)
      if (!quick) writeSection(`browse ${name}`, section)
    }
  } finally {
    await practice.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function load(): string {
  return loadavg()[0]?.toFixed(1) ?? ''
}
