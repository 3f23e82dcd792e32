import type { Review } from '../../../../contract/review.ts'
import type {
  ApplyForecast,
  Guard,
  LastApplied,
  Recommendation,
  Strategy,
  StrategyOffer,
  WriteChoice,
} from '../../../../contract/strategy.ts'
import { fail, ok, type Result } from '../../../../core/problem.ts'

/** What a host says of the ways to write the change of an image, in the scene `strategies`. */

const image = 'spec.template.spec.containers[name=nginx].image'

const owners = [
  { path: image, managers: ['argocd-controller'] },
  { path: 'spec.replicas', managers: ['kube-controller-manager', 'argocd-controller'] },
]

const overwrites = [
  { path: 'spec.revisionHistoryLimit', before: '10', after: '3', manager: 'colleague' },
  { path: 'metadata.annotations["team.example.org/owner"]', before: null, after: 'web', manager: null },
]

const offers: readonly StrategyOffer[] = [
  { strategy: 'strategic', state: 'reaches', paths: [], notes: [] },
  {
    strategy: 'merge',
    state: 'reaches',
    paths: [],
    notes: [{ kind: 'replaces-list', paths: ['spec.template.spec.containers'] }],
  },
  { strategy: 'json', state: 'reaches', paths: [], notes: [] },
  {
    strategy: 'apply',
    state: 'reaches',
    paths: [],
    notes: [
      { kind: 'owner-conflict', owners },
      {
        kind: 'takes-ownership',
        paths: [image, 'spec.replicas', 'metadata.labels.tier', 'metadata.labels.zone', 'metadata.labels.app'],
      },
    ],
  },
  { strategy: 'replace', state: 'reaches', paths: [], notes: [{ kind: 'overwrites', changes: overwrites }] },
]

/** The offers beside a JSON Patch: of an edit that a merge patch cannot write. */
const offersBesideJson = offers.map(offer =>
  offer.strategy === 'merge'
    ? ({ ...offer, state: 'falls-short', paths: ['metadata.annotations["team.example.org/owner"]'] } as const)
    : offer,
)

const recommended: Recommendation = {
  strategy: 'strategic',
  guard: 'version',
  reason: 'usual',
  paths: [],
  managers: [],
}

function remembered(changed: boolean): LastApplied {
  const forecast: ApplyForecast[] = [
    {
      path: image,
      outcome: changed ? 'kept' : 'reverted',
      mine: 'nginx:1.16.1',
      next: changed ? 'nginx:1.16.1' : 'nginx:1.14.2',
    },
    { path: 'metadata.labels.tier', outcome: 'kept', mine: 'front', next: 'front' },
  ]
  return {
    drift: [{ path: 'spec.replicas', before: '2', after: '3' }],
    forecast,
    holds: [image],
    trouble: null,
  }
}

const requests: { readonly [strategy in Strategy]: Pick<Review['request'], 'method' | 'mediaType'> } = {
  strategic: { method: 'PATCH', mediaType: 'application/strategic-merge-patch+json' },
  merge: { method: 'PATCH', mediaType: 'application/merge-patch+json' },
  json: { method: 'PATCH', mediaType: 'application/json-patch+json' },
  apply: { method: 'PATCH', mediaType: 'application/apply-patch+yaml' },
  replace: { method: 'PUT', mediaType: 'application/json' },
  'client-side-apply': { method: 'PATCH', mediaType: 'application/strategic-merge-patch+json' },
  create: { method: 'POST', mediaType: 'application/json' },
}

let plans = 0

/** What a review says of its way of writing; an apply without force meets the owners. */
export function writtenAs(choice: WriteChoice): Result<Partial<Review>> {
  const strategy = choice.strategy ?? recommended.strategy
  const guard: Guard = choice.guard ?? 'version'
  if (strategy === 'apply' && !choice.force) {
    const conflicts = owners.flatMap(({ path, managers }) => managers.map(manager => ({ manager, field: path })))
    return fail({ code: 'owner-conflict', owners: conflicts, message: '' })
  }
  if (strategy === 'merge') return fail({ code: 'server-error', status: 500, message: 'no merge patch today' })
  plans += 1
  return ok({
    plan: `plan-${plans}`,
    choice,
    strategy,
    guard,
    strategies: strategy === 'json' ? offersBesideJson : offers,
    recommended,
    overwrites: strategy === 'replace' ? overwrites : [],
    needsAcknowledgement: strategy === 'replace',
    lastApplied: remembered(choice.lastApplied),
    request: {
      ...requests[strategy],
      path: '/apis/apps/v1/namespaces/default/deployments/nginx-deployment',
      query: [
        ['fieldManager', strategy === 'apply' ? 'patchbay-apply' : 'patchbay'],
        ['fieldValidation', 'Strict'],
        ...(choice.force ? ([['force', 'true']] as const) : []),
      ],
      body: '{\n  "metadata": {\n    "resourceVersion": "4711"\n  }\n}',
      bytes: 212,
      masked: false,
    },
  })
}
