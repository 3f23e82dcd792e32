import type { OpenedEdit } from '../../../../contract/edit.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { mergeThreeWay } from '../../../../core/merge.ts'
import { fail, ok } from '../../../../core/problem.ts'
import { printYaml, readYaml } from '../../../../core/yaml.ts'
import { createStandIn, type StandIn } from '../stand-in.ts'
import { foreign, reviewOf, savedAs, untaken } from './answers.ts'
import { deployment, deploymentRef, largeConfigMap } from './objects.ts'
import { writtenAs } from './strategies.ts'

/** One state that a person can get into, as an edit on a stand-in of the host. */
type Scene = () => StandIn

const plain = (more: Partial<OpenedEdit> = {}) => {
  const standIn = createStandIn(deployment, deploymentRef, more)
  standIn.script.review = session => ok(reviewOf(session.text))
  standIn.script.submit = session => ok(savedAs(session.text))
  return standIn
}

/** The scenes by name, which the page reads from its address. */
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
          owners: [
            {
              path: 'spec.replicas',
              managers: ['kube-controller-manager', 'argocd-controller'],
              keptBy: [
                { keeper: 'autoscaler', manager: 'kube-controller-manager' },
                { keeper: 'argo-cd', manager: 'argocd-controller' },
              ],
            },
          ],
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
      const after = before.replace(/value (\d+)/g, 'other $1')
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
