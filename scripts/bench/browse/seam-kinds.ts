import * as z from 'zod'

const discoverySchema = z.looseObject({ items: z.array(z.unknown()) })

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const kindsInGroup = 20

/** A server's aggregated discovery with so many kinds of custom resources added, 20 a group. */
export function withKinds(discovery: string, count: number): string {
  const served = discoverySchema.parse(JSON.parse(discovery))
  const groups = Array.from({ length: Math.ceil(count / kindsInGroup) }, (_, group) => {
    const first = group * kindsInGroup
    return groupOf(`team-${group}.example.org`, first, Math.min(count, first + kindsInGroup))
  })
  return JSON.stringify({ ...served, items: [...served.items, ...groups] })
}

/** The kind of that number, as its definition calls it. */
export function kindName(number: number): string {
  return `Gadget${number}`
}

function groupOf(name: string, from: number, to: number): object {
  const resources = Array.from({ length: to - from }, (_, at) => {
    const kind = kindName(from + at)
    return {
      resource: `${kind.toLowerCase()}s`,
      responseKind: { group: name, version: 'v1', kind },
      scope: 'Namespaced',
      singularResource: kind.toLowerCase(),
      verbs,
      shortNames: [`g${from + at}`],
      subresources: [
        {
          subresource: 'status',
          responseKind: { group: name, version: 'v1', kind },
          verbs: ['get', 'patch', 'update'],
        },
      ],
    }
  })
  return { metadata: { name, creationTimestamp: null }, versions: [{ version: 'v1', resources, freshness: 'Current' }] }
}
