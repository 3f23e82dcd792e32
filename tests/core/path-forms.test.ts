import { expect, test } from 'vitest'
import { jsonPointer, kubectlJsonPath } from '../../core/path-forms.ts'

// Each of the second column was given to kubectl 1.32 with `label --local -o jsonpath=` and found the value.
test.each<[(string | number)[], string, string]>([
  [[], '{@}', ''],
  [['metadata', 'name'], '{.metadata.name}', '/metadata/name'],
  [['metadata', 'annotations', 'a.b/c'], '{.metadata.annotations.a\\.b/c}', '/metadata/annotations/a.b~1c'],
  [['metadata', 'labels', 'a-b'], '{.metadata.labels.a-b}', '/metadata/labels/a-b'],
  [['data', 'we[i]rd k'], '{.data.we\\[i\\]rd\\ k}', '/data/we[i]rd k'],
  [['data', "it's"], "{.data.it's}", "/data/it's"],
  [['data', '1a'], '{.data.1a}', '/data/1a'],
  [['data', 'a~b'], '{.data.a\\~b}', '/data/a~0b'],
  [['spec', 'containers', 0, 'image'], '{.spec.containers[0].image}', '/spec/containers/0/image'],
])('%j', (path, jsonPath, pointer) => {
  expect(kubectlJsonPath(path)).toBe(jsonPath)
  expect(jsonPointer(path)).toBe(pointer)
})

test('an item with a name is asked for by it', () => {
  const path = ['spec', 'containers', 0, 'ports', 1]
  const name = (item: readonly (string | number)[]) => (item.length === 3 ? 'web' : null)
  expect(kubectlJsonPath(path, name)).toBe('{.spec.containers[?(@.name=="web")].ports[1]}')
})
