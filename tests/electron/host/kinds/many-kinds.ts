/** Kinds of made-up custom resources as aggregated discovery tells them: `count` groups of one kind each. */
export function manyKinds(count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, n) => {
    const resource = {
      resource: `widget${n}s`,
      responseKind: { group: '', kind: `Widget${n}`, version: '' },
      scope: n % 5 === 0 ? 'Cluster' : 'Namespaced',
      singularResource: `widget${n}`,
      shortNames: [`w${n}`],
      categories: ['widgets'],
      verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
      subresources: [{ subresource: 'status', verbs: ['get', 'patch', 'update'] }],
    }
    const versions = [{ version: 'v1', freshness: 'Current', resources: [resource] }]
    return { metadata: { name: `group${n}.example.com` }, versions }
  })
}

/** A document of aggregated discovery. */
export function discoveryOf(items: readonly unknown[]) {
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items }
}
