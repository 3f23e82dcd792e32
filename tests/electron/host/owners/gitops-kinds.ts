type Fields = Readonly<Record<string, unknown>>

const text = { type: 'string' }
const flag = { type: 'boolean' }
const textsIn = { type: 'array', items: text }
const map = (properties: Fields) => ({ type: 'object', properties })
const list = (properties: Fields) => ({ type: 'array', items: map(properties) })
const named = { kind: text, name: text, namespace: text }

/** The kinds of Argo CD and Flux, with the fields that say where a change belongs and what becomes of it. */
export const gitopsKinds = [
  definition('argoproj.io', 'v1alpha1', 'Application', {
    operation: map({ sync: map({ revision: text }) }),
    spec: map({
      source: map({ repoURL: text, path: text, chart: text, targetRevision: text }),
      syncPolicy: map({ automated: map({ enabled: flag, prune: flag, selfHeal: flag }), syncOptions: textsIn }),
      ignoreDifferences: list({ group: text, ...named, jsonPointers: textsIn, jqPathExpressions: textsIn }),
    }),
  }),
  definition('kustomize.toolkit.fluxcd.io', 'v1', 'Kustomization', {
    spec: map({ path: text, interval: text, suspend: flag, sourceRef: map(named) }),
  }),
  definition('helm.toolkit.fluxcd.io', 'v2', 'HelmRelease', {
    spec: map({
      interval: text,
      suspend: flag,
      chart: map({ spec: map({ chart: text, version: text, sourceRef: map(named) }) }),
      driftDetection: map({ mode: text, ignore: list({ paths: textsIn, target: map(named) }) }),
    }),
  }),
  definition('source.toolkit.fluxcd.io', 'v1', 'GitRepository', {
    spec: map({ url: text, ref: map({ branch: text, tag: text }) }),
  }),
  definition('source.toolkit.fluxcd.io', 'v1', 'HelmRepository', { spec: map({ url: text }) }),
]

function definition(group: string, version: string, kind: string, properties: Fields) {
  const singular = kind.toLowerCase()
  const plural = singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`
  const schema = { openAPIV3Schema: { type: 'object', properties } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular, kind },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  }
}
