import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { selectedPorts } from '../../../core/selected-ports.ts'
import { namedPlaces } from '../../../renderer/edit/named-places.ts'
import { ownNames } from '../../../renderer/names/own-names.ts'
import { lookInText, mapInText } from '../../../renderer/names/text-look.ts'

const yaml = `apiVersion: apps/v1
kind: StatefulSet
spec:
  template:
    spec:
      containers:
      - name: web
        ports:
        - name: http
          containerPort: 80
        - containerPort: 90
        volumeMounts:
        - name: 
      volumes:
      - name: config
        configMap: {name: "settings", optional: true}
      - secret:
          secretName: keys
        name: 'secrets'
  volumeClaimTemplates:
  - metadata:
      name: data
`
const document = Text.of(yaml.split('\n'))
const container = ['spec', 'template', 'spec', 'containers', 0]

test.each<[string, (string | number)[], string[]]>([
  ['volumes, and those of claims', [...container, 'volumeMounts', 0, 'name'], ['config', 'secrets', 'data']],
  ['ports by name and number', [...container, 'livenessProbe', 'httpGet', 'port'], ['http', '80', '90']],
  ['containers', [...container, 'env', 0, 'valueFrom', 'resourceFieldRef', 'containerName'], ['web']],
  ['ports by number where no name will do', [...container, 'readinessProbe', 'grpc', 'port'], ['80', '90']],
  [
    'containers to the annotation that names one',
    ['spec', 'template', 'metadata', 'annotations', 'kubectl.kubernetes.io/default-container'],
    ['web'],
  ],
  ['nothing of another field', [...container, 'image'], []],
])('an object offers its own %s', (_, path, expected) => {
  expect(ownNames(document, path).map(({ text }) => text)).toEqual(expected)
})

test('fields are read where they stand, quoted or not', () => {
  const look = lookInText(document)
  const volumes = ['spec', 'template', 'spec', 'volumes']
  expect(look(['kind'])).toBe('StatefulSet')
  expect(look([...volumes, 1, 'name'])).toBe('secrets')
  expect(look([...volumes, 1, 'secret', 'secretName'])).toBe('keys')
  expect([look([...volumes, 2, 'name']), look(volumes), look(['none', 'there'])]).toEqual(['', '', ''])
})

test('the labels that select whose ports a field names are read from the text', () => {
  const service = Text.of(
    'kind: Service\nspec:\n  selector:\n    app: web\n    tier: "1"\n  ports:\n  - targetPort: '.split('\n'),
  )
  const selected = selectedPorts(['spec', 'ports', 0, 'targetPort'], lookInText(service))
  expect(selected?.of).toBe('pods')
  expect(mapInText(service, selected?.labels ?? [])).toEqual({ app: 'web', tier: '1' })
  const policy = Text.of(['kind: NetworkPolicy'])
  expect(selectedPorts(['spec', 'egress', 2, 'ports', 0, 'port'], lookInText(policy))?.labels).toEqual([
    'spec',
    'egress',
    2,
    'to',
    0,
    'podSelector',
    'matchLabels',
  ])
  expect(selectedPorts(['spec', 'ports', 0, 'port'], lookInText(service))).toBeNull()
})

test('what must be there is found with its place; what may be missing or is being made is not', () => {
  const found = (text: string) =>
    namedPlaces({ kind: 'names', text }).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`)
  expect(found(yaml)).toEqual(['Secret keys'])
  const certificate =
    'apiVersion: cert-manager.io/v1\nkind: Certificate\nspec:\n  secretName: made\n  issuerRef: {kind: Issuer, name: ca}\n'
  expect(found(certificate)).toEqual([])
  expect(found('a: [')).toEqual([])
})
