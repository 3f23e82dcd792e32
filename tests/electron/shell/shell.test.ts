import { EventEmitter } from 'node:events'
import type { App, IpcMain, MessagePortMain, Session, WebContents, WebFrameMain } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { endWithApp } from '../../../electron/shell/ending.ts'
import { startHostProcess } from '../../../electron/shell/host-process.ts'
import { takeInstance } from '../../../electron/shell/instance.ts'
import { menuTemplate, setMenu } from '../../../electron/shell/menu.ts'
import { denyNavigation, mayOpenOutside } from '../../../electron/shell/navigation.ts'
import { isOurs } from '../../../electron/shell/origin.ts'
import { connectPages } from '../../../electron/shell/pages.ts'
import { denyPermissions } from '../../../electron/shell/permissions.ts'
import { answerRequest, registerScheme } from '../../../electron/shell/protocol.ts'
import { hostOptions, profileOf } from '../../../electron/shell/start.ts'
import { createTargets } from '../../../electron/shell/targets.ts'
import { openWindow, showWindow } from '../../../electron/shell/window.ts'
import { forgetAll, made } from './stand-in.ts'

beforeEach(forgetAll)

const options = { version: '1', profile: '/p', kubeconfig: null, context: null, practice: false }
const target = {
  kind: 'object' as const,
  verb: 'edit' as const,
  type: 'deployment',
  name: 'nginx',
  namespace: null,
  context: null,
  section: null,
  subresource: null,
}

