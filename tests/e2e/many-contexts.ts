import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Access } from '../../scripts/practice/access.ts'

/** A kubeconfig with many contexts: good ones of the practice cluster, and one of each fault. */
export type ManyContexts = {
  readonly kubeconfigPath: string
  /** Lets the plugin of `sso-lab` end. */
  readonly signIn: () => void
  /** Gives the person of `forbidden-lab` their rights. */
  readonly grant: () => void
  readonly end: () => void
}

const prompt = ['To sign in, open https://login.example.com/device', 'and enter the code KQ7F-2XLP.']

/** Writes it, with `good` contexts `shop-0`, `shop-1` … in that namespace, and `slow-lab`, `dead-lab`, `forbidden-lab`, `expired-lab`, `sso-lab`. */
export async function makeManyContexts(practice: Access, good: number, namespace: string): Promise<ManyContexts> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-many-'))
  const own = parse(readFileSync(practice.kubeconfigPath, 'utf8'))
  const named = (kind: string, name: string) => own[kind].find((one: { name: string }) => one.name === name)
  const { cluster, user } = named('contexts', 'practice').context
  const entries: { readonly name: string; readonly cluster: unknown; readonly user: unknown }[] = []
  for (let n = 0; n < good; n++) {
    entries.push({ name: `shop-${n}`, cluster: named('clusters', cluster).cluster, user: named('users', user).user })
  }
  const servers: Server[] = []
  const serve = async (server: Server): Promise<{ readonly server: string }> => {
    servers.push(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the server has no port')
    return { server: `http://127.0.0.1:${address.port}` }
  }
  let granted = false
  const answers = (listener: RequestListener) => serve(createServer(listener))
  const lab: RequestListener = (request, response) => {
    if (request.url === '/version') return send(response, 200, { gitVersion: 'v1.35.0' })
    send(response, granted ? 200 : 403, granted ? emptyTable : refusal(403, 'Forbidden', forbidden))
  }
  const unauthorized: RequestListener = (_, response) =>
    send(response, 401, refusal(401, 'Unauthorized', 'Unauthorized'))
  const slow: RequestListener = (request, response) => {
    const body = request.url === '/version' ? { gitVersion: 'v1.36.1' } : emptyTable
    setTimeout(() => send(response, 200, body), 1_200)
  }
  const plugin = join(folder, 'login')
  writeFileSync(plugin, loginScript(join(folder, 'signed-in')), { mode: 0o700 })
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: plugin, args: ['--tenant', 'acme corp'] }
  entries.push(
    { name: 'slow-lab', cluster: await answers(slow), user: {} },
    { name: 'dead-lab', cluster: await serve(createTcpServer(() => {})), user: {} },
    { name: 'forbidden-lab', cluster: await answers(lab), user: { token: 'x' } },
    { name: 'expired-lab', cluster: await answers(unauthorized), user: { token: expiredToken } },
    { name: 'sso-lab', cluster: await answers(lab), user: { exec } },
  )
  const kubeconfigPath = join(folder, 'config')
  const config = {
    clusters: entries.map(({ name, cluster }) => ({ name, cluster })),
    users: entries.map(({ name, user }) => ({ name, user })),
    contexts: entries.map(({ name }) => ({ name, context: { cluster: name, user: name, namespace } })),
    'current-context': 'shop-0',
  }
  writeFileSync(kubeconfigPath, JSON.stringify(config), { mode: 0o600 })
  return {
    kubeconfigPath,
    signIn: () => writeFileSync(join(folder, 'signed-in'), ''),
    grant: () => {
      granted = true
    },
    end() {
      for (const server of servers) server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const forbidden = 'deployments.apps is forbidden: User "intern" cannot list resource "deployments"'
const emptyTable = {
  kind: 'Table',
  metadata: { resourceVersion: '1' },
  columnDefinitions: [{ name: 'Name', type: 'string', format: 'name', description: '', priority: 0 }],
  rows: [],
}
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const expiredToken = `${part({ alg: 'none' })}.${part({ exp: Date.UTC(2023, 10, 14) / 1000 })}.x`

function refusal(code: number, reason: string, message: string): unknown {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }
}

function send(response: Parameters<RequestListener>[1], status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

// Prints its prompts, and a token once somebody has signed in.
function loginScript(signedIn: string): string {
  return `#!${process.execPath}
${prompt.map(line => `console.error(${JSON.stringify(line)})`).join('\n')}
const kind = { kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1' }
const print = () => console.log(JSON.stringify({ ...kind, status: { token: 'planted-secret' } }))
const look = () => (require('node:fs').existsSync(${JSON.stringify(signedIn)}) ? print() : setTimeout(look, 50))
look()
`
}
