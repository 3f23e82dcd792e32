import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { ownChoice } from '../../../../contract/own-choice.ts'
import { type JsonObject, printJson } from '../../../../core/json.ts'
import type { ClusterIdentity, ObjectRef } from '../../../../core/object.ts'
import { plainView } from '../../../../core/view.ts'
import { printYaml } from '../../../../core/yaml.ts'
import { completePlan, type PlanGround, type PlanId } from '../../../../electron/host/editing/plan.ts'
import type { KindSchema } from '../../../../electron/host/editing/schema.ts'
import type { TaskInput, TaskName, TaskOutput } from '../../../../electron/host/editing/tasks.ts'
import { createWork } from '../../../../electron/host/editing/work.ts'
import { arbitraryEdits } from '../../../core/arbitrary.ts'
import { workloadDocument, workloadSchema } from '../../../core/schemas.ts'

const work = createWork()
afterAll(() => work.end())

const kindSchema: KindSchema = {
  schema: workloadSchema,
  strategic: true,
  document: { document: printJson(workloadDocument), name: 'Workload' },
  patchTypes: [],
  partTypes: {},
}
const ways = { strategic: true, served: ['strategic', 'merge', 'json'], fieldManager: 'tests', parts: [] } as const
const never = new AbortController().signal
const inWorker = { kindSchema, size: Number.POSITIVE_INFINITY, signal: never }
const inProcess = { kindSchema, size: 0, signal: never }

/** Does a task here and in the worker: both must give the same. */
async function both<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
  const [here, there] = await Promise.all([work.run(name, input, inProcess), work.run(name, input, inWorker)])
  expect(there).toEqual(here)
  return here
}

const ref: ObjectRef = {
  // Identities are opaque to the tasks.
  cluster: 'c' as ClusterIdentity,
  group: 'example.org',
  version: 'v1',
  resource: 'workloads',
  kind: 'Workload',
  namespace: null,
  name: 'w',
  uid: 'u',
}

const snapshotOf = (object: JsonObject, resourceVersion: string) => ({ object, uid: 'u', resourceVersion })

function groundOf(base: JsonObject, live: JsonObject): PlanGround {
  return {
    ref,
    origin: { kind: 'edit', base: snapshotOf(base, '1') },
    view: plainView,
    textVersion: 3,
    live: { kind: 'present', snapshot: snapshotOf(live, '2') },
  }
}

describe('the worker gives what the same task gives in the host itself', () => {
  test('read, plan, review, and where a conflict stands', async () => {
    let [reviewed, conflicts] = [0, 0]
    await fc.assert(
      fc.asyncProperty(arbitraryEdits, async ([base, mine, theirs]) => {
        const text = `# mine\n${printYaml(mine)}`
        const edited = await both('readEdited', { text, ref, view: plainView, near: null, of: { kind: 'edit', base } })
        if (!edited.ok) throw new Error(edited.problem.code)
        const ground = groundOf(base, theirs)
        // The one place where this test makes plan ids.
        const id = 'plan' as PlanId
        const planned = await both('plan', { id, ground, edited: edited.value, choice: ownChoice, ways })
        if (!planned.ok) {
          conflicts++
          const secrets = [base, theirs]
          await both('presentProblem', { text, view: plainView, problem: planned.problem, predicted: null, secrets })
          return
        }
        reviewed++
        const plan = completePlan(planned.value, ground, edited.value)
        const dryRun = { basis: 'server', answer: plan.merged, empty: theirs, warnings: ['a'], refusals: [] } as const
        await both('review', {
          edit: 'e',
          text,
          view: plainView,
          base,
          plan,
          dryRun,
          kind,
          ways,
          mayUpdate: true,
          secret: false,
          command: { context: 'c', actingAs: null, fieldManager: 'patchbay', kubeconfigGiven: false },
          dangers: { off: [], missingOwners: [] },
          done: [],
        })
      }),
      { numRuns: 100 },
    )
    expect(reviewed).toBeGreaterThan(10)
    expect(conflicts).toBeGreaterThan(3)
  })

  test.each([
    ['broken', 'a: [1'],
    ['another object', 'apiVersion: example.org/v1\nkind: Other\nmetadata: {name: w}\n'],
    [
      'of large integers',
      'apiVersion: example.org/v1\nkind: Workload\nmetadata: {name: w}\nspec: {x: 9007199254740993}\n',
    ],
  ])('a text that is %s', async (_, text) => {
    const base = { apiVersion: 'example.org/v1', kind: 'Workload', metadata: { name: 'w' } }
    await both('readEdited', { text, ref, view: plainView, near: null, of: { kind: 'edit', base } })
    await both('differs', { text, object: base, view: plainView })
    await both('textForCreation', { text, base: null })
    await both('readManifest', { text })
  })
})

describe('the worker', () => {
  const text = printYaml({ data: Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`k${index}`, 'v'])) })

  test('does not hold back the event loop', async () => {
    let turns = 0
    const count = setInterval(() => turns++, 1)
    await work.run('differs', { text: text.repeat(2), object: {}, view: plainView }, inWorker)
    clearInterval(count)
    expect(turns).toBeGreaterThan(3)
  })

  test('an answer that nobody waits for any more is dropped', async () => {
    const leaving = new AbortController()
    const dropped = work.run('differs', { text, object: {}, view: plainView }, { ...inWorker, signal: leaving.signal })
    leaving.abort(new Error('left'))
    await expect(dropped).rejects.toThrow('left')
    expect(await work.run('differs', { text: 'a: 1', object: { a: 1 }, view: plainView }, inWorker)).toBe(false)
  })

  test('a bug in a task is thrown where the task was asked for, and the worker goes on', async () => {
    // No caller can do this by types: a bug.
    const nothing = null as unknown as TaskInput<'differs'>
    await expect(work.run('differs', nothing, inWorker)).rejects.toThrow(TypeError)
    expect(await work.run('differs', { text: 'a: 1', object: { a: 2 }, view: plainView }, inWorker)).toBe(true)
  })

  test('what is under way when the host ends fails, and its end is waited for', async () => {
    const ending = createWork()
    const lost = ending.run('differs', { text, object: {}, view: plainView }, inWorker)
    const failed = expect(lost).rejects.toThrow('the host ends')
    await ending.end()
    await failed
  })
})

const kind = {
  group: 'example.org',
  version: 'v1',
  resource: 'workloads',
  kind: 'Workload',
  singular: 'workload',
  shortNames: [],
  categories: [],
  namespaced: false,
  preferred: true,
  verbs: ['get', 'patch'],
  subresources: [],
}

test('the worker loads no package: it asks nobody and parses no call, so it starts soon', () => {
  const refuse = `import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) {
      if (url.includes('/node_modules/')) throw new Error(url)
      return next(url, context)
    } })
    await import(process.argv[1])`
  const tasks = new URL('../../../../electron/host/editing/tasks.ts', import.meta.url).href
  execFileSync(process.execPath, ['--input-type=module', '-e', refuse, tasks])
})
