import type { FieldFate, OpenedEdit, Review, Submitted } from '../../../../contract/edit.ts'
import { ownChoice } from '../../../../contract/strategy.ts'
import { type JsonObject, printJson } from '../../../../core/json.ts'
import { mergeThreeWay } from '../../../../core/merge.ts'
import type { ObjectRef } from '../../../../core/object.ts'
import { fail, ok } from '../../../../core/problem.ts'
import { printYaml, readYaml } from '../../../../core/yaml.ts'
import { createStandIn, type StandIn } from '../stand-in.ts'
import { writtenAs } from './strategies.ts'

/** Objects and answers for the page of the edit's tests: each scene is one state that a person can get into. */

// The identity is opaque to the page.
const cluster = 'cluster' as ObjectRef['cluster']
const uid = '3f2a8c1e-6a0b-4c2e-9d54-0f6f2b7c9a11'

export const deploymentRef: ObjectRef = {
  cluster,
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespace: 'default',
  name: 'nginx-deployment',
  uid,
}

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    annotations: { 'deployment.kubernetes.io/revision': '1' },
    creationTimestamp: '2026-03-01T09:12:44Z',
    generation: 1,
    labels: { app: 'nginx', 'image-tag': '1.14.2' },
    name: 'nginx-deployment',
    namespace: 'default',
    resourceVersion: '4711',
    uid,
  },
  spec: {
    progressDeadlineSeconds: 600,
    replicas: 3,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: 'nginx' } },
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
    template: {
      metadata: { labels: { app: 'nginx' } },
      spec: {
        containers: [
          {
            image: 'nginx:1.14.2',
            imagePullPolicy: 'IfNotPresent',
            name: 'nginx',
            ports: [{ containerPort: 80, protocol: 'TCP' }],
            resources: { limits: { cpu: '500m', memory: '128Mi' } },
            terminationMessagePath: '/dev/termination-log',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
      },
    },
  },
  status: {
    availableReplicas: 3,
    conditions: [{ status: 'True', type: 'Available' }],
    observedGeneration: 1,
    readyReplicas: 3,
    replicas: 3,
  },
} satisfies JsonObject

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
function reviewOf(text: string, more: Partial<Review> = {}): Review {
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
    warnings: [],
    hidden: [],
    ...more,
  }
}

const untaken: FieldFate[] = [
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

const foreign = [
  { path: 'spec.replicas', before: '3', after: '5', manager: 'kube-controller-manager' },
  { path: 'metadata.annotations["team.example.org/owner"]', before: null, after: 'web', manager: null },
]

function savedAs(text: string, more: object = {}): Submitted {
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
    ...more,
  }
}

/** A ConfigMap of about a mebibyte: 10,000 entries of 100 characters. */
function largeConfigMap(): JsonObject {
  const data: Record<string, string> = {}
  for (let index = 0; index < 10_000; index += 1) {
    data[`entry-${String(index).padStart(5, '0')}`] = `value ${index} ${'x'.repeat(80)}`
  }
  const metadata = { name: 'large', namespace: 'default', resourceVersion: '1', uid }
  return { apiVersion: 'v1', data, kind: 'ConfigMap', metadata }
}

type Scene = () => StandIn

const plain = (more: Partial<OpenedEdit> = {}) => {
  const standIn = createStandIn(deployment, deploymentRef, more)
  standIn.script.review = session => ok(reviewOf(session.text))
  standIn.script.submit = session => ok(savedAs(session.text))
  return standIn
}

