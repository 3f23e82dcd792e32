import { setTimeout as wait } from 'node:timers/promises'
import type { Guard } from '../../contract/strategy.ts'
import { openWorkbench } from '../../tests/electron/host/editing/workbench.ts'
import { startFaultProxy } from '../../tests/fault-proxy/fault-proxy.ts'
import { practiceForTests } from '../../tests/practice/setup.ts'
import { type Api, openApi } from './api.ts'

/** A person edits an object that another writer rewrites, over a slow way. */
export type Moving = {
  readonly edits: number
  readonly writesPerSecond: number
  /** Milliseconds that each request of the host takes longer. */
  readonly delay: number
  /** What the person asks for; null is the app's own choice. */
  readonly guard: Guard | null
}

/** What came of it. `kept`: the edits that stand in the object in the end, out of those said to be saved. */
export type Moved = {
  readonly saved: number
  readonly kept: number
  readonly byValue: number
  readonly problems: readonly string[]
  readonly writes: number
  readonly seconds: number
}

/** Edits one key of a ConfigMap after the other, each from open to saved, while another key is rewritten. */
export async function editMoving({ edits, writesPerSecond, delay, guard }: Moving): Promise<Moved> {
  const practice = await practiceForTests()
  const proxy = await startFaultProxy(practice)
  const bench = await openWorkbench('moving', { seeded: false, on: practice, kubeconfig: proxy.kubeconfigPath })
  const api = openApi(practice)
  const path = `/api/v1/namespaces/${bench.namespace}/configmaps/moving`
  const begun = performance.now()
  try {
    await bench.kubectl('create', 'namespace', bench.namespace)
    const mine = Array.from({ length: edits }, (_, index) => [`mine-${index}`, 'before'])
    await bench.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'moving' },
      data: Object.fromEntries(mine),
    })
    proxy.inject({ watch: false }, { kind: 'delay', milliseconds: delay })
    const writer = writeOn(api, path, writesPerSecond)
    const problems: string[] = []
    let [saved, byValue] = [0, 0]
    for (let index = 0; index < edits; index++) {
      const edit = await bench.open('configmaps.v1', 'moving')
      await edit.replace(`mine-${index}: before`, `mine-${index}: after`)
      const review = await edit.tryReview({ guard })
      const submitted = review.ok ? await edit.trySubmit(review.value) : review
      if (!submitted.ok) problems.push(submitted.problem.code)
      else if (submitted.value.kind !== 'saved') problems.push(submitted.value.kind)
      else {
        saved++
        if (submitted.value.guard === 'value') byValue++
      }
      await bench.client.edit.discard({ edit: edit.opened.edit })
    }
    const writes = await writer.stop()
    const { data } = await bench.get('configmaps.v1', 'moving')
    const kept = Object.entries(Object(data)).filter(
      ([key, value]) => key.startsWith('mine-') && value === 'after',
    ).length
    return { saved, kept, byValue, problems, writes, seconds: (performance.now() - begun) / 1000 }
  } finally {
    await bench.kubectl('delete', 'namespace', bench.namespace, '--wait=false')
    api.end()
    await bench.end()
    await proxy.end()
    await practice.stop()
  }
}

/** Rewrites a counter, so many times a second, until it is stopped; then tells how often it wrote. */
function writeOn(api: Api, path: string, perSecond: number): { readonly stop: () => Promise<number> } {
  let stopped = false
  let writes = 0
  const run = async () => {
    while (!stopped) {
      const next = wait(1000 / perSecond)
      const data = { count: String(writes) }
      const { status, body } = await api.send('PATCH', `${path}?fieldManager=counter`, 'application/merge-patch+json', {
        data,
      })
      if (status !== 200) throw new Error(`the other writer was refused: ${body}`)
      writes++
      await next
    }
    return writes
  }
  const running = run()
  return {
    stop() {
      stopped = true
      return running
    },
  }
}
