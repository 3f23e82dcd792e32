import type { Trial } from '../../../contract/recreate.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import { isObject, metadataOf } from '../../../core/object.ts'
import { secretValues } from '../../../core/secret-text.ts'
import { readYaml } from '../../../core/yaml.ts'
import { createObject } from '../clusters/create.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { readAs } from '../editing/read-as.ts'

/** Kinds whose name says what they are: under another one they would be refused for that. */
const named = ['CustomResourceDefinition', 'APIService', 'Namespace', 'Node']
/** Room for what the server puts behind it. */
const longestPrefix = 50

/** Asks by a dry run whether the object would be taken once the old one is gone: under a name that the server makes up, until its own `isFree`. */
export async function tryCreation(
  { cluster, secret, session: { ref, view } }: OpenEdit,
  { text, fieldManager, isFree }: { readonly text: string; readonly fieldManager: string; readonly isFree: boolean },
  signal: AbortSignal,
): Promise<Trial> {
  const reading = readAs(readYaml(text), view, null)
  if (!reading.ok || !isObject(reading.value) || (!isFree && named.includes(ref.kind))) return { kind: 'none' }
  const object = reading.value
  const body = printJson(isFree ? object : underAnotherName(object, ref.name))
  const secrets = secret ? secretValues(object) : []
  const at = { namespace: ref.namespace, name: null }
  const answer = await createObject(cluster, ref, at, { body, fieldManager, dryRun: true, secrets }, signal)
  if (answer.ok) return { kind: 'taken' }
  return answer.problem.code === 'dry-run-unsupported' ? { kind: 'none' } : { kind: 'refused', problem: answer.problem }
}

function underAnotherName(object: JsonObject, name: string): JsonObject {
  const { name: _, ...metadata } = metadataOf(object)
  return { ...object, metadata: { ...metadata, generateName: `${name.slice(0, longestPrefix)}-` } }
}
