import type { Problem, ProblemCode, Stage } from './problem.ts'

const stages: Partial<Record<ProblemCode, Stage>> = {
  unauthorized: 'authentication',
  'credentials-expired': 'authentication',
  forbidden: 'authorization',
  'rate-limited': 'rate-limit',
  'decoding-failed': 'decoding',
  'unknown-field': 'decoding',
  'media-type-unsupported': 'decoding',
  'conversion-failed': 'conversion',
  'quota-exceeded': 'quota',
  invalid: 'validation',
  'version-conflict': 'conflict-of-version',
  'owner-conflict': 'conflict-of-owners',
  'uid-conflict': 'conflict-of-uid',
  'too-large': 'size',
  'storage-failed': 'storage',
}

/** The step of the API server's work at which a request was refused; null for what no server refused, or nobody can tell. */
export function stageOf(problem: Problem): Stage | null {
  return problem.code === 'admission-denied' ? problem.stage : (stages[problem.code] ?? null)
}
