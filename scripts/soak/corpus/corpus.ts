import { openFields } from '../../../core/fields/open-fields.ts'
import { type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { isObject, metadataText } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import { readYaml } from '../../../core/yaml.ts'
import type { Cluster } from '../../../electron/host/clusters/connection.ts'
import { createObject } from '../../../electron/host/clusters/create.ts'
import { findKindOf } from '../../../electron/host/clusters/discovery.ts'
import type { Schemas } from '../../../electron/host/schemas/schemas.ts'
import { errorsIn, type Judge, judgesOf } from './judges.ts'
import { type Mutation, mutationsOf } from './mutations.ts'

/** What the server and the sources of schema help said of one text. `refused` is null where the server takes it. */
export type Verdict = {
  readonly kind: string
  readonly mutation: Mutation
  readonly refused: Problem | null
  /** Of each source by its name: what it calls an error, and how much it found in all. */
  readonly said: Readonly<Record<string, { readonly errors: readonly string[]; readonly found: number }>>
}

export type CorpusGround = {
  readonly cluster: Cluster
  readonly schemas: Schemas
  readonly namespace: string
  readonly signal: AbortSignal
}

/** Lets the server and both sources judge mutations of an object. `choose` says which of them. */
export async function judgeKind(
  ground: CorpusGround,
  object: JsonObject,
  choose: (all: readonly Mutation[]) => readonly Mutation[],
): Promise<readonly Verdict[]> {
  const { cluster, schemas, namespace, signal } = ground
  const [apiVersion, kind] = [String(object.apiVersion), String(object.kind)]
  const served = await findKindOf(cluster, { apiVersion, kind }, signal)
  if (!served.ok) throw new Error(`${kind}: ${served.problem.code}`)
  const fields = await schemas.read(cluster, { kind: served.value, through: served.value }, signal)
  if (!fields.ok || fields.value === null) throw new Error(`${kind} has no schema`)
  const document = parseJson(fields.value.document)
  const root = document.ok ? openFields(document.value, fields.value.name) : null
  if (root === null) throw new Error(`the schema of ${kind} cannot be read`)
  const judges = judgesOf(fields.value)
  const at = { namespace: served.value.namespaced ? namespace : null, name: metadataText(object, 'name') }
  const verdicts: Verdict[] = []
  for (const mutation of choose([...mutationsOf(object, root)])) {
    const reading = readYaml(mutation.text)
    // What is no object, or another kind's, is not the schema's to judge.
    if (!reading.ok || !isObject(reading.value)) continue
    const options = { dryRun: true, fieldManager: 'corpus', body: printJson(reading.value) }
    const answer = await createObject(cluster, served.value, at, options, signal)
    const said = await saidBy(judges, mutation.text, fields.value.name)
    verdicts.push({ kind, mutation, refused: answer.ok ? null : answer.problem, said })
  }
  return verdicts
}

async function saidBy(judges: readonly Judge[], text: string, root: string): Promise<Verdict['said']> {
  const said = judges.map(async ({ name, judge }) => {
    const found = await judge(text)
    const errors = errorsIn(found, root).map(one => `${JSON.stringify(one.said)} at ${text.slice(one.from, one.to)}`)
    return [name, { errors, found: found.length }] as const
  })
  return Object.fromEntries(await Promise.all(said))
}

/** The errors that a source finds in texts that the server takes, a line each. */
export function falseErrors(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(({ kind, mutation, refused, said }) =>
    refused !== null
      ? []
      : Object.entries(said).flatMap(([name, { errors }]) =>
          errors.map(error => `${name}: ${kind} ${mutation.what}: ${error}`),
        ),
  )
}

/** How many of the server's refusals that a schema can foresee a source had found before. */
export function tally(
  verdicts: readonly Verdict[],
): Readonly<Record<string, { readonly caught: number; readonly of: number }>> {
  const foreseeable = verdicts.filter(({ refused }) => refused !== null && isForeseeable(refused))
  const names = Object.keys(verdicts[0]?.said ?? {})
  const caught = (name: string) => foreseeable.filter(({ said }) => (said[name]?.found ?? 0) > 0).length
  return Object.fromEntries(names.map(name => [name, { caught: caught(name), of: foreseeable.length }]))
}

/** Decoding, and what the schema says of values: not what only code or CEL rules check. */
export function isForeseeable(problem: Problem): boolean {
  if (problem.code === 'decoding-failed') return true
  return (
    problem.code === 'invalid' && problem.causes.some(({ reason }) => /Required|TypeInvalid|NotSupported/.test(reason))
  )
}
