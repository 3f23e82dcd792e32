import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Access } from '../../scripts/practice/access.ts'
import { startPractice } from '../../scripts/practice/cluster.ts'
import { handedOver } from '../../scripts/practice/handover.ts'
import { seedNamespace } from '../../scripts/practice/seed.ts'

/** A pair of practice clusters for one test file. */
export type TestPractice = Access & {
  /** Makes a namespace with its own copy of the seeds; the editor may edit in it, the policies hold in it. */
  seed(namespace: string, context?: string): Promise<void>
  /** Ends the pair if this file started it. For `afterAll`. */
  stop(): Promise<void>
}

/** The pair that the test run handed over, or, where a file is run by hand, a pair of its own in a temporary folder. */
export async function practiceForTests(): Promise<TestPractice> {
  const access = handedOver()
  if (access) return { ...access, seed: (name, context) => seedNamespace(access, name, context), stop: async () => {} }
  const folder = temporaryFolder()
  const practice = await startPractice({ folder, count: 2 })
  const stop = async () => {
    await practice.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...practice, stop }
}

/** A fresh folder for a test that starts a cluster of its own. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'patchbay-practice-'))
}
