import { describe, expect, test } from 'vitest'
import { keeperOf, keeperSigns } from '../../core/keepers.ts'

describe('who keeps what a manager wrote', () => {
  // The manager, its operation, and `/subresource` where there is one.
  test.each([
    ['kube-controller-manager Update /scale', 'autoscaler'],
    ['kube-controller-manager Update', 'controller'],
    ['keda-operator Update /scale', 'keda'],
    ['argocd-controller Update', 'argo-cd'],
    ['argocd-controller Apply', 'argo-cd'],
    ['argocd-application-controller Update', 'argo-cd'],
    ['kustomize-controller Apply', 'flux-kustomize'],
    ['helm-controller Update', 'flux-helm'],
    ['helm Update', 'helm'],
    ['fleetagent Update', 'fleet'],
    ['apiextensions.crossplane.io/composed/0f3a Apply', 'crossplane'],
    ['Terraform Apply', 'terraform'],
    ['pulumi-kubernetes-b1946ac9 Apply', 'pulumi'],
    ['kubectl-client-side-apply Update', 'kubectl-apply'],
    ['kubectl Apply', 'kubectl-apply'],
    ['ci Apply', 'applier'],
    ['prometheus-operator Update', 'controller'],
    ['kubectl-edit Update', null],
    ['kubectl-scale Update /scale', null],
    ['patchbay Update', null],
    ['patchbay-apply Apply', null],
    ['Mozilla Update', null],
    ['before-first-apply Update', null],
  ])('%s: %s', (words, keeper) => {
    const [manager = '', operation = '', subresource] = words.split(' ')
    const at = subresource === undefined ? {} : { subresource: subresource.slice(1) }
    expect(keeperOf({ manager, operation, apiVersion: 'v1', ...at }, 'patchbay')).toBe(keeper)
  })
})

describe('the marks on an object', () => {
  const signs = (metadata: object) => keeperSigns({ metadata: JSON.parse(JSON.stringify(metadata)) })

  test('Argo CD names its Application, with a namespace where that is not its own', () => {
    const by = (id: string) => signs({ annotations: { 'argocd.argoproj.io/tracking-id': id } })[0]?.object
    expect(by('shop:apps/Deployment:prod/web')).toMatchObject({ kind: 'Application', namespace: null, name: 'shop' })
    expect(by('teams_shop:apps/Deployment:prod/web')).toMatchObject({ namespace: 'teams', name: 'shop' })
  })

  test('Flux, Helm, Fleet, Crossplane and kubectl apply are told by their own', () => {
    const labels = {
      'kustomize.toolkit.fluxcd.io/name': 'apps',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      'helm.toolkit.fluxcd.io/name': 'web',
      'helm.toolkit.fluxcd.io/namespace': 'prod',
      'helm.sh/chart': 'web-1.2.3',
      'crossplane.io/composite': 'x',
    }
    const annotations = {
      'meta.helm.sh/release-name': 'web',
      'meta.helm.sh/release-namespace': 'prod',
      'objectset.rio.cattle.io/id': 'default-web',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    }
    expect(signs({ labels, annotations })).toMatchObject([
      { keeper: 'flux-kustomize', object: { kind: 'Kustomization', namespace: 'flux-system', name: 'apps' } },
      { keeper: 'flux-helm', object: { kind: 'HelmRelease', namespace: 'prod', name: 'web' } },
      { keeper: 'fleet' },
      { keeper: 'helm', release: { name: 'web', namespace: 'prod', chart: 'web-1.2.3' } },
      { keeper: 'crossplane' },
      { keeper: 'kubectl-apply' },
    ])
  })

  test('only the owner that controls the object keeps it', () => {
    const owner = (name: string, controller: boolean) => ({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name,
      uid: name,
      controller,
    })
    expect(signs({ ownerReferences: [owner('a', false), owner('b', true)] })).toEqual([
      {
        keeper: 'owner',
        by: 'metadata.ownerReferences',
        object: { group: 'apps', kind: 'ReplicaSet', namespace: null, name: 'b' },
        release: null,
        leftAlone: false,
      },
    ])
    expect(signs({ labels: 'odd', annotations: [1], ownerReferences: {} })).toEqual([])
  })
})
