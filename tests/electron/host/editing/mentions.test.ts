import { expect, test } from 'vitest'
import { mentionsIn } from '../../../../electron/host/editing/mentions.ts'

const template = { spec: { initContainers: [{ name: 'init' }], containers: [{ name: 'a' }, { name: 'b' }] } }
const deployment = { spec: { template } }
const cronJob = { spec: { jobTemplate: { spec: { template } } } }

test.each<[string, string, object, readonly string[]]>([
  [
    'a field before its words',
    'spec.template.spec.containers[0].ports[1]: duplicate port name "http"',
    deployment,
    ['spec.template.spec.containers[0].ports[1] | duplicate port name "http"'],
  ],
  [
    'a key in brackets',
    'metadata.annotations[a.b/c]: deprecated',
    deployment,
    ['metadata.annotations[a.b/c] | deprecated'],
  ],
  ['an unknown field', 'unknown field "spec.foo"', deployment, ['spec.foo | unknown field']],
  [
    'containers by name',
    'would violate PodSecurity "restricted:latest": unrestricted capabilities (containers "a", "b" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "init" must set securityContext.runAsNonRoot=true)',
    deployment,
    [
      'spec.template.spec.containers[0] | must set securityContext.capabilities.drop=["ALL"]',
      'spec.template.spec.containers[1] | must set securityContext.capabilities.drop=["ALL"]',
      'spec.template.spec.initContainers[0] | must set securityContext.runAsNonRoot=true',
    ],
  ],
  [
    'a template in a template',
    'container "b" must not run',
    cronJob,
    ['spec.jobTemplate.spec.template.spec.containers[1] | must not run'],
  ],
  ['a container that is not there', 'container "x" must not run', deployment, []],
  ['a word and a colon', 'Warning: this API is deprecated', deployment, []],
  ['a group, no field', 'apps/v1beta1 Deployment is deprecated: use apps/v1', deployment, []],
])('%s', (_, message, object, expected) => {
  const found = mentionsIn(message, JSON.parse(JSON.stringify(object)))
  expect(found.map(({ field, message }) => `${field} | ${message}`)).toEqual(expected)
})
