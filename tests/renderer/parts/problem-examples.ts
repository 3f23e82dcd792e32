import type { Asked, Problem, ProblemCode } from '../../../core/problem.ts'

const asked: Asked = { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'default', name: 'nginx' }
const everywhere: Asked = { verb: 'list', group: '', resource: 'nodes', namespace: null, name: null }
const message = 'words of the server'
const detail = 'a detail'
const changed = { expected: 'before', found: 'after' }

/** For each code the shapes that its sentence tells apart. The type makes it complete. */
export const problemExamples: { readonly [C in ProblemCode]: readonly (Problem & { readonly code: C })[] } = {
  'yaml-syntax': [{ code: 'yaml-syntax', detail }],
  'yaml-duplicate-key': [{ code: 'yaml-duplicate-key', key: 'image', firstLine: 3 }],
  'yaml-second-document': [{ code: 'yaml-second-document' }],
  'yaml-unsupported': [{ code: 'yaml-unsupported', what: 'infinite-number' }],
  'yaml-empty': [{ code: 'yaml-empty' }],
  'yaml-not-an-object': [{ code: 'yaml-not-an-object' }],
  'json-syntax': [{ code: 'json-syntax', detail, offset: 12 }],
  'api-version-changed': [{ code: 'api-version-changed', ...changed }],
  'kind-changed': [
    { code: 'kind-changed', ...changed },
    { code: 'kind-changed', expected: 'Pod', found: null },
  ],
  'name-changed': [{ code: 'name-changed', expected: 'nginx', found: 12n }],
  'namespace-changed': [
    { code: 'namespace-changed', ...changed },
    { code: 'namespace-changed', expected: null, found: 'default' },
  ],
  'uid-changed': [{ code: 'uid-changed', ...changed }],
  'resource-version-changed': [{ code: 'resource-version-changed', ...changed }],
  'patch-falls-short': [{ code: 'patch-falls-short', paths: [['spec', 'ports', 0], ['metadata']] }],
  'merge-key-missing': [{ code: 'merge-key-missing', key: 'name' }],
  'merge-key-not-scalar': [{ code: 'merge-key-not-scalar', key: 'name' }],
  'patch-type-mismatch': [{ code: 'patch-type-mismatch', expected: 'object', found: 'array' }],
  'patch-directive-unknown': [{ code: 'patch-directive-unknown', directive: '$frob' }],
  'patch-list-order': [{ code: 'patch-list-order', detail }],
  'too-deep': [{ code: 'too-deep', limit: 1000 }],
  'schema-unknown': [{ code: 'schema-unknown', name: 'io.x.Y' }],
  'schema-invalid': [{ code: 'schema-invalid', detail }],
  'merge-conflict': [
    { code: 'merge-conflict', conflicts: [{ path: ['spec', 'replicas'], base: 1, mine: 2, theirs: 3 }] },
    { code: 'merge-conflict', conflicts: [{ path: ['a'] }, { path: ['b'] }] },
  ],
  unreachable: [{ code: 'unreachable', detail }],
  'tls-failed': [{ code: 'tls-failed', detail }],
  'timed-out': [
    { code: 'timed-out', seconds: 1 },
    { code: 'timed-out', seconds: 30 },
  ],
  'credentials-failed': [{ code: 'credentials-failed', detail }],
  unauthorized: [{ code: 'unauthorized', message }],
  forbidden: [
    { code: 'forbidden', asked, message },
    { code: 'forbidden', asked: { ...asked, subresource: 'scale' }, message },
    { code: 'forbidden', asked: everywhere, message },
  ],
  'not-found': [
    { code: 'not-found', asked, message },
    { code: 'not-found', asked: everywhere, message },
  ],
  'already-exists': [{ code: 'already-exists', message }],
  expired: [{ code: 'expired', message }],
  'unknown-field': [{ code: 'unknown-field', field: 'spec.replica' }],
  'decoding-failed': [{ code: 'decoding-failed', message }],
  invalid: [
    { code: 'invalid', message, causes: [] },
    { code: 'invalid', message, causes: [{ reason: 'FieldValueInvalid', field: 'spec.x', message }] },
  ],
  'admission-denied': [
    { code: 'admission-denied', stage: 'validating-admission', policy: 'no-latest', webhook: null, message },
    { code: 'admission-denied', stage: 'mutating-admission', policy: null, webhook: 'a.example.org', message },
    { code: 'admission-denied', stage: 'admission', policy: null, webhook: null, message },
  ],
  'quota-exceeded': [{ code: 'quota-exceeded', message }],
  'version-conflict': [{ code: 'version-conflict', message }],
  'owner-conflict': [{ code: 'owner-conflict', owners: [{ manager: 'helm', field: '.spec.replicas' }], message }],
  'uid-conflict': [{ code: 'uid-conflict', message }],
  'too-large': [
    { code: 'too-large', bytes: 2_000_000, limit: 1_500_000 },
    { code: 'too-large', bytes: null, limit: null },
  ],
  'rate-limited': [
    { code: 'rate-limited', retryAfterSeconds: 2 },
    { code: 'rate-limited', retryAfterSeconds: null },
  ],
  'media-type-unsupported': [{ code: 'media-type-unsupported', mediaType: 'application/strategic-merge-patch+json' }],
  'dry-run-unsupported': [{ code: 'dry-run-unsupported', message }],
  'server-error': [{ code: 'server-error', status: 500, message }],
  'kubeconfig-missing': [{ code: 'kubeconfig-missing' }],
  'kubeconfig-invalid': [{ code: 'kubeconfig-invalid', detail }],
  'context-unknown': [{ code: 'context-unknown', context: 'prod' }],
  'resource-unknown': [{ code: 'resource-unknown', group: 'apps', resource: 'frobs' }],
  'verb-unsupported': [{ code: 'verb-unsupported', verb: 'patch', resource: 'componentstatuses' }],
  'server-too-old': [{ code: 'server-too-old', version: 'v1.25.3' }],
  'schema-unavailable': [{ code: 'schema-unavailable', detail }],
  'edit-unknown': [{ code: 'edit-unknown' }],
  'edit-busy': [{ code: 'edit-busy' }],
  'text-behind': [{ code: 'text-behind', hostVersion: 4 }],
  'base-moved': [{ code: 'base-moved' }],
  'plan-stale': [{ code: 'plan-stale' }],
  'fates-unacknowledged': [{ code: 'fates-unacknowledged' }],
  'object-gone': [{ code: 'object-gone' }],
  'object-replaced': [{ code: 'object-replaced', uid: '1234' }],
  'outcome-unknown': [{ code: 'outcome-unknown', detail }],
  'not-written': [{ code: 'not-written', detail }],
  'store-damaged': [{ code: 'store-damaged', movedTo: 'patchbay.db.damaged-2026' }],
  'store-newer': [{ code: 'store-newer' }],
  'host-gone': [{ code: 'host-gone' }],
  'link-invalid': [{ code: 'link-invalid', address: '/nowhere' }],
}
