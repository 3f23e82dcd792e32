import { mapAt, mapsAt, textAt } from './conditions.ts'
import type { JsonObject } from './json.ts'
import { metadataOf } from './object.ts'
import { actsAgain, type Owner, writersOf } from './ownership.ts'
import type { Path } from './path.ts'
import { lastApplied } from './secrets.ts'

/**
 * Who keeps a field at the value that it has, and so may put it back: a tool that holds the object in Git, a chart or a file; an
 * autoscaler; the controller of the object's owner (`owner`), another controller, or somebody else who applies it.
 */
export type Keeper =
  | 'argo-cd'
  | 'flux-kustomize'
  | 'flux-helm'
  | 'helm'
  | 'kubectl-apply'
  | 'fleet'
  | 'crossplane'
  | 'terraform'
  | 'pulumi'
  | 'autoscaler'
  | 'keda'
  | 'owner'
  | 'controller'
  | 'applier'

// argo-cd common/common.go, ArgoCDSSAManager; before 2.5 the name of the program.
const argoManager = /^argocd-(application-)?controller$/

/** A manager of managedFields that is known by its name. The first row that fits counts. */
type ManagerRow = { readonly keeper: Keeper; readonly manager: RegExp; readonly subresource?: string }

const managers: readonly ManagerRow[] = [
  // The HPA controller scales through /scale (kubernetes pkg/controller/podautoscaler/horizontal.go).
  { keeper: 'autoscaler', manager: /^kube-controller-manager$/, subresource: 'scale' },
  // KEDA's operator scales to and from zero itself (keda pkg/scaling/executor); its HPA does the rest.
  { keeper: 'keda', manager: /^keda(-operator)?$/ },
  { keeper: 'argo-cd', manager: argoManager },
  // kustomize-controller main.go, controllerName; applied server-side.
  { keeper: 'flux-kustomize', manager: /^kustomize-controller$/ },
  // helm-controller main.go sets Helm's kube.ManagedFieldsManager to its own name.
  { keeper: 'flux-helm', manager: /^helm-controller$/ },
  // Helm's pkg/kube: the program's name, as for every client that sets none.
  { keeper: 'helm', manager: /^helm$/ },
  // Rancher Fleet deploys by Helm in its agent, whose program it is.
  { keeper: 'fleet', manager: /^fleet-?agent$/ },
  // crossplane internal/controller/apiextensions/composite, FieldOwnerXR and FieldOwnerComposedPrefix.
  { keeper: 'crossplane', manager: /^apiextensions\.crossplane\.io\/|^crossplane(-|$)/ },
  // terraform-provider-kubernetes: kubernetes_manifest's field_manager, and its user agent.
  { keeper: 'terraform', manager: /^(Terraform|HashiCorp|terraform-provider-.*)$/ },
  // pulumi-kubernetes: `pulumi-kubernetes` and a suffix of its own for each resource.
  { keeper: 'pulumi', manager: /^pulumi-kubernetes(-|$)/ },
  // kubectl pkg/cmd/apply: client-side, and the default name of `kubectl apply --server-side`.
  { keeper: 'kubectl-apply', manager: /^(kubectl-client-side-apply|kubectl-last-applied)$/ },
]

// What people write with, as these programs name themselves: nobody who comes again.
const peoplesTools = /^(Mozilla|node-fetch|axios|curl|okhttp|python-requests|OpenAPI-Generator|Swagger-Codegen|k9s)$/

/** Who keeps what an owner of managedFields wrote; null for what a person did once, for nobody known, and for `fieldManager` itself. */
export function keeperOf(owner: Owner, fieldManager: string): Keeper | null {
  if (!actsAgain(owner, fieldManager) || peoplesTools.test(owner.manager)) return null
  const row = managers.find(
    ({ manager, subresource }) =>
      manager.test(owner.manager) && (subresource === undefined || subresource === owner.subresource),
  )
  if (row !== undefined) return row.keeper
  if (owner.operation !== 'Apply') return 'controller'
  return owner.manager === 'kubectl' ? 'kubectl-apply' : 'applier'
}

/** An object by the names that a mark gives it; `namespace` null where the mark names none. */
export type MarkedObject = {
  readonly group: string
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
}

/** What an object itself says of who keeps it. `by` is the label, annotation or field that says so. */
export type KeeperSign = {
  readonly keeper: Keeper
  readonly by: string
  /** The object in which the change belongs, where the mark names one. */
  readonly object: MarkedObject | null
  /** A Helm release and its chart, where the marks name them; '' for what they do not. */
  readonly release: { readonly name: string; readonly namespace: string; readonly chart: string } | null
  /** Whether the object says itself that it is to be left as it is. */
  readonly leftAlone: boolean
}

