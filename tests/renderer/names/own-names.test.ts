import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { namedPlaces } from '../../../renderer/edit/named-places.ts'
import { ownNames } from '../../../renderer/names/own-names.ts'
import { lookInText } from '../../../renderer/names/text-look.ts'

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

test('what must be there is found with its place; what may be missing or is being made is not', () => {
  const found = (text: string) =>
    namedPlaces({ kind: 'names', text }).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`)
  expect(found(yaml)).toEqual(['Secret keys'])
  const certificate =
    'apiVersion: cert-manager.io/v1\nkind: Certificate\nspec:\n  secretName: made\n  issuerRef: {kind: Issuer, name: ca}\n'
  expect(found(certificate)).toEqual([])
  expect(found('a: [')).toEqual([])
})
