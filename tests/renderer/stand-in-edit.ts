import type { EditTarget, OpenedEdit } from '../../contract/edit.ts'
import type { ClusterIdentity } from '../../core/object.ts'
import { printYaml } from '../../core/yaml.ts'
import { standInKinds } from './stand-in-kinds.ts'

type Named = { readonly context: string; readonly ref: Omit<EditTarget, 'context' | 'subresource'> }
/** An object's place as the stand-in notes it. */
export function formatTarget({ context, ref }: Named): string {
  return [context, ref.group, ref.resource, ref.namespace, ref.name].join('/')
}

/** An edit of any object, with a small text. */
export function openedEdit(edit: string, target: EditTarget): OpenedEdit {
  const { context, group, version, resource, namespace, name } = target
  const kind = standInKinds.find(one => one.group === group && one.resource === resource)?.kind ?? 'Thing'
  // A stand-in's identities are made up here; nothing else brands one.
  const cluster = context as ClusterIdentity
  const metadata = { name, ...(namespace === null ? {} : { namespace }), uid: `uid of ${name}`, resourceVersion: '1' }
  const base = { apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata, spec: { replicas: 3 } }
  return {
    edit,
    lease: 1,
    context,
    ref: { cluster, group, version, resource, kind, namespace, name, uid: metadata.uid },
    origin: 'edit',
    text: printYaml(base),
    textVersion: 0,
    base: JSON.stringify(base),
    baseVersion: '1',
    applied: null,
    schema: null,
    readOnly: null,
    subresources: [],
    steps: null,
    secret: resource === 'secrets',
    secretData: 'encoded',
  }
}
