import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { ConvergeState } from '../../../../contract/converge.ts'
import { type Editing, openWorkbench, show, type Workbench } from '../editing/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('converge')
}, 120_000)
afterAll(() => bench?.end())

const deployments = 'deployments.v1.apps'

/** Reads what becomes of the last submit until it is as wanted; gives all states up to that one. */
async function until(
  edit: Editing,
  wanted: (state: ConvergeState) => boolean,
  id = edit.opened.edit,
): Promise<readonly ConvergeState[]> {
  const left = new AbortController()
  const seen: ConvergeState[] = []
  const late = setTimeout(() => left.abort(new Error(`never as wanted: ${show(seen.at(-1))}`)), 50_000)
  try {
    for await (const state of await edit.client.edit.converge({ edit: id }, { signal: left.signal })) {
      if (state === null) continue
      seen.push(state)
      if (wanted(state)) return seen
    }
    throw left.signal.reason
  } finally {
    clearTimeout(late)
    left.abort()
  }
}

async function submit(edit: Editing, from: string, to: string): Promise<void> {
  await edit.replace(from, to)
  await edit.submit(await edit.review())
}

function workload(name: string, replicas: number, spec: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'web', image: 'nginx:1.14.2' }] },
      },
      ...spec,
    },
  }
}

const last = (states: readonly ConvergeState[]) => {
  const state = states.at(-1)
  if (state === undefined) throw new Error('no state')
  return state
}

