import type { EditTarget } from '../../../contract/edit.ts'
import type { Access } from '../../practice/access.ts'
import { type Api, openApi } from '../../soak/api.ts'

/** The namespace of the objects that are edited. */
const desk = 'desk'
const ofDesk = { context: 'practice', version: 'v1', namespace: desk, subresource: null }

/** An object of the bench. */
export type Edited = {
  readonly target: EditTarget
  /** A piece of the text in its middle, after which is typed. */
  readonly middle: string
}

/** A Deployment of about 10 kB, as many are. */
export const usual: Edited = {
  target: { ...ofDesk, group: 'apps', resource: 'deployments', name: 'usual' },
  middle: 'NAME_0030',
}

/** 1 MiB in the block scalars of a ConfigMap. */
export const files: Edited = {
  target: { ...ofDesk, group: '', resource: 'configmaps', name: 'files' },
  middle: 'line 0020 of file 20',
}

/** 1 MiB in a list of maps: the environment of a Deployment. */
export const items: Edited = {
  target: { ...ofDesk, group: 'apps', resource: 'deployments', name: 'items' },
  middle: 'value of 1300, as it is',
}

/** Makes them on a practice cluster. */
export async function makeObjects(practice: Access): Promise<void> {
  const api = openApi(practice)
  try {
    await make(api, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: desk } })
    const deployments = `/apis/apps/v1/namespaces/${desk}/deployments`
    await make(api, deployments, deployment('usual', variables(110, '')))
    await make(api, deployments, deployment('items', variables(2_700, ', with some words on it'.repeat(13))))
    const data = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`file-${pad(at, 2)}.txt`, file(at)]))
    const metadata = { name: 'files', namespace: desk }
    await make(api, `/api/v1/namespaces/${desk}/configmaps`, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data })
  } finally {
    api.end()
  }
}

function variables(count: number, more: string): readonly object[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `NAME_${pad(at, 4)}`,
    value: `value of ${pad(at, 4)}, as it is${more}`,
  }))
}

function file(at: number): string {
  const lines = Array.from(
    { length: 480 },
    (_, line) => `line ${pad(line, 4)} of file ${pad(at, 2)} with some words on it`,
  )
  return `${lines.join('\n')}\n`
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}

// Without pods: what is timed is the editor.
function deployment(name: string, env: readonly object[]) {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: desk, labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app', image: 'registry.example.org/app:1.0', env }] },
      },
    },
  }
}

async function make(api: Api, path: string, object: object): Promise<void> {
  const { status, body } = await api.send('POST', path, 'application/json', object)
  if (status !== 201) throw new Error(`${path} answered ${status}: ${body.slice(0, 500)}`)
}