export const scenes: { readonly [name: string]: Scene } = {
  plain: () => plain(),
  'read-only': () =>
    plain({
      readOnly: {
        code: 'forbidden',
        asked: {
          verb: 'patch',
          group: 'apps',
          resource: 'deployments',
          namespace: 'default',
          name: 'nginx-deployment',
        },
        message: '',
      },
    }),
  untaken: () => {
    const standIn = plain()
    standIn.script.review = session => ok(reviewOf(session.text, { fates: untaken, needsAcknowledgement: true }))
    return standIn
  },
  notes: () => {
    const standIn = plain()
    standIn.script.review = session =>
      ok(
        reviewOf(session.text, {
          others: foreign,
          owners: [{ path: 'spec.replicas', managers: ['kube-controller-manager', 'argocd'] }],
          chosenAtSubmit: ['spec.clusterIP'],
          warnings: [{ message: 'spec.template.spec.containers[0].ports[0]: duplicate port definition' }],
          hidden: [{ range: { from: 10, to: 11, line: 12, column: 20 }, name: 'U+202E RIGHT-TO-LEFT OVERRIDE' }],
          fallsShort: ['spec.template.spec.containers[name=nginx].ports'],
          strategy: 'merge',
          size: { bytes: 1_700_000, limit: 1_572_864 },
          needsAcknowledgement: true,
        }),
      )
    standIn.script.submit = session =>
      ok(
        savedAs(session.text, {
          mergedIn: foreign,
          differences: [{ path: 'spec.clusterIP', before: '10.0.0.7', after: '10.0.0.9' }],
          attempts: 2,
          warnings: ['metadata.name: should be a DNS label'],
        }),
      )
    return standIn
  },
  /** Every strategy, as a host offers them for a field that others own too. */
  strategies: () => {
    const standIn = plain()
    standIn.script.review = (session, choice) => {
      const written = writtenAs(choice)
      return written.ok ? ok(reviewOf(session.text, written.value)) : written
    }
    return standIn
  },
  prediction: () => {
    const standIn = plain()
    standIn.script.review = session => ok(reviewOf(session.text, { basis: 'prediction' }))
    return standIn
  },
  nothing: () => {
    const standIn = plain()
    standIn.script.review = session => {
      const review = reviewOf(session.text, { changesAnything: false, fates: [], marks: [] })
      return ok({ ...review, after: review.before })
    }
    return standIn
  },
  conflict: () => {
    const standIn = plain()
    standIn.script.review = () =>
      fail({
        code: 'merge-conflict',
        conflicts: [
          { path: ['spec', 'replicas'], base: 3, mine: 4, theirs: 5 },
          {
            path: ['spec', 'template', 'spec', 'containers', { keys: { name: 'nginx' } }, 'resources'],
            base: { limits: { cpu: '500m' } },
            mine: { limits: { cpu: '1', memory: '1Gi' } },
          },
        ],
      })
    return standIn
  },
  /** Another writer changed two fields, and the review merges as the host does. */
  overlap: () => {
    const standIn = plain()
    const live = {
      ...deployment,
      metadata: { ...deployment.metadata, annotations: { owner: 'web' }, resourceVersion: '4715' },
      spec: { ...deployment.spec, replicas: 5, revisionHistoryLimit: 3 },
    }
    standIn.setLive(live)
    standIn.tell({ others: foreign })
    standIn.script.review = session => {
      const reading = readYaml(session.text)
      if (session.origin.kind !== 'edit' || !reading.ok) return fail({ code: 'yaml-not-an-object' })
      const merge = mergeThreeWay(session.origin.base.object, reading.value as JsonObject, live, null)
      return merge.ok ? ok(reviewOf(session.text)) : fail(merge.problem)
    }
    return standIn
  },
  'unknown-field': () => {
    const standIn = plain()
    standIn.script.review = session => {
      const from = session.text.indexOf('  replicas:')
      const line = session.text.slice(0, from).split('\n').length
      return fail({
        code: 'unknown-field',
        field: 'spec.replica',
        range: { from: from + 2, to: from + 10, line, column: 3 },
      })
    }
    return standIn
  },
  policy: () => {
    const standIn = plain()
    standIn.script.review = () =>
      fail({
        code: 'admission-denied',
        stage: 'validating-admission',
        policy: 'no-latest-images',
        webhook: null,
        message: 'images need a version: nginx:latest has none',
        causes: [],
      })
    return standIn
  },
  /** A submit of which the server asks to wait, until the person stops it. */
  busy: () => {
    const standIn = plain()
    standIn.script.submit = () =>
      new Promise(resolve => {
        standIn.tell({ submitting: { kind: 'waiting', attempt: 1, seconds: 17 } })
        standIn.script.stop = () => {
          standIn.tell({ submitting: null })
          resolve(fail({ code: 'submit-stopped' }))
        }
      })
    return standIn
  },
  'review-again': () => {
    const standIn = plain()
    standIn.script.submit = session =>
      ok({
        kind: 'review-again',
        reason: 'others-changed',
        review: reviewOf(session.text, { plan: 'plan-2', others: foreign }),
      })
    return standIn
  },
  'outcome-unknown': () => {
    const standIn = plain()
    standIn.script.submit = () => fail({ code: 'outcome-unknown', detail: 'socket hang up' })
    return standIn
  },
  slow: () => {
    const standIn = plain()
    standIn.script.review = () => new Promise(() => undefined)
    return standIn
  },
  others: () => {
    const standIn = plain()
    standIn.tell({ others: foreign })
    return standIn
  },
  gone: () => {
    const standIn = plain()
    standIn.tell({ live: { kind: 'gone' } })
    return standIn
  },
  large: () => {
    const object = largeConfigMap()
    const ref = { ...deploymentRef, group: '', resource: 'configmaps', kind: 'ConfigMap', name: 'large' }
    const standIn = createStandIn(object, ref)
    standIn.script.review = session => {
      const review = reviewOf(session.text)
      const before = printYaml(object)
      let line = 0
      const after = before.replace(/value (\d+)/g, (_, index) => (Number(index) % 1 === 0 ? `other ${index}` : ''))
      const marks = after.split('\n').flatMap(text => {
        line += 1
        return text.includes('other ')
          ? [{ side: 'after' as const, line, layer: 'mine' as const, path: String(line) }]
          : []
      })
      return ok({ ...review, before, after, marks, fates: [] })
    }
    return standIn
  },
}
