import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Access, Practice } from './access.ts'

/**
 * Writes what another process needs to use a running practice cluster into `<folder>/handover.json`. Returns the path,
 * which is to be the value of `PATCHBAY_PRACTICE` in that process's environment.
 */
export function handOver(practice: Practice): string {
  const { kubeconfigPath, kubectlPath, contexts, folder } = practice
  const servers = practice.servers.map(({ name, url, context }) => ({ name, url, context }))
  const access: Access = { kubeconfigPath, kubectlPath, contexts, servers }
  const path = join(folder, 'handover.json')
  writeFileSync(path, JSON.stringify(access, null, 2), { mode: 0o600 })
  return path
}

/** The practice cluster that a parent process handed over, or null. */
export function handedOver(): Access | null {
  const path = process.env.PATCHBAY_PRACTICE
  // Written by handOver alone.
  return path ? (JSON.parse(readFileSync(path, 'utf8')) as Access) : null
}