test('a window is a sandbox without Node, and shows itself when there is something to see', () => {
  openWindow('/preload.cjs', '/list/a')
  const [window] = made.windows
  expect(window?.options.webPreferences).toEqual({
    preload: '/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  })
  expect(window?.address).toBe('app://patchbay/list/a')
  expect(window?.options.show).toBe(false)
  expect(window?.calls).toEqual([])
  window?.emit('ready-to-show')
  expect(window?.calls).toEqual(['show'])
})

test('a minimized window is restored before it is shown', () => {
  openWindow('/preload.cjs', '/')
  const [window] = made.windows
  if (window === undefined) throw new Error('no window')
  window.minimized = true
  showWindow(window)
  expect(window.calls).toEqual(['restore', 'show', 'focus'])
})

test.each([
  ['app://patchbay', true],
  ['app://patchbay/edit/a', true],
  ['app://patchbay.evil/', false],
  ['app://other/', false],
  ['https://patchbay/', false],
  ['file:///etc/passwd', false],
])('%s is our page: %s', (address, expected) => {
  expect(isOurs(address)).toBe(expected)
})

test.each([
  ['https://kubernetes.io/docs', true],
  ['http://kubernetes.io', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['smb://host/share', false],
  ['vscode://open', false],
  ['nonsense', false],
])('%s may open outside: %s', (address, expected) => {
  expect(mayOpenOutside(address)).toBe(expected)
})

function watchedContents() {
  const contents = new EventEmitter()
  const opened: string[] = []
  let open: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null
  const parts = {
    on: contents.on.bind(contents),
    setWindowOpenHandler(handler: typeof open) {
      open = handler
    },
  }
  // An emitter has `on` for every event; the rest is typed.
  denyNavigation(parts as unknown as WebContents, { openExternal: async url => void opened.push(url) })
  const navigate = (event: string, url: string, isMainFrame = true) => {
    let prevented = false
    contents.emit(event, {
      url,
      isMainFrame,
      preventDefault: () => {
        prevented = true
      },
    })
    return prevented
  }
  // The handler reads the address alone.
  const openNew = (url: string) => open?.({ url } as Parameters<NonNullable<typeof open>>[0])
  return { navigate, openNew, opened }
}

test('a window stays at our page: web links open in the browser, all else goes nowhere', () => {
  const { navigate, openNew, opened } = watchedContents()
  expect(navigate('will-frame-navigate', 'app://patchbay/list/a')).toBe(false)
  expect(navigate('will-frame-navigate', 'file:///etc/passwd')).toBe(true)
  expect(navigate('will-frame-navigate', 'app://patchbay/', false)).toBe(true)
  expect(navigate('will-frame-navigate', 'https://in-a-frame.example', false)).toBe(true)
  expect(opened).toEqual([])
  expect(navigate('will-frame-navigate', 'https://kubernetes.io/')).toBe(true)
  expect(navigate('will-redirect', 'https://evil.example/')).toBe(true)
  expect(navigate('will-attach-webview', '')).toBe(true)
  expect(openNew('https://kubernetes.io/docs')).toEqual({ action: 'deny' })
  expect(openNew('file:///etc/passwd')).toEqual({ action: 'deny' })
  expect(opened).toEqual(['https://kubernetes.io/', 'https://kubernetes.io/docs'])
})

test('the page may write to the clipboard and nothing else', () => {
  let request: Parameters<Session['setPermissionRequestHandler']>[0] = null
  let check: Parameters<Session['setPermissionCheckHandler']>[0] = null
  let device: Parameters<Session['setDevicePermissionHandler']>[0] = null
  denyPermissions({
    setPermissionRequestHandler: handler => {
      request = handler
    },
    setPermissionCheckHandler: handler => {
      check = handler
    },
    setDevicePermissionHandler: handler => {
      device = handler
    },
  })
  const asked = (
    permission: 'clipboard-sanitized-write' | 'clipboard-read' | 'notifications' | 'media',
    url: string,
  ) => {
    let granted: boolean | null = null
    // The handler reads the address of the contents alone, and no details.
    const contents = { getURL: () => url } as WebContents
    request?.(
      contents,
      permission,
      answer => {
        granted = answer
      },
      {} as never,
    )
    expect(check?.(contents, permission, url, {} as never)).toBe(granted)
    return granted
  }
  expect(asked('clipboard-sanitized-write', 'app://patchbay/')).toBe(true)
  expect(asked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
  for (const permission of ['clipboard-read', 'notifications', 'media'] as const) {
    expect(asked(permission, 'app://patchbay/')).toBe(false)
  }
  // No device is looked at.
  expect((device as ((details: never) => boolean) | null)?.({} as never)).toBe(false)
})

const files = {
  get: (path: string) => (path === '/assets/a.js' ? { body: Buffer.from('a'), type: 'text/javascript' } : undefined),
  index: (nonce: string) => `<p>${nonce}</p>`,
}

test('the scheme is an origin of its own', () => {
  const registered: unknown[] = []
  registerScheme({ registerSchemesAsPrivileged: schemes => void registered.push(...schemes) })
  expect(registered).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
})

test('the page is served with the policy of the loopback host', async () => {
  const ask = (address: string, method = 'GET') => answerRequest(new URL(address), method, files)
  const page = ask('app://patchbay/edit/a/b')
  const policy = page.headers.get('Content-Security-Policy') ?? ''
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-")
  expect(policy).toContain("connect-src 'self';")
  expect(await page.text()).toBe(`<p>${/nonce-([\w-]+)/.exec(policy)?.[1]}</p>`)
  expect(page.headers.get('X-Content-Type-Options')).toBe('nosniff')
  const file = ask('app://patchbay/assets/a.js')
  expect([file.status, file.headers.get('Content-Type'), await file.text()]).toEqual([200, 'text/javascript', 'a'])
  expect(ask('app://patchbay/assets/b.js').status).toBe(404)
  expect(ask('app://elsewhere/').status).toBe(404)
  expect(ask('app://patchbay/', 'POST').status).toBe(405)
})

function frame(url: string, parent: object | null = null) {
  const given: unknown[] = []
  let destroyed = false
  const parts = {
    url,
    parent,
    isDestroyed: () => destroyed,
    postMessage: (...args: unknown[]) => void given.push(args),
  }
  // connectPages uses these parts of a frame.
  return {
    frame: parts as unknown as WebFrameMain,
    given,
    destroy: () => {
      destroyed = true
    },
  }
}

test('a port goes to our own whole pages alone, and anew when the host was started anew', () => {
  const ipc = new EventEmitter()
  let serial = 0
  // The ports are handed on, never used.
  const pages = connectPages(ipc as unknown as IpcMain, () => ++serial as unknown as MessagePortMain)
  const ours = frame('app://patchbay/list/a')
  const foreign = frame('https://evil.example/')
  const inner = frame('app://patchbay/', {})
  for (const { frame } of [ours, foreign, inner]) ipc.emit('patchbay-host', { senderFrame: frame })
  ipc.emit('patchbay-host', { senderFrame: null })
  expect(ours.given).toEqual([['patchbay-host', null, [1]]])
  expect([foreign.given, inner.given]).toEqual([[], []])
  pages.reconnect()
  expect(ours.given[1]).toEqual(['patchbay-host', null, [2]])
  ours.destroy()
  pages.reconnect()
  expect(ours.given).toHaveLength(2)
})

test('the first instance hears the targets of later ones; a later one hands its own over', () => {
  const app = new EventEmitter()
  const handed: unknown[] = []
  const heard: unknown[] = []
  const parts = (isFirst: boolean) =>
    ({
      on: app.on.bind(app),
      requestSingleInstanceLock: (data: unknown) => handed.push(data) > 0 && isFirst,
    }) as unknown as App
  expect(takeInstance(parts(false), target, () => {})).toBe(false)
  expect(handed).toEqual([{ target }])
  expect(takeInstance(parts(true), null, one => heard.push(one))).toBe(true)
  app.emit('second-instance', {}, [], '', { target })
  app.emit('second-instance', {}, [], '', { target: { verb: 'delete' } })
  expect(heard).toEqual([target, null])
})

test('the host’s process gets its options, a port for each page, and answers targets', async () => {
  const host = startHostProcess('/host.js', options, { restart: () => {}, gone: () => {} })
  const [process] = made.processes
  expect(process?.entry).toBe('/host.js')
  expect(process?.messages).toEqual([{ data: { kind: 'start', options }, ports: [] }])
  const port = host.connect()
  expect(process?.messages[1]?.data).toEqual({ kind: 'page' })
  expect(process?.messages[1]?.ports).toHaveLength(1)
  expect(process?.messages[1]?.ports[0]).not.toBe(port)
  const answer = host.resolve(target, true)
  expect(process?.messages[2]?.data).toEqual({ kind: 'resolve', serial: 1, target, show: true })
  process?.emit('message', { kind: 'nonsense' })
  process?.emit('message', { kind: 'resolved', serial: 1, address: '/edit/a', reason: '' })
  expect(await answer).toMatchObject({ address: '/edit/a' })
  const ended = host.end()
  expect(process?.messages.at(-1)?.data).toEqual({ kind: 'end' })
  process?.emit('exit', 0)
  await ended
  expect(made.processes).toHaveLength(1)
})

test('a host that crashes after a while is started anew; one that crashes at once is gone', async () => {
  vi.useFakeTimers()
  try {
    const told: string[] = []
    const host = startHostProcess('/host.js', options, {
      restart: () => told.push('restart'),
      gone: () => told.push('gone'),
    })
    const waiting = host.resolve(target, false)
    vi.advanceTimersByTime(60_000)
    made.processes[0]?.emit('exit', 1)
    expect(await waiting).toMatchObject({ address: null })
    expect(told).toEqual(['restart'])
    expect(made.processes[1]?.messages).toEqual([{ data: { kind: 'start', options }, ports: [] }])
    host.connect()
    expect(made.processes[1]?.messages).toHaveLength(2)
    made.processes[1]?.emit('exit', 1)
    expect(told).toEqual(['restart', 'gone'])
    expect(made.processes).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

test('targets that arrive before there is a screen wait for it; later ones use the window that is there', async () => {
  const shown: string[] = []
  const window = { isMinimized: () => false, restore: () => {}, show: () => shown.push('show'), focus: () => {} }
  const windows: (typeof window)[] = []
  const screen = {
    resolve: async (one: typeof target, show: boolean) => {
      shown.push(`resolve ${one.name} ${show}`)
      const address = one.name === 'nothing' ? null : `/edit/${one.name}`
      return { kind: 'resolved' as const, serial: 1, address, reason: 'no such thing' }
    },
    open: (address: string) => {
      shown.push(`open ${address}`)
      windows.push(window)
    },
    windows: () => windows,
    complain: (reason: string) => shown.push(`complain ${reason}`),
  }
  const targets = createTargets(target)
  targets.arrive({ ...target, name: 'second' })
  // The screen's parts take any target words.
  await targets.begin(screen as Parameters<typeof targets.begin>[0])
  expect(shown).toEqual(['resolve nginx false', 'open /edit/nginx', 'resolve second true', 'show'])
  shown.length = 0
  windows.length = 0
  targets.arrive({ ...target, name: 'nothing' })
  await vi.waitFor(() => expect(shown).toEqual(['resolve nothing false', 'complain no such thing', 'open /']), 20_000)
})

test('the app waits for its host to end, once', async () => {
  const app = new EventEmitter()
  let quits = 0
  const host = Promise.withResolvers<void>()
  const parts = {
    on: app.on.bind(app),
    quit: () => {
      quits += 1
    },
  }
  // An emitter has `on` for every event.
  endWithApp(parts as unknown as App, () => host.promise)
  let prevented = 0
  const event = {
    preventDefault: () => {
      prevented += 1
    },
  }
  app.emit('will-quit', event)
  expect([prevented, quits]).toEqual([1, 0])
  host.resolve()
  await vi.waitFor(() => expect(quits).toBe(1), 20_000)
  app.emit('will-quit', event)
  expect(prevented).toBe(1)
})

test('the menu has no reload, and developer tools only in development', () => {
  const open = () => {}
  const rolesOf = (development: boolean) => JSON.stringify(menuTemplate({ mac: false, development, openWindow: open }))
  expect(rolesOf(true)).not.toMatch(/reload/i)
  expect(rolesOf(true)).toContain('toggleDevTools')
  expect(rolesOf(false)).not.toContain('toggleDevTools')
  setMenu({ mac: true, development: false, openWindow: open })
  expect(made.menu?.[0]).toEqual({ role: 'appMenu' })
})

test('profiles and options', () => {
  const line = {
    practice: false,
    kubeconfig: '/k',
    context: 'c',
    as: { user: 'jane', groups: [], uid: null },
    port: null,
    hosts: [],
    profile: null,
    open: true,
    dev: false,
    help: false,
    target: null,
  }
  expect(profileOf(line, '/data/patchbay', false)).toBe('/data/patchbay')
  expect(profileOf(line, '/data/patchbay', true)).toBe('/data/patchbay-practice')
  expect(profileOf({ ...line, profile: '/mine' }, '/data/patchbay', true)).toBe('/mine')
  expect(hostOptions(line, { version: '1', profile: '/p', practiceKubeconfig: undefined })).toEqual({
    version: '1',
    profile: '/p/host',
    kubeconfig: ['/k'],
    context: 'c',
    actingAs: line.as,
    practice: false,
  })
  expect(hostOptions(line, { version: '1', profile: '/p', practiceKubeconfig: '/practice' })).toMatchObject({
    kubeconfig: ['/practice'],
    practice: true,
  })
})
