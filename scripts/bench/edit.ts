import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import type { Contract } from '../../contract/contract.ts'
import { ownChoice } from '../../contract/own-choice.ts'
import { createHost } from '../../electron/host/host.ts'
import type { Access } from '../practice/access.ts'
import { startPractice } from '../practice/cluster.ts'
import { quantile, row, timed } from './measure.ts'

const run = promisify(execFile)
const rounds = 20
const warmUps = 3

type Client = ContractRouterClient<Contract>

/**
 * One whole edit of a Deployment's image: open, change, dry run, submit. Ours through the contract over a message port,
 * as a window uses it; kubectl's by `kubectl edit` with an editor that is a `sed` script. Same server, taking turns.
 */
export async function benchEdit(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-bench-'))
  const practice = await startPractice({ folder: join(folder, 'practice'), count: 1 })
  const host = await createHost({
    version: 'bench',
    profile: join(folder, 'profile'),
    kubeconfig: [practice.kubeconfigPath],
    context: null,
    practice: true,
  })
  const { port1, port2 } = new MessageChannel()
  try {
    new RPCHandler(host.router).upgrade(port1)
    port1.start()
    const client: Client = createORPCClient(new RPCLink({ port: port2 }))
    port2.start()
    const series = await takeTurns(practice, client, folder)
    return report(series)
  } finally {
    port1.close()
    port2.close()
    await host.end()
    await practice.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Measured = { readonly ours: readonly number[]; readonly kubectl: readonly number[] }

async function takeTurns(practice: Access, client: Client, folder: string): Promise<Measured> {
  const editor = join(folder, 'editor.sh')
  const ours: number[] = []
  const kubectl: number[] = []
  for (let round = 0; round < rounds + warmUps; round++) {
    await settle(practice)
    const editing = await timed(() => editOnce(client, `nginx:1.${round}.1`))
    await settle(practice)
    writeFileSync(editor, `#!/bin/sh\nexec sed -i 's/image: nginx:.*/image: nginx:1.${round}.2/' "$1"\n`)
    chmodSync(editor, 0o700)
    const env = { ...process.env, KUBECONFIG: practice.kubeconfigPath, KUBE_EDITOR: editor }
    const blind = await timed(() => run(practice.kubectlPath, ['edit', 'deployment/nginx-deployment'], { env }))
    // The first rounds fill caches on both sides: discovery, OpenAPI, connections.
    if (round < warmUps) continue
    ours.push(editing)
    kubectl.push(blind)
  }
  return { ours, kubectl }
}

/** Waits for the rollout that the last edit began: its controllers must not slow down whoever comes next. */
async function settle(practice: Access): Promise<void> {
  await run(practice.kubectlPath, [
    `--kubeconfig=${practice.kubeconfigPath}`,
    'rollout',
    'status',
    'deployment/nginx-deployment',
    '--timeout=60s',
  ])
}

async function editOnce(client: Client, image: string): Promise<void> {
  const opened = must(
    await client.edit.open({
      context: 'practice',
      group: 'apps',
      version: 'v1',
      resource: 'deployments',
      namespace: 'default',
      name: 'nginx-deployment',
      subresource: null,
    }),
  )
  const { edit, lease, text, textVersion } = opened
  const found = /image: nginx:.*/.exec(text)
  if (found === null) throw new Error('the Deployment has no nginx image')
  const changes = [{ from: found.index, to: found.index + found[0].length, insert: `image: ${image}` }]
  const next = textVersion + 1
  must(await client.edit.report({ kind: 'edited', edit, lease, fromVersion: textVersion, textVersion: next, changes }))
  const review = must(await client.edit.review({ edit, textVersion: next, choice: ownChoice }))
  const submitted = must(await client.edit.submit({ edit, plan: review.plan, acknowledged: false }))
  if (submitted.kind !== 'saved') throw new Error(`not saved but ${submitted.kind}`)
  await client.edit.discard({ edit })
}

function must<T>(result: { ok: true; value: T } | { ok: false; problem: { code: string } }): T {
  if (!result.ok) throw new Error(`the edit failed: ${result.problem.code}`)
  return result.value
}

function report({ ours, kubectl }: Measured): string {
  const part = quantile(ours, 0.5) / quantile(kubectl, 0.5)
  return `## One edit, from open to saved

A Deployment's image changed on a practice cluster, ${rounds} times each, taking turns on one machine with ${cpus().length} cores,
each after the last rollout has ended.
Ours includes the server's dry runs of the request and of an empty patch, which \`kubectl edit\` does not make.

| | median, ms | middle half | times as fast |
|---|---|---|---|
${row('open, change, dry run, submit', ours, kubectl)}
${row('`kubectl edit`, scripted editor', kubectl, kubectl)}

Ours takes ${(part * 100).toFixed(0)} % of \`kubectl edit\`'s time (goal: 12.5 %).`
}
