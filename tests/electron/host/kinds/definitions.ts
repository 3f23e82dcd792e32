/** A CustomResourceDefinition of gadgets in a group; the last version is the stored one, all but the first are deprecated. */
export function definitionOf(group: string, versions: readonly string[] = ['v1'], more: Record<string, unknown> = {}) {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `gadgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'gadgets', singular: 'gadget', kind: 'Gadget', shortNames: ['gdg'], categories: ['all'] },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === versions.length - 1,
        deprecated: index > 0,
        schema,
        ...more,
      })),
    },
  }
}