/** All signs on an object, the nearest keeper first. A sign alone owns no field: managedFields tell which are meant. */
export function keeperSigns(object: JsonObject): readonly KeeperSign[] {
  const metadata = metadataOf(object)
  const labels = mapAt(metadata, 'labels')
  const annotations = mapAt(metadata, 'annotations')
  // Either of the two says it to Flux, in any case of letters (fluxcd/pkg ssa/utils, AnyInMetadata).
  const says = (key: string, ...values: readonly string[]) =>
    [labels, annotations].some(map => values.includes(textAt(map, key).toLowerCase()))
  const leftAlone =
    says('kustomize.toolkit.fluxcd.io/reconcile', 'disabled') ||
    says('kustomize.toolkit.fluxcd.io/ssa', 'ignore', 'ifnotpresent')
  const undetected = says('helm.toolkit.fluxcd.io/driftDetection', 'disabled')
  return [
    ...ownerSigns(metadata),
    ...argoSigns(object, labels, annotations),
    ...fluxSigns(labels, 'kustomize.toolkit.fluxcd.io', { keeper: 'flux-kustomize', kind: 'Kustomization', leftAlone }),
    ...fluxSigns(labels, 'helm.toolkit.fluxcd.io', { keeper: 'flux-helm', kind: 'HelmRelease', leftAlone: undetected }),
    ...fleetSigns(annotations),
    ...helmSigns(labels, annotations),
    ...crossplaneSigns(labels),
    ...(textAt(annotations, lastApplied) === ''
      ? []
      : [{ ...bare, keeper: 'kubectl-apply', by: lastApplied } as const]),
  ]
}

const bare = { object: null, release: null, leftAlone: false }

function ownerSigns(metadata: JsonObject): readonly KeeperSign[] {
  return mapsAt(metadata, 'ownerReferences').flatMap(reference => {
    if (reference.controller !== true) return []
    const [group = ''] = textAt(reference, 'apiVersion').split('/').slice(0, -1)
    const object = { group, kind: textAt(reference, 'kind'), namespace: null, name: textAt(reference, 'name') }
    return [{ ...bare, keeper: 'owner', by: 'metadata.ownerReferences', object } as const]
  })
}

/** By what it tracks its objects: `<app>:<group>/<kind>:<namespace>/<name>`, or a label that names the app; an app outside Argo CD's own namespace is `<namespace>_<app>` (argo-cd util/argo/resource_tracking.go). */
function argoSigns(object: JsonObject, labels: JsonObject, annotations: JsonObject): readonly KeeperSign[] {
  // Charts set the usual label themselves: it is Argo CD's only where that writes the object.
  const writes = writersOf(object).some(({ manager }) => argoManager.test(manager))
  const signs = [
    ['argocd.argoproj.io/tracking-id', textAt(annotations, 'argocd.argoproj.io/tracking-id').split(':', 1)[0] ?? ''],
    ['argocd.argoproj.io/instance', textAt(labels, 'argocd.argoproj.io/instance')],
    ['app.kubernetes.io/instance', writes ? textAt(labels, 'app.kubernetes.io/instance') : ''],
  ] as const
  const [by, app] = signs.find(([, name]) => name !== '') ?? ['', '']
  if (app === '') return []
  const [name = '', namespace = null] = app.split('_', 2).toReversed()
  return [{ ...bare, keeper: 'argo-cd', by, object: { group: 'argoproj.io', kind: 'Application', namespace, name } }]
}

/** Both controllers put two labels on all that they apply (fluxcd/pkg ssa owner labels). */
function fluxSigns(
  labels: JsonObject,
  group: string,
  { keeper, kind, leftAlone }: Pick<KeeperSign, 'keeper' | 'leftAlone'> & { readonly kind: string },
): readonly KeeperSign[] {
  const by = `${group}/name`
  const name = textAt(labels, by)
  const namespace = textAt(labels, `${group}/namespace`) || null
  return name === '' ? [] : [{ ...bare, keeper, by, leftAlone, object: { group, kind, namespace, name } }]
}

/** Helm refuses to adopt an object without these (helm pkg/action/validate.go); the chart's label is a custom of charts. */
function helmSigns(labels: JsonObject, annotations: JsonObject): readonly KeeperSign[] {
  const by = 'meta.helm.sh/release-name'
  const name = textAt(annotations, by)
  if (name === '') return []
  const release = {
    name,
    namespace: textAt(annotations, 'meta.helm.sh/release-namespace'),
    chart: textAt(labels, 'helm.sh/chart'),
  }
  return [{ ...bare, keeper: 'helm', by, release }]
}

/** Wrangler's mark on what Fleet's agent applies: `<namespace>-<bundle>` (rancher/fleet internal/cmd/agent/deployer). */
function fleetSigns(annotations: JsonObject): readonly KeeperSign[] {
  const by = 'objectset.rio.cattle.io/id'
  return textAt(annotations, by) === '' ? [] : [{ ...bare, keeper: 'fleet', by }]
}

/** The composite's name, of whose kind only its owner reference tells (crossplane internal/xcrd). */
function crossplaneSigns(labels: JsonObject): readonly KeeperSign[] {
  const by = 'crossplane.io/composite'
  return textAt(labels, by) === '' ? [] : [{ ...bare, keeper: 'crossplane', by }]
}

/** Whether a field is what an autoscaler sets, whoever owns it now. */
export function isScaled(path: Path): boolean {
  return path.length === 2 && path[0] === 'spec' && path[1] === 'replicas'
}
