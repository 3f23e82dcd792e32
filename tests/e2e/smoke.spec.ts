import { request as httpRequest } from 'node:http'
import { WebSocket } from 'ws'
import { writeLaunchFile } from '../../scripts/start/launch-file.ts'
import { startApp } from './app.ts'
import { expect, test } from './fixtures.ts'

test('the page comes up, signed in, and reaches the host', async ({ page }) => {
  const refused: string[] = []
  page.on('console', message => {
    if (/Content Security Policy|Trusted Types/.test(message.text()))
      refused.push(`${message.text()} (${message.location().url}:${message.location().lineNumber})`)
  })
  const socket = page.waitForEvent('websocket')
  await page.goto('/')
  await expect(page).toHaveTitle(/Patchbay/)
  expect((await socket).url()).toContain('/rpc')
  await expect(page.getByText('practice').first()).toBeVisible()
  expect(refused).toEqual([])
})

test('the printed address opens once; afterwards it says how to get in', async ({ practice, browser }) => {
  const app = await startApp(practice.kubeconfigPath)
  try {
    expect(app.lines).toHaveLength(1)
    const first = await browser.newContext()
    const page = await first.newPage()
    await page.goto(app.address)
    expect(page.url()).not.toContain('token')
    await expect(page).toHaveTitle(/Patchbay$/)
    await page.reload()
    await expect(page).toHaveTitle(/Patchbay$/)
    await expect(page.getByRole('heading', { name: 'not signed in' })).toHaveCount(0)
    const second = await browser.newContext()
    const stranger = await second.newPage()
    expect((await stranger.goto(app.address))?.status()).toBe(403)
    await expect(stranger.getByRole('heading')).toContainText('not signed in')
    await Promise.all([first.close(), second.close()])
  } finally {
    await app.end()
  }
})

test('a browser that comes from a launch file is let in', async ({ practice, browser }) => {
  const app = await startApp(practice.kubeconfigPath)
  try {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(writeLaunchFile(app.profile, app.address))
    await page.waitForURL(`${app.origin}/**`)
    await expect(page).toHaveTitle(/Patchbay$/)
    expect(page.url()).not.toContain('token')
    await context.close()
  } finally {
    await app.end()
  }
})

test('a stranger is refused: without the cookie, under another name, from another page', async ({ app, cookie }) => {
  const signedIn = { Cookie: `${cookie.name}=${cookie.value}` }
  const port = Number(new URL(app.origin).port)
  const status = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, path: '/', headers }, response => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
  expect(await status(signedIn)).toBe(200)
  expect(await status({})).toBe(403)
  expect(await status({ ...signedIn, Host: `evil.example:${port}` })).toBe(403)
  expect(await status({ ...signedIn, Origin: 'http://evil.example' })).toBe(403)

  const upgrade = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { headers })
      socket.on('open', () => {
        resolve(101)
        socket.close()
      })
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
      socket.on('error', reject)
    })
  expect(await upgrade({ ...signedIn, Origin: app.origin })).toBe(101)
  expect(await upgrade({ Origin: app.origin })).toBe(403)
  expect(await upgrade(signedIn)).toBe(403)
  expect(await upgrade({ ...signedIn, Origin: 'http://evil.example' })).toBe(403)
})

test('another page in the same browser reads nothing', async ({ page, app }) => {
  // A page of another origin, which the signed-in browser holds.
  await page.route('http://elsewhere.example/', route =>
    route.fulfill({ contentType: 'text/html', body: '<p>elsewhere</p>' }),
  )
  await page.goto('http://elsewhere.example/')
  const tried = await page.evaluate(async origin => {
    const read = await fetch(`${origin}/`, { credentials: 'include' })
      .then(response => response.text())
      .catch(() => 'refused')
    const socket = await new Promise<string>(resolve => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`)
      socket.onopen = () => resolve('open')
      socket.onerror = () => resolve('refused')
    })
    return { read, socket }
  }, app.origin)
  expect(tried).toEqual({ read: 'refused', socket: 'refused' })
})

test('a second start in the same profile hands over and ends', async ({ practice }) => {
  const app = await startApp(practice.kubeconfigPath)
  try {
    const second = await startApp(practice.kubeconfigPath, ['list', 'pods'], app.profile)
    expect(new URL(second.address).origin).toBe(app.origin)
    expect(new URL(second.address).pathname).toMatch(/^\/list\//)
    expect(await second.ended).toBe(0)
    expect((await fetch(second.address, { redirect: 'manual' })).status).toBe(302)
  } finally {
    await app.end()
  }
})
