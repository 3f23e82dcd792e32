import { renameSync, writeFileSync } from 'node:fs'
import type { Credentials } from './certificates.ts'

/** One context of a kubeconfig; cluster and user get its name, or the cluster `cluster` where it shares one. */
export type Context = {
  readonly name: string
  readonly cluster: string
  readonly url: string
  readonly credentials: Credentials
}

/** Writes a kubeconfig with embedded certificates, readable by its owner only. The first context is the current one. */
export function writeKubeconfig(path: string, contexts: readonly Context[]): void {
  // A reader sees the old file or the new one, never half of one.
  const half = `${path}.half`
  writeFileSync(half, printKubeconfig(contexts), { mode: 0o600 })
  renameSync(half, path)
}

function printKubeconfig(contexts: readonly Context[]): string {
  const clusters = new Map(contexts.map(context => [context.cluster, context]))
  return [
    'apiVersion: v1',
    'kind: Config',
    `current-context: ${contexts[0]?.name ?? ''}`,
    'clusters:',
    ...[...clusters.values()].flatMap(({ cluster, url, credentials }) => [
      `- name: ${cluster}`,
      '  cluster:',
      `    server: ${url}`,
      `    certificate-authority-data: ${base64(credentials.ca)}`,
    ]),
    'contexts:',
    ...contexts.flatMap(({ name, cluster }) => [
      `- name: ${name}`,
      '  context:',
      `    cluster: ${cluster}`,
      `    user: ${name}`,
      '    namespace: default',
    ]),
    'users:',
    ...contexts.flatMap(({ name, credentials }) => [
      `- name: ${name}`,
      '  user:',
      `    client-certificate-data: ${base64(credentials.cert)}`,
      `    client-key-data: ${base64(credentials.key)}`,
    ]),
    '',
  ].join('\n')
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
