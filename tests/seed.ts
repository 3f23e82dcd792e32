import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'

/**
 * What random tests begin with: 32 bits of the commit that is tested. One commit has the same tests wherever and however
 * often it runs, so that a failure can be met again; the next commit has others. Fresh ones where there is no repository.
 */
export const seed = seedOfCommit() ?? randomInt(2 ** 32)

function seedOfCommit(): number | null {
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Number.parseInt(commit.slice(0, 8), 16)
  } catch {
    return null
  }
}
