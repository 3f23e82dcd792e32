import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import type { Access } from './access.ts'
import { PracticeFailure } from './failure.ts'

/** `context` defaults to the first one, `practice`; `input` is what `-f -` reads. */
export type KubectlOptions = {
  readonly context?: string
  readonly input?: string
  readonly signal?: AbortSignal | undefined
}

/** What kubectl printed and how it ended. */
export type KubectlAnswer = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs the practice cluster's own kubectl, with a discovery cache of its own. A failure is an answer with its code. */
export function tryKubectl(
  access: Access,
  args: readonly string[],
  options: KubectlOptions = {},
): Promise<KubectlAnswer> {
  const home = dirname(access.kubeconfigPath)
  const flags = [`--kubeconfig=${access.kubeconfigPath}`, `--cache-dir=${join(home, 'kubectl-cache')}`]
  if (options.context) flags.push(`--context=${options.context}`)
  return new Promise((resolve, reject) => {
    const child = spawn(access.kubectlPath, [...flags, ...args], {
      env: { HOME: home },
      stdio: 'pipe',
      ...(options.signal ? { signal: options.signal } : {}),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text
    })
    // It may end without reading all of its input; its code tells why.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
    child.once('error', reject)
    child.once('close', code => resolve({ code: code ?? 1, stdout, stderr }))
  })
}

/** As tryKubectl, giving what it printed; throws PracticeFailure where it fails. */
export async function kubectl(access: Access, args: readonly string[], options: KubectlOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await tryKubectl(access, args, options)
  if (code !== 0) throw new PracticeFailure(`kubectl ${args.join(' ')} failed: ${stderr.trim()}`)
  return stdout
}
