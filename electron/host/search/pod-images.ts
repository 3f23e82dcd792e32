import type { Piece } from './read-kind.ts'

type Fields = { readonly [key: string]: unknown }

/** The pods of a list with the images of all their containers. Read by the native parser: nothing of it is written back. */
export function podsWithImages(text: string): Piece {
  const list = fieldsOf(JSON.parse(text))
  const token = fieldsOf(list.metadata).continue
  const candidates = listOf(list.items).map(item => {
    const pod = fieldsOf(item)
    const metadata = fieldsOf(pod.metadata)
    const spec = fieldsOf(pod.spec)
    const containers = [spec.containers, spec.initContainers, spec.ephemeralContainers].flatMap(listOf)
    return {
      uid: String(metadata.uid ?? ''),
      namespace: String(metadata.namespace ?? ''),
      name: String(metadata.name ?? ''),
      created: typeof metadata.creationTimestamp === 'string' ? metadata.creationTimestamp : null,
      deleting: metadata.deletionTimestamp !== undefined,
      cells: [],
      images: containers.map(container => String(fieldsOf(container).image ?? '')),
    }
  })
  return { candidates, continueToken: typeof token === 'string' && token !== '' ? token : null }
}

function fieldsOf(value: unknown): Fields {
  // An object that JSON.parse made has string keys.
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