describe.concurrent('after a submit', () => {
  test('before one there is nothing to tell, and a ConfigMap has nothing to wait for', async () => {
    await bench.kubectl('create', 'configmap', 'plain', '--from-literal=key=1')
    const edit = await bench.open('configmaps.v1', 'plain')
    const left = new AbortController()
    for await (const state of await edit.client.edit.converge({ edit: edit.opened.edit }, { signal: left.signal })) {
      expect(state).toBeNull()
      break
    }
    left.abort()
    await submit(edit, 'key: "1"', 'key: "2"')
    const state = last(await until(edit, () => true))
    expect(state).toMatchObject({ readiness: { kind: 'nothing' }, object: 'present', pods: null, reverted: [] })
  })

  test('a rollout is followed until every pod is new and available', async () => {
    await bench.apply(workload('rollout', 2))
    await bench.kubectl('rollout', 'status', 'deployment/rollout', '--timeout=60s')
    const edit = await bench.open(deployments, 'rollout')
    await submit(edit, 'image: nginx:1.14.2', 'image: nginx:1.16.1')
    const states = await until(edit, ({ readiness }) => readiness.kind === 'settled')
    expect(states.some(({ readiness }) => readiness.kind === 'waiting')).toBe(true)
    const state = last(states)
    expect(state.replicas).toEqual({ desired: 2, updated: 2, ready: 2, available: 2 })
    expect(state.settledAfter).toBeGreaterThan(0)
    expect(state.conditions.map(({ type }) => type)).toContain('Available')
    expect(state.events.map(({ reason }) => reason)).toContain('ScalingReplicaSet')
    expect(states.some(({ pods }) => pods?.words.some(({ word }) => word === 'Running'))).toBe(true)
    // Taken up by a page that comes later, the outcome is told at once.
    expect(last(await until(edit, () => true)).readiness.kind).toBe('settled')
  })

  test('a rollout that fits on no node says why, and that its deadline has passed', async () => {
    await bench.apply(workload('nowhere', 1, { progressDeadlineSeconds: 600 }))
    const edit = await bench.open(deployments, 'nowhere')
    await edit.replace('progressDeadlineSeconds: 600', 'progressDeadlineSeconds: 3')
    await submit(edit, '      containers:\n', '      nodeSelector:\n        disk: none\n      containers:\n')
    const stuck = last(await until(edit, ({ pods }) => (pods?.troubled ?? 0) > 0))
    expect(stuck.pods?.trouble).toMatchObject([{ reason: 'Unschedulable', container: null }])
    expect(stuck.pods?.trouble[0]?.message).toContain("didn't match Pod's node affinity/selector")
    expect(stuck.readiness.kind).not.toBe('settled')
    const failed = last(await until(edit, ({ readiness }) => readiness.kind === 'failed'))
    expect(failed.readiness).toMatchObject({ because: { type: 'Progressing', reason: 'ProgressDeadlineExceeded' } })
    expect(failed.settledAfter).toBeNull()
  })

  test('pods that admission refuses are told by the condition that says so', async () => {
    await bench.apply(
      workload('refused', 0, {
        template: {
          metadata: { labels: { app: 'refused' } },
          spec: { priorityClassName: 'nobody-has-it', containers: [{ name: 'web', image: 'nginx:1.14.2' }] },
        },
      }),
    )
    const edit = await bench.open(deployments, 'refused')
    await submit(edit, 'replicas: 0', 'replicas: 1')
    const state = last(
      await until(
        edit,
        ({ readiness, pods }) =>
          pods !== null && 'awaited' in readiness && readiness.awaited.some(({ kind }) => kind === 'condition'),
      ),
    )
    expect(show(state.readiness)).toContain('no PriorityClass with name nobody-has-it was found')
    expect(state.pods).toMatchObject({ total: 0, troubled: 0 })
  })

  test('what an autoscaler takes back is told, with its manager and the autoscaler to open', async () => {
    // It must have acted once: from then on it does so every 15 seconds.
    await bench.kubectl('wait', '--for=jsonpath={.spec.replicas}=2', 'deployment/frontend', '--timeout=45s')
    const edit = await bench.open(deployments, 'frontend')
    await submit(edit, 'replicas: 2\n  revision', 'replicas: 1\n  revision')
    const state = last(await until(edit, ({ reverted, owners }) => reverted.length > 0 && owners.length > 0))
    expect(state.reverted).toEqual([
      { path: 'spec.replicas', before: '1', after: '2', manager: 'kube-controller-manager', back: true },
    ])
    expect(state.owners).toMatchObject([
      {
        kind: 'HorizontalPodAutoscaler',
        name: 'frontend',
        target: { group: 'autoscaling', resource: 'horizontalpodautoscalers', namespace: bench.namespace },
      },
    ])
  })

  test('a value that a colleague puts back is told; once it is as submitted again, no more', async () => {
    await bench.kubectl('create', 'configmap', 'contested', '--from-literal=key=old', '--from-literal=other=1')
    const edit = await bench.open('configmaps.v1', 'contested')
    await submit(edit, 'key: old', 'key: mine')
    await bench.patch('configmaps.v1', 'contested', { data: { key: 'old', other: '2' } }, 'colleague')
    const state = last(await until(edit, ({ reverted }) => reverted.length > 0))
    expect(state.reverted).toEqual([
      { path: 'data.key', before: 'mine', after: 'old', manager: 'colleague', back: true },
    ])
    await bench.patch('configmaps.v1', 'contested', { data: { key: 'third' } }, 'colleague')
    const other = last(await until(edit, ({ reverted }) => reverted[0]?.after === 'third'))
    expect(other.reverted).toMatchObject([{ back: false }])
    await bench.patch('configmaps.v1', 'contested', { data: { key: 'mine' } }, 'colleague')
    await until(edit, ({ reverted }) => reverted.length === 0)
  })

  test("a Secret's values are masked where they are told as changed", async () => {
    await bench.kubectl('create', 'secret', 'generic', 'kept', '--from-literal=password=first-secret')
    const edit = await bench.open('secrets.v1', 'kept')
    await submit(edit, 'first-secret', 'second-secret')
    await bench.patch('secrets.v1', 'kept', { data: { password: btoa('third-secret') } }, 'colleague')
    const state = last(await until(edit, ({ reverted }) => reverted.length > 0))
    expect(state.reverted).toMatchObject([{ path: 'data.password', manager: 'colleague' }])
    for (const value of ['first-secret', 'second-secret', 'third-secret']) {
      expect(show(state)).not.toContain(value)
      expect(show(state)).not.toContain(btoa(value))
    }
  })

  test('an object that is deleted meanwhile is said to be gone', async () => {
    await bench.kubectl('create', 'configmap', 'short-lived', '--from-literal=key=1')
    const edit = await bench.open('configmaps.v1', 'short-lived')
    await submit(edit, 'key: "1"', 'key: "2"')
    await bench.kubectl('delete', 'configmap', 'short-lived')
    await until(edit, ({ object }) => object === 'gone')
  })

  test('who may see nothing but the object still learns that it is settled, and what may not be read', async () => {
    await bench.apply(workload('alone', 1))
    await bench.kubectl('rollout', 'status', 'deployment/alone', '--timeout=60s')
    const user = `only-${bench.namespace}`
    await bench.kubectl(
      'create',
      'role',
      'only-alone',
      '--verb=get,patch',
      '--resource=deployments.apps',
      '--resource-name=alone',
    )
    await bench.kubectl('create', 'rolebinding', 'only-alone', '--role=only-alone', `--user=${user}`)
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-converge-'))
    const kubeconfig = join(folder, 'config')
    const config = parse(readFileSync(bench.practice.kubeconfigPath, 'utf8'))
    for (const entry of config.users) entry.user.as = user
    writeFileSync(kubeconfig, stringify(config))
    const theirs = await openWorkbench('alone', { seeded: false, on: bench.practice, kubeconfig })
    try {
      const edit = await theirs.open(deployments, 'alone', { namespace: bench.namespace })
      await submit(edit, 'nginx:1.14.2', 'nginx:1.16.1')
      const seen = last(await until(edit, ({ pods, eventsProblem }) => pods !== null && eventsProblem !== null))
      expect([seen.pods?.problem?.code, seen.eventsProblem?.code]).toEqual(['forbidden', 'forbidden'])
      const state = last(await until(edit, ({ readiness }) => readiness.kind === 'settled'))
      expect(state.replicas).toMatchObject({ desired: 1, updated: 1 })
    } finally {
      await theirs.end()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('through a subresource the whole object is followed', async () => {
    await bench.apply(workload('by-scale', 1))
    await bench.kubectl('rollout', 'status', 'deployment/by-scale', '--timeout=60s')
    const edit = await bench.open(deployments, 'by-scale', { subresource: 'scale' })
    await submit(edit, 'replicas: 1\nstatus', 'replicas: 2\nstatus')
    const state = last(await until(edit, ({ readiness }) => readiness.kind === 'settled'))
    expect(state.replicas).toEqual({ desired: 2, updated: 2, ready: 2, available: 2 })
  })
}, 90_000)
