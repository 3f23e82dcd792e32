import { Agent, request } from 'node:https'
import { dirname, join } from 'node:path'
import type { Access } from '../practice/access.ts'
import { readCredentials } from '../practice/certificates.ts'

/** An API server's answer. */
export type Answer = { readonly status: number; readonly body: string }

/** A bare way to the practice cluster's API server, as its admin: for writers that kubectl would be too slow for. */
export type Api = {
  readonly send: (method: string, path: string, mediaType: string, body?: unknown) => Promise<Answer>
  readonly end: () => void
}

/** Opens it; connections are kept. */
export function openApi(practice: Access): Api {
  const credentials = readCredentials(join(dirname(practice.kubeconfigPath), 'practice'), 'admin')
  const server = practice.servers.find(({ context }) => context === 'practice')?.url ?? ''
  const agent = new Agent({ ...credentials, keepAlive: true })
  return {
    send: (method, path, mediaType, body) =>
      new Promise((resolve, reject) => {
        const headers = { 'content-type': mediaType }
        const sent = request(new URL(path, server), { method, headers, agent }, reply => {
          const chunks: Buffer[] = []
          reply.on('data', (chunk: Buffer) => chunks.push(chunk))
          reply.on('end', () =>
            resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          )
          reply.on('error', reject)
        })
        sent.on('error', reject)
        sent.end(body === undefined ? undefined : JSON.stringify(body))
      }),
    end: () => agent.destroy(),
  }
}
