import type { ObjectTarget } from '../../contract/object.ts'

/** The kubectl command that does that with an object, in its very version, quoted for a POSIX shell. */
export function kubectlWords(verb: 'get' | 'describe' | 'edit', target: ObjectTarget): string {
  const { context, group, version, resource, namespace, name } = target
  const type = group === '' ? resource : `${resource}.${version}.${group}`
  const words = [
    'kubectl',
    `--context=${context}`,
    ...(namespace === null ? [] : [`--namespace=${namespace}`]),
    verb,
    `${type}/${name}`,
    ...(verb === 'get' ? ['--output=yaml'] : []),
  ]
  return words.map(quote).join(' ')
}

function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
