import { wholeHistory } from '../../contract/history.ts'
import type { ObjectTarget } from '../../contract/object.ts'
import { plainList } from '../browse/scope.ts'

/** The list of an object's kind in its namespace. */
export function listOf({ context, group, version, resource, namespace }: ObjectTarget) {
  const namespaces = namespace === null ? [] : [namespace]
  return plainList({ contexts: [context], group, version, resource, namespaces })
}

/** The history of an object. */
export function historyOf({ context, group, resource, namespace, name }: ObjectTarget) {
  const object = { context, group, resource, namespace, name }
  return { kind: 'history', entry: null, filter: { ...wholeHistory, object } } as const
}
