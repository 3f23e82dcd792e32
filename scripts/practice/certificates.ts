import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PracticeFailure } from './failure.ts'

/** The users of a practice cluster; the last three are programs. */
export type User = 'admin' | 'editor' | 'viewer' | 'kube-controller-manager' | 'kube-scheduler' | 'kwok'

// system:masters is what RBAC lets do everything. The programs share it: which rights a controller has in a cluster
// of its own is not what anyone practises here.
const users: Record<User, { readonly commonName: string; readonly organization: readonly string[] }> = {
  admin: { commonName: 'practice-admin', organization: ['system:masters'] },
  editor: { commonName: 'practice-editor', organization: [] },
  viewer: { commonName: 'practice-viewer', organization: [] },
  'kube-controller-manager': { commonName: 'system:kube-controller-manager', organization: ['system:masters'] },
  'kube-scheduler': { commonName: 'system:kube-scheduler', organization: ['system:masters'] },
  kwok: { commonName: 'kwok', organization: ['system:masters'] },
}

const loopback = ['127.0.0.1', '::1', 'localhost']
const serviceNames = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', '10.96.0.1']

/**
 * Makes the authority, certificates and keys of the cluster `name` in `folder` (`ca.crt`, `apiserver.crt`, `admin.key`
 * and so on), unless they are there: a cluster's identity is kept as long as its folder.
 */
export function makeCertificates(program: string, folder: string, name: string): void {
  const request = {
    folder,
    authority: `${name} authority`,
    certificates: [
      { name: 'etcd', commonName: 'etcd', hosts: loopback },
      { name: 'apiserver', commonName: 'kube-apiserver', hosts: [...loopback, ...serviceNames] },
      ...Object.entries(users).map(([user, subject]) => ({ name: user, ...subject })),
    ],
    keys: ['service-account'],
  }
  const { status, stderr } = spawnSync(program, { input: JSON.stringify(request), encoding: 'utf8' })
  if (status !== 0)
    throw new PracticeFailure(`The certificates of the practice cluster could not be made: ${stderr.trim()}.`)
}

/** A client's credentials as PEM texts. */
export type Credentials = { readonly ca: string; readonly cert: string; readonly key: string }

/** Reads what one user needs to speak to the server whose certificates are in `folder`. */
export function readCredentials(folder: string, user: User | 'apiserver' | 'etcd'): Credentials {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  return { ca: read('ca.crt'), cert: read(`${user}.crt`), key: read(`${user}.key`) }
}
