import { ownChoice } from '../../../../contract/own-choice.ts'
import type { FieldFate, Review, Submitted } from '../../../../contract/review.ts'
import { type JsonObject, printJson } from '../../../../core/json.ts'
import { printYaml, readYaml } from '../../../../core/yaml.ts'
import { deployment, uid } from './objects.ts'

const taken: FieldFate = {
  path: 'spec.template.spec.containers[name=nginx].image',
  fate: 'taken',
  live: 'nginx:1.14.2',
  mine: 'nginx:1.16.1',
  answer: 'nginx:1.16.1',
  subresource: null,
  line: 31,
}

const withTag = (object: JsonObject): JsonObject => ({
  ...object,
  metadata: { ...deployment.metadata, generation: 2, labels: { app: 'nginx', 'image-tag': '1.16.1' } },
})

/** A review as the host makes it for whatever stands in the text. */
export function reviewOf(text: string, more: Partial<Review> = {}): Review {
  const reading = readYaml(text)
  const edited = reading.ok ? (reading.value as JsonObject) : deployment
  const before = printYaml(deployment)
  const after = printYaml(withTag(edited))
  const lineWith = (part: string) => after.split('\n').findIndex(line => line.includes(part)) + 1
  const beforeLine = (part: string) => before.split('\n').findIndex(line => line.includes(part)) + 1
  return {
    plan: 'plan-1',
    edit: 'edit-1',
    textVersion: 1,
    choice: ownChoice,
    strategy: 'strategic',
    guard: 'version',
    strategies: [],
    recommended: null,
    overwrites: [],
    lastApplied: null,
    fallsShort: [],
    basis: 'server',
    changesAnything: true,
    steps: { done: [], now: { subresource: null, paths: [], changed: 1 }, later: [] },
    request: {
      method: 'PATCH',
      path: '/apis/apps/v1/namespaces/default/deployments/nginx-deployment',
      query: [
        ['fieldManager', 'patchbay'],
        ['fieldValidation', 'Strict'],
      ],
      mediaType: 'application/strategic-merge-patch+json',
      body: printJson(
        {
          metadata: { resourceVersion: '4711', uid },
          spec: {
            template: {
              spec: {
                containers: [{ image: 'nginx:1.16.1', name: 'nginx' }],
              },
            },
          },
        },
        { indent: 2 },
      ),
      bytes: 212,
      masked: false,
    },
    command: {
      posix: `kubectl --context practice patch deployments.apps nginx-deployment -n default --type strategic --field-manager patchbay -p '{"metadata":{"resourceVersion":"4711"},"spec":{"template":{"spec":{"containers":[{"image":"nginx:1.16.1","name":"nginx"}]}}}}'`,
      powershell: `kubectl --context practice patch deployments.apps nginx-deployment -n default --type strategic --field-manager patchbay -p '{\\"metadata\\":{\\"resourceVersion\\":\\"4711\\"}}'`,
      runnable: true,
      notes: ['no-strict-validation'],
    },
    before,
    after,
    marks: [
      { side: 'before', line: beforeLine('image: '), layer: 'mine', path: taken.path },
      { side: 'after', line: lineWith('image: '), layer: 'mine', path: taken.path },
      { side: 'before', line: beforeLine('image-tag:'), layer: 'server', path: 'metadata.labels.image-tag' },
      { side: 'after', line: lineWith('image-tag:'), layer: 'server', path: 'metadata.labels.image-tag' },
      { side: 'before', line: beforeLine('generation:'), layer: 'any-write', path: 'metadata.generation' },
      { side: 'after', line: lineWith('generation:'), layer: 'any-write', path: 'metadata.generation' },
    ],
    fates: [taken],
    size: null,
    needsAcknowledgement: false,
    others: [],
    owners: [],
    chosenAtSubmit: [],
    masked: [],
    dangers: [],
    warnings: [],
    hidden: [],
    ...more,
  }
}

/** Fields that the server took in other words, ignored and overrode, beside the one that it took. */
export const untaken: FieldFate[] = [
  taken,
  {
    path: 'spec.template.spec.containers[name=nginx].resources.limits.cpu',
    fate: 'normalised',
    live: '500m',
    mine: '1000m',
    answer: '1',
    subresource: null,
    line: 40,
  },
  { path: 'status.replicas', fate: 'ignored', live: '3', mine: '9', answer: '3', subresource: 'status', line: 61 },
  {
    path: 'metadata.labels.image-tag',
    fate: 'overridden',
    live: '1.14.2',
    mine: 'latest',
    answer: '1.16.1',
    subresource: null,
    line: 9,
  },
]

/** What others changed meanwhile. */
export const foreign = [
  { path: 'spec.replicas', before: '3', after: '5', manager: 'kube-controller-manager' },
  { path: 'metadata.annotations["team.example.org/owner"]', before: null, after: 'web', manager: null },
]

/** The answer to a submit of this text. */
export function savedAs(text: string, more: object = {}): Submitted {
  const reading = readYaml(text)
  const edited = reading.ok ? (reading.value as JsonObject) : deployment
  const answer = withTag(edited)
  const base: JsonObject = { ...answer, metadata: { ...(answer.metadata as JsonObject), resourceVersion: '4720' } }
  return {
    kind: 'saved',
    base: printJson(base),
    baseVersion: '4720',
    differences: [],
    guard: 'version',
    mergedIn: [],
    attempts: 1,
    warnings: [],
    edit: 'edit-1',
    deleted: false,
    steps: null,
    saved: null,
    ...more,
  }
}
