import { setTimeout as pause } from 'node:timers/promises'

type Definition = { readonly status?: { readonly conditions?: readonly { type: string; status: string }[] | null } }

type Run = (words: readonly string[]) => Promise<string | { readonly stdout: string }>

/**
 * Resolves once the cluster serves what these CustomResourceDefinitions define. `kubectl wait` ends with an error where it
 * meets a definition so new that it has no conditions yet. `run` runs kubectl with these words.
 */
export async function untilEstablished(run: Run, ...names: readonly string[]): Promise<void> {
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

/**
 * Removes a CustomResourceDefinition and resolves once it is gone. Its objects are asked for before, at `path`, that of the
 * stored version: a definition that goes before anybody asked finds its own storage still beginning, and then kube-apiserver
 * takes now and then four minutes (3 of 891 deletions).
 */
export async function removeDefinition(run: Run, name: string, path: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const refusal = await run(['get', '--raw', path]).then(
      () => null,
      (error: unknown) => error,
    )
    if (refusal === null) break
    if (Date.now() > deadline) throw refusal
    await pause(100)
  }
  await run(['delete', 'crd', name])
}
