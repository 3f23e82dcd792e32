import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { Contract } from '../../../contract/contract.ts'
import { ask, comeIn, openSocket, pathOf, serve } from './serving.ts'

test('a launch token opens once: a cookie of the port, and the clean address', async () => {
  const server = await serve()
  const address = pathOf(server.issueAddress('/list/_all/core/v1/pods/_all?filter=a%20b'))
  const first = await ask(server, address)
  expect(first.status).toBe(302)
  expect(first.headers.location).toBe('/list/_all/core/v1/pods/_all?filter=a%20b')
  const cookie = first.headers['set-cookie']?.[0] ?? ''
  expect(cookie).toMatch(new RegExp(`^patchbay-${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))

  const second = await ask(server, address)
  expect(second.status).toBe(403)
  expect(second.headers['set-cookie']).toBeUndefined()
  expect(second.body).toContain('npm start')
})

test('a spent token does not lock out who is in already', async () => {
  const server = await serve()
  const address = pathOf(server.issueAddress('/'))
  const cookie = (await ask(server, address)).headers['set-cookie']?.[0]?.split(';', 1)[0] ?? ''
  const again = await ask(server, address, { headers: { Cookie: cookie } })
  expect(again.status).toBe(302)
  expect(again.headers.location).toBe('/')
})

test('two tokens let two browsers in', async () => {
  const server = await serve()
  const cookies = [await comeIn(server), await comeIn(server)]
  expect(new Set(cookies).size).toBe(2)
  for (const cookie of cookies) expect((await ask(server, '/', { headers: { Cookie: cookie } })).status).toBe(200)
})

test('a launch from a file goes on by a page of ours, since browsers withhold the cookie after a redirect', async () => {
  const server = await serve()
  const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }
  const answer = await ask(server, pathOf(server.issueAddress('/list/_all/core/v1/pods/_all?filter=a&sort=Name')), {
    headers,
  })
  expect(answer.status).toBe(200)
  expect(answer.headers['set-cookie']).toHaveLength(1)
  expect(answer.body).toContain('content="0;url=/list/_all/core/v1/pods/_all?filter=a&#38;sort=Name"')
})

test.each([
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/edit/../..//elsewhere.example',
  'http://elsewhere.example/',
])('a token on %s leads to the start, never away', async path => {
  const server = await serve()
  const token = new URL(server.issueAddress('/')).search
  const answer = await ask(server, path + token)
  expect(answer.status).toBe(302)
  expect(answer.headers.location).toBe('/')
})

test.each([
  ['no cookie', undefined],
  ['a wrong cookie', 'wrong'],
  ['an empty cookie', ''],
])('with %s nothing is served: no page, no file, no socket', async (_, value) => {
  const server = await serve()
  const headers: Record<string, string> = value === undefined ? {} : { Cookie: `patchbay-${server.port}=${value}` }
  for (const path of ['/', '/edit/c/core/v1/pods/ns/name', '/assets/main-1a2b.js', '/nothing']) {
    const answer = await ask(server, path, { headers })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('not signed in')
  }
  expect(await openSocket(server, { ...headers, Origin: server.origin })).toBe(403)
})

test('what a path holds is never markup in the page on how to come in', async () => {
  const server = await serve()
  const answer = await ask(server, `/list/_all/core/v1/pods/_all?filter="><script>alert(1)</script>`)
  expect(answer.body).not.toContain('<script>')
})

test.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1', '127.0.0.1.evil.example'])(
  'Host %s is refused, cookie or not',
  async host => {
    const server = await serve()
    const cookie = await comeIn(server)
    const answer = await ask(server, '/', { headers: { Host: host, Cookie: cookie } })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('--host')
    expect(await openSocket(server, { Host: host, Cookie: cookie, Origin: `http://${host}` })).toBe(403)
  },
)

test('a further Host name works at any port, with its own origin', async () => {
  const server = await serve({ hosts: ['tunnel.example'] })
  const cookie = await comeIn(server)
  const headers = { Host: 'tunnel.example:9000', Cookie: cookie }
  expect((await ask(server, '/', { headers })).status).toBe(200)
  const socket = await openSocket(server, { ...headers, Origin: 'http://tunnel.example:9000' })
  expect(socket).toBeInstanceOf(WebSocket)
  expect(await openSocket(server, { ...headers, Origin: 'http://tunnel.example:9001' })).toBe(403)
})

test.each(['http://evil.example', 'null', 'http://localhost:1', 'file://'])('Origin %s is refused', async origin => {
  const server = await serve()
  const cookie = await comeIn(server)
  expect((await ask(server, '/', { headers: { Cookie: cookie, Origin: origin } })).status).toBe(403)
  expect(await openSocket(server, { Cookie: cookie, Origin: origin })).toBe(403)
})

test('a socket without an Origin is refused: pages always send one', async () => {
  const server = await serve()
  expect(await openSocket(server, { Cookie: await comeIn(server) })).toBe(403)
})

test('a socket at another path is refused', async () => {
  const server = await serve()
  expect(await openSocket(server, { Cookie: await comeIn(server), Origin: server.origin }, '/other')).toBe(404)
})

test.each([
  ['an image', 'no-cors', 'image'],
  ['a frame', 'navigate', 'iframe'],
  ['a fetch', 'cors', 'empty'],
])('%s on another site cannot load from here', async (_, mode, dest) => {
  const server = await serve()
  const headers = {
    Cookie: await comeIn(server),
    'Sec-Fetch-Site': 'same-site',
    'Sec-Fetch-Mode': mode,
    'Sec-Fetch-Dest': dest,
  }
  expect((await ask(server, '/assets/main-1a2b.js', { headers })).status).toBe(403)
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async method => {
  const server = await serve()
  const answer = await ask(server, '/', { method, headers: { Cookie: await comeIn(server) } })
  expect(answer.status).toBe(405)
  expect(answer.headers['access-control-allow-origin']).toBeUndefined()
})

test('every address of the app is the page, with a policy and a nonce of its own', async () => {
  const server = await serve()
  const headers = { Cookie: await comeIn(server) }
  const nonces = new Set<string>()
  for (const path of [
    '/',
    '/edit/a%2Fb/apps/v1/deployments/ns/n',
    '/list/_all/core/v1/pods/_all?filter=x',
    '/create/1',
  ]) {
    const answer = await ask(server, path, { headers })
    expect(answer.status).toBe(200)
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).not.toMatch(/unsafe/)
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`)
    expect(policy).toContain("frame-ancestors 'none'")
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(answer.body).toContain(`<meta property="csp-nonce" nonce="${nonce}">`)
    expect(answer.body).not.toContain('__PATCHBAY_NONCE__')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.headers['cache-control']).toBe('no-store')
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(4)
})

test('a file of the page, and a path that is none', async () => {
  const server = await serve()
  const headers = { Cookie: await comeIn(server) }
  const file = await ask(server, '/assets/main-1a2b.js', { headers })
  expect(file).toMatchObject({ status: 200, body: 'export {}' })
  expect(file.headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(file.headers['cache-control']).toContain('immutable')
  for (const path of ['/assets/../package.json', '/index.html', '/favicon.ico', '/%2e%2e/package.json']) {
    expect((await ask(server, path, { headers })).status).toBe(404)
  }
})

test('the contract answers over the socket, and pages are counted as they come and go', async () => {
  const counts: number[] = []
  const server = await serve({ onPages: count => counts.push(count) })
  const socket = await openSocket(server, { Cookie: await comeIn(server), Origin: server.origin })
  if (!(socket instanceof WebSocket)) throw new Error(`refused with ${socket}`)
  // ws sockets have the events of a browser's, with types of their own.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  const client: ContractRouterClient<Contract> = createORPCClient(link)
  expect(await client.ping({})).toEqual({ version: '1.2.3' })
  expect(counts).toEqual([1])
  socket.close()
  await vi.waitFor(() => expect(counts).toEqual([1, 0]), 20_000)
})

test('an asked-for port that is taken is an error of its own', async () => {
  const first = await serve()
  await expect(serve({ port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
