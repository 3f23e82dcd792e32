import type { Problem } from '../../core/problem.ts'

/** One English sentence for the terminal on why a typed target cannot be opened. */
export function describeProblem(problem: Problem): string {
  switch (problem.code) {
    case 'context-unknown':
      return `The kubeconfig has no context "${problem.context}".`
    case 'resource-unknown':
      return `The server has no resource type "${problem.group ? `${problem.resource}.${problem.group}` : problem.resource}".`
    case 'kubeconfig-missing':
      return 'There is no kubeconfig: set KUBECONFIG, give --kubeconfig FILE, or try --practice.'
    case 'kubeconfig-invalid':
      return `The kubeconfig cannot be read: ${problem.detail}.`
    case 'unreachable':
    case 'tls-failed':
    case 'credentials-failed':
      return `The cluster cannot be reached (${problem.code}): ${problem.detail}.`
    case 'credentials-expired':
      return `Your ${problem.what} is out of date since ${problem.since}.`
    case 'unauthorized':
    case 'forbidden':
      return `The cluster refused (${problem.code}): ${problem.message}.`
    default:
      return `The target cannot be opened (${problem.code}).`
  }
}
