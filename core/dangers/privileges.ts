import { mapAt, mapsAt, textAt } from '../conditions.ts'
import type { JsonObject } from '../json.ts'
import { fieldOf, isList, isObject } from '../object.ts'
import type { Path } from '../path.ts'
import { type Danger, danger, newly, type Rule } from './danger.ts'
import { type ContainerPlace, containerPlaces, type PodPlace, podPlace } from './pod-places.ts'

/**
 * Settings that give a Pod more than its own: what the Baseline level of the Pod Security Standards forbids, and of the
 * Restricted level what somebody has to write down to get it.
 */
export const privileges: Rule = newly(object => {
  const pod = podPlace(object)
  if (pod === null) return []
  return [...ofPod(pod), ...containerPlaces(pod).flatMap(ofContainer)]
})

function ofPod({ spec, path }: PodPlace): readonly Danger[] {
  const spaces = ['hostNetwork', 'hostPID', 'hostIPC'].filter(field => spec[field] === true)
  const volumes = mapsAt(spec, 'volumes').filter(volume => isObject(volume.hostPath))
  return [
    ...spaces.map(field => danger('host-namespace', [...path, field], { field })),
    ...volumes.map(volume => {
      const name = textAt(volume, 'name')
      const place = [...path, 'volumes', { keys: { name } }, 'hostPath', 'path']
      return danger('host-path', place, { name, path: textAt(mapAt(volume, 'hostPath'), 'path') })
    }),
    // What is not written is mounted too: only who turns it on by hand is told.
    ...(spec.automountServiceAccountToken === true
      ? [danger('token-mounted', [...path, 'automountServiceAccountToken'])]
      : []),
    ...ofContext(mapAt(spec, 'securityContext'), [...path, 'securityContext'], ''),
  ]
}

function ofContainer({ container, name, path }: ContainerPlace): readonly Danger[] {
  const ports = mapsAt(container, 'ports').filter(port => typeof port.hostPort === 'number' && port.hostPort !== 0)
  return [
    ...ofContext(mapAt(container, 'securityContext'), [...path, 'securityContext'], name),
    ...ports.map(port => danger('host-port', [...path, 'ports'], { container: name, port: Number(port.hostPort) })),
  ]
}

/** A security context of a Pod ('' for its name) or of a container. */
function ofContext(context: JsonObject, path: Path, container: string): readonly Danger[] {
  const found: Danger[] = []
  const tell = (id: Parameters<typeof danger>[0], field: readonly (string | { value: string })[], facts = {}) =>
    found.push(danger(id, [...path, ...field], { container, ...facts }))
  if (context.privileged === true) tell('privileged', ['privileged'])
  if (context.allowPrivilegeEscalation === true) tell('privilege-escalation', ['allowPrivilegeEscalation'])
  if (context.runAsUser === 0) tell('run-as-root', ['runAsUser'])
  for (const capability of listed(mapAt(context, 'capabilities'), 'add')) {
    // What a container has anyway is no addition.
    if (!usual.has(capability)) tell('capability-added', ['capabilities', 'add', { value: capability }], { capability })
  }
  if (textAt(context, 'procMount') === 'Unmasked') tell('confinement-off', ['procMount'], { field: 'procMount' })
  for (const field of ['seccompProfile', 'appArmorProfile']) {
    if (textAt(mapAt(context, field), 'type') === 'Unconfined') tell('confinement-off', [field, 'type'], { field })
  }
  if (mapAt(context, 'windowsOptions').hostProcess === true) {
    tell('privileged', ['windowsOptions', 'hostProcess'], { field: 'hostProcess' })
  }
  return found
}

/** What the Baseline level of the Pod Security Standards lets a container add. */
const usual: ReadonlySet<string> = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
])

function listed(map: JsonObject, field: string): readonly string[] {
  const list = fieldOf(map, field)
  return isList(list) ? list.filter(item => typeof item === 'string') : []
}

/** Verbs by which somebody gets rights that he was not given. (Kubernetes: RBAC good practices.) */
const escalating = ['escalate', 'bind', 'impersonate']

const rulesOfRoles: Rule = newly((object, { kind }) => {
  if (kind !== 'Role' && kind !== 'ClusterRole') return []
  return mapsAt(object, 'rules').flatMap((rule, index) => {
    const [verbs, resources] = [listed(rule, 'verbs'), listed(rule, 'resources')]
    const facts = { verbs: verbs.join(', '), resources: resources.join(', ') }
    const isWild = verbs.includes('*') || resources.includes('*')
    const risen = verbs.filter(verb => escalating.includes(verb))
    return [
      ...(isWild ? [danger('rbac-wildcard', ['rules', index], facts)] : []),
      ...risen.map(verb => danger('rbac-escalation', ['rules', index, 'verbs'], { verb })),
    ]
  })
})

const everyone: ReadonlySet<string> = new Set(['system:anonymous', 'system:unauthenticated', 'system:authenticated'])

const bindings: Rule = newly((object, { kind }) => {
  if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return []
  const role = textAt(mapAt(object, 'roleRef'), 'name')
  return mapsAt(object, 'subjects').flatMap((subject, index) => {
    const facts = { role, subject: `${textAt(subject, 'kind')} ${textAt(subject, 'name')}` }
    return [
      ...(role === 'cluster-admin' ? [danger('admin-bound', ['subjects', index], facts)] : []),
      ...(everyone.has(textAt(subject, 'name')) ? [danger('bound-to-everyone', ['subjects', index], facts)] : []),
    ]
  })
})

/** What roles allow and to whom they are given. */
export const rights: readonly Rule[] = [rulesOfRoles, bindings]
