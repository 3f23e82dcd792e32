import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { JsonObject } from '../../../core/json.ts'
import { applyQuickEdit } from '../../../core/quick/apply.ts'
import { quickFacts } from '../../../core/quick/offers.ts'
import type { QuickEdit } from '../../../core/quick/quick-edit.ts'
import { sumFacts } from '../../../core/quick/totals.ts'

type Case = {
  readonly name: string
  readonly object: JsonObject
  readonly edit: QuickEdit
  readonly result: JsonObject | string
}

const cases: readonly Case[] = parse(readFileSync(new URL('../../tables/quick-edits.yaml', import.meta.url), 'utf8'))

test.each(cases)('$name', ({ object, edit, result }) => {
  const before = structuredClone(object)
  const applied = applyQuickEdit(object, edit)
  if (!applied.ok) expect(`${applied.problem.reason} ${applied.problem.detail}`.trim()).toBe(result)
  else if (result === 'same') expect(applied.value).toBe(object)
  else expect(applied.value).toEqual(result)
  expect(object).toEqual(before)
  // Once more changes nothing, but for a taint that is not there any more.
  if (applied.ok && !(edit.kind === 'taint' && edit.remove.length > 0)) {
    expect(applyQuickEdit(applied.value, edit)).toEqual(applied)
  }
})

test('a form begins with what several objects have', () => {
  const workload = (image: string, labels: JsonObject): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { labels, annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } },
    spec: { replicas: image.length, template: { spec: { containers: [{ name: 'c', image }] } } },
  })
  const totals = sumFacts([
    quickFacts(workload('a', { app: 'x' })),
    quickFacts(workload('bb', { app: 'x', tier: 'y' })),
    quickFacts({ apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }),
  ])
  expect(totals).toMatchObject({
    objects: 3,
    replicas: { least: 1, most: 2 },
    annotations: [],
    labels: [
      { key: 'app', values: [{ value: 'x', count: 2 }] },
      { key: 'tier', values: [{ value: 'y', count: 1 }] },
    ],
  })
  expect(totals.containers).toEqual([
    {
      name: 'c',
      init: false,
      env: [],
      images: [
        { value: 'a', count: 1 },
        { value: 'bb', count: 1 },
      ],
    },
  ])
  expect(totals.kinds).toEqual({ image: 2, env: 2, scale: 2, restart: 2, restore: 2, pause: 2, label: 3, annotate: 3 })
})
