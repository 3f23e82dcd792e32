import { setTimeout as pause } from 'node:timers/promises'

type Definition = { readonly status?: { readonly conditions?: readonly { type: string; status: string }[] | null } }

/**
 * Resolves once the cluster serves what these CustomResourceDefinitions define. `kubectl wait` ends with an error where it
 * meets a definition so new that it has no conditions yet. `run` runs kubectl with these words.
 */
export async function untilEstablished(
  run: (words: readonly string[]) => Promise<string | { readonly stdout: string }>,
  ...names: readonly string[]
): Promise<void> {
  for (const name of names) {
    const deadline = Date.now() + 30_000
    for (;;) {
      const answer = await run(['get', 'crd', name, '--output=json'])
      const { status }: Definition = JSON.parse(typeof answer === 'string' ? answer : answer.stdout)
      if (status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True')) break
      if (Date.now() > deadline) throw new Error(`${name} is not served after 30 seconds`)
      await pause(100)
    }
  }
}
