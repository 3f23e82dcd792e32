import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupAndKind, refusedChanges } from '../../../../core/immutable-fields.ts'
import { type JsonObject, printJson } from '../../../../core/json.ts'
import { metadataText } from '../../../../core/object.ts'
import { applyMergePatch } from '../../../../core/patch/index.ts'
import type { Problem } from '../../../../core/problem.ts'
import type { Cluster } from '../../../../electron/host/clusters/connection.ts'
import { discover } from '../../../../electron/host/clusters/discovery.ts'
import { getObject } from '../../../../electron/host/clusters/get.ts'
import { patchObject } from '../../../../electron/host/clusters/patch.ts'
import { objectIn, rowsOf } from '../../../core/table-rows.ts'
import { openPractice, type PracticeClusters } from '../clusters/practice-clusters.ts'
import { openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'

const rows = rowsOf('immutable-fields.yaml')
const objects = [...new Map(rows.map(([, { object }]) => [printJson(objectIn(object)), objectIn(object)])).values()]
const ofCluster = rows.filter(([, row]) => row.cluster === true).map(([, row]) => objectIn(row.object))

let bench: Workbench
let practice: PracticeClusters
beforeAll(async () => {
  bench = await openWorkbench('immutable')
  practice = await openPractice(bench.practice)
  await bench.apply({ apiVersion: 'v1', kind: 'List', items: objects })
})
afterAll(async () => {
  const names = new Set(ofCluster.map(one => `${one.kind}/${metadataText(one, 'name')}`))
  await bench.kubectl('delete', '--wait=false', ...names)
  await practice.end()
  await bench.end()
})

test('the table says what the server says', async () => {
  const answers = await Promise.all(rows.map(([name, row]) => ask(practice.cluster(), name, row)))
  const table = rows.map(([name, { refused }]) => ({ name, ours: refused, theirs: String(refused) !== '' }))
  expect(answers.map(({ name, theirs }) => [name, theirs])).toEqual(table.map(({ name, theirs }) => [name, theirs]))
  expect(answers.map(({ name, ours }) => [name, ours])).toEqual(table.map(({ name, theirs }) => [name, theirs]))
})

/** Whether a row's change is refused: by the table, of the object as the server made it, and by the server's dry run. */
async function ask(cluster: Cluster, name: string, row: JsonObject) {
  const [object, patch] = [objectIn(row.object), objectIn(row.patch)]
  const [group, kind] = groupAndKind(object)
  const served = unwrap(await discover(cluster, { signal: practice.signal })).kinds
  const type = served.find(one => one.group === group && one.kind === kind && one.preferred)
  if (type === undefined) throw new Error(`not served: ${kind}`)
  const at = { namespace: type.namespaced ? bench.namespace : null, name: metadataText(object, 'name') ?? '' }
  const live = unwrap(await getObject(cluster, type, at, practice.signal)).object
  const refused = refusedChanges(live, unwrap(applyMergePatch(live, patch)), null)
  const options = { mediaType: 'application/merge-patch+json', fieldManager: 'tests', dryRun: true }
  const dryRun = await patchObject(cluster, type, at, { ...options, body: printJson(patch) }, practice.signal)
  return { name, ours: refused.length > 0, theirs: !dryRun.ok && isRefusal(dryRun.problem, name) }
}

function isRefusal(problem: Problem, name: string): boolean {
  if (problem.code !== 'invalid' && problem.code !== 'forbidden') throw new Error(`${name}: ${problem.code}`)
  return true
}
