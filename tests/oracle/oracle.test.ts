import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { printJson } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import { acceptedDifferences } from '../../scripts/oracle/accepted.ts'
import { runApplies } from '../../scripts/oracle/applies.ts'
import { buildOracle } from '../../scripts/oracle/build.ts'
import { type Library, ours } from '../../scripts/oracle/compare.ts'
import { openOracle } from '../../scripts/oracle/open.ts'
import { startOracle } from '../../scripts/oracle/process.ts'
import { tableRow } from '../../scripts/oracle/row.ts'
import { runOracle } from '../../scripts/oracle/run.ts'
import { runTexts } from '../../scripts/oracle/texts.ts'
import { seed } from '../seed.ts'

// The compiler and a busy machine: a limit for what hangs, not a measure.
vi.setConfig({ testTimeout: 600_000 })

const pairs = 20_000
const texts = 20_000
const applies = 1_000
let opened: Awaited<ReturnType<typeof openOracle>>

beforeAll(async () => {
  opened = await openOracle()
}, 1_200_000)

afterAll(() => opened?.end())

function run(library: Library, pairs: number, seed: number, failuresPerCheck = 3) {
  return runOracle({ ...opened, seed, pairs, library, failuresPerCheck })
}

test('random pairs are patched, merged, read and printed as Kubernetes does', async () => {
  console.log(`oracle: ${pairs} pairs of ${opened.schemas.size} kinds, seed ${seed}`)
  const report = await run(ours, pairs, seed)
  expect(report.failures.map(tableRow).join('\n\n'), `npm run oracle -- ${pairs} --seed ${seed}`).toBe('')
  // None of the checks is empty: each has many values on both sides, not refusals alone.
  expect(report.tallies.size).toBe(17)
  for (const [check, { equal, refused, accepted }] of report.tallies) {
    expect(equal, check).toBeGreaterThan(report.pairs / 5)
    expect(accepted / (equal + refused), check).toBeLessThan(0.15)
  }
})

test('random YAML texts are read as kubectl reads them, and each side reads what the other prints', async () => {
  console.log(`oracle: ${texts} texts, seed ${seed}`)
  const report = await runTexts({ oracle: opened.oracle, seed: seed, texts })
  const again = `npm run oracle -- ${texts} --texts --seed ${seed}`
  expect(report.failures.map(tableRow).join('\n\n'), again).toBe('')
  for (const check of ['read', 'print', 'printedYaml']) {
    const { equal = 0, refused = 0, accepted = 0 } = report.tallies.get(check) ?? {}
    expect(equal, check).toBeGreaterThan(texts / 5)
    expect(accepted / (equal + refused), check).toBeLessThan(0.15)
  }
})

test('server-side applies are predicted, and the owners in their way, as structured-merge-diff finds them', async () => {
  console.log(`oracle: ${applies} applies, seed ${seed}`)
  const report = await runApplies({ ...opened, seed, applies })
  const again = `npm run oracle -- ${applies} --applies --seed ${seed}`
  expect(report.failures.map(tableRow).join('\n\n'), again).toBe('')
  for (const check of ['apply', 'applyConflicts']) {
    expect(report.tallies.get(check)?.equal, check).toBeGreaterThan(applies * 0.9)
  }
})

test('all kinds that take a strategic patch are asked about', () => {
  expect(opened.schemas.size).toBeGreaterThan(85)
  const kinds = ['/v1/Pod', 'apps/v1/Deployment', 'apiextensions.k8s.io/v1/CustomResourceDefinition']
  expect([...opened.schemas.keys()]).toEqual(expect.arrayContaining(kinds))
})

describe('a fault is found, made small and told as a row', () => {
  test.each<[string, string, Partial<Library>, RegExp]>([
    [
      'a strategic patch without its order',
      'twoWay',
      {
        createStrategicPatch(...sides) {
          const patch = ours.createStrategicPatch(...sides)
          if (!patch.ok || !isObject(patch.value.metadata)) return patch
          const { '$setElementOrder/finalizers': _, ...metadata } = patch.value.metadata
          return { ok: true, value: { ...patch.value, metadata } }
        },
      },
      /patch-strategic\.yaml\n- name: "\?"\n {2}kind: .*\n {2}original: \{.*finalizers/,
    ],
    [
      'a merge patch that forgets to delete',
      'merge',
      { createMergePatch: from => ({ ok: true, value: from }) },
      /patch-merge\.yaml\n- name: "\?"/,
    ],
    [
      'a JSON Patch that does nothing',
      'jsonPatch',
      { createJsonPatch: () => ({ ok: true, value: [] }) },
      /json-patch-create\.yaml\n- name: "\?"/,
    ],
    [
      'YAML that is printed without a care',
      'printedYaml',
      { printYaml: value => printJson(value).replaceAll('"', '') },
      /yaml-print\.json\n\{"value"/,
    ],
  ])('%s', async (_, check, fault, row) => {
    const { failures } = await run({ ...ours, ...fault }, 400, 12, 1)
    const found = failures.find(({ comparison }) => comparison.check === check)
    if (found === undefined) throw new Error(`nothing found in ${check}`)
    expect(tableRow(found)).toMatch(row)
    const { original, modified, current } = found.pair
    expect(JSON.stringify([original, modified, current]).length).toBeLessThan(400)
  })
})

test('the same seed makes the same pairs, wherever it begins', async () => {
  const make = async (first: number, count: number) => {
    const request = { make: { seed, first, count, kinds: ['/v1/Pod', '/v1/Service'] } }
    const made = await opened.oracle.ask(JSON.stringify(request), count)
    // Go's answers are left out: it quotes, in a conflict, a patch that it has sorted as far as it came.
    return made.map(pair => isObject(pair) && { ...pair, answers: null })
  }
  expect((await make(0, 30)).slice(20)).toEqual(await make(20, 10))
})

test('each accepted difference has its reason', () => {
  const names = acceptedDifferences.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { reason } of acceptedDifferences) expect(reason.length).toBeGreaterThan(20)
})

test('what it cannot understand ends it, and whoever asked is told why', async () => {
  const oracle = startOracle(await buildOracle())
  await expect(oracle.ask('{"make":{"count":1,"kinds":["no such kind"]}}', 1)).rejects.toThrow(
    /The oracle ended: oracle: "no such kind" is not group\/version\/kind/,
  )
  await oracle.end()
})

test('without Go it says so in one sentence', async () => {
  vi.stubEnv('XDG_CACHE_HOME', '/nonexistent')
  vi.stubEnv('PATH', '')
  try {
    await expect(openOracle()).rejects.toThrow(/^The oracle is built with Go, which is not installed: install Go 1\.26/)
  } finally {
    vi.unstubAllEnvs()
  }
})
