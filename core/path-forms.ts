import type { IndexPath } from './path.ts'

/** A path as a JSON Pointer (RFC 6901): `/spec/containers/0/image`; '' is the whole object. */
export function jsonPointer(path: IndexPath): string {
  return path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/**
 * A path as kubectl's `-o jsonpath=` takes it: `{.spec.containers[0].image}`; signs within keys are escaped by a backslash
 * (`k8s.io/client-go/util/jsonpath`, parser.go). `names` gives the name of an item, null for one to be counted: it is then
 * asked for by that, as `[?(@.name=="nginx")]`.
 */
export function kubectlJsonPath(path: IndexPath, names: (item: IndexPath) => string | null = () => null): string {
  const steps = path.map((step, index) => {
    if (typeof step === 'string') return jsonPathKey(step)
    const name = names(path.slice(0, index + 1))
    return name === null ? `[${step}]` : `[?(@.name==${JSON.stringify(name)})]`
  })
  return `{${steps.join('') || '@'}}`
}

/** Between brackets and quotes kubectl's parser knows neither blanks nor brackets: behind a dot it does. */
function jsonPathKey(key: string): string {
  return `.${key.replaceAll(/[ -,.:-@[-^`{-~]/g, sign => (sign === "'" ? sign : `\\${sign}`))}`
}
