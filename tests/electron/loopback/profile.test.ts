import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askRunningHost, writeControlFile } from '../../../electron/loopback/control.ts'
import { lockProfile } from '../../../electron/loopback/lock.ts'
import { listenOn } from '../../../electron/loopback/ports.ts'
import {
  defaultProfile,
  keepPort,
  makeProfile,
  ProfileUnusable,
  readLastPort,
} from '../../../electron/loopback/profile.ts'
import { ask, controlSecret, pingRouter, serve, smallPage, temporaryFolder } from './serving.ts'

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('a profile and what is in it are this user’s alone', () => {
  const profile = makeProfile(join(temporaryFolder(), 'a', 'b'))
  expect(mode(profile)).toBe('700')
  keepPort(profile, 4000)
  writeControlFile(profile, 4000, controlSecret)
  const lock = lockProfile(profile)
  for (const name of ['port', 'control.json', 'host.lock']) expect(mode(join(profile, name))).toBe('600')
  lock?.release()
})

test('a folder of other things is no profile, and stays as it is', () => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'thesis.txt'), 'mine')
  expect(() => makeProfile(folder)).toThrow(ProfileUnusable)
  expect(mode(folder)).toBe('755')
  expect(() => makeProfile(join(folder, 'thesis.txt'))).toThrow(/thesis\.txt cannot be used \(EEXIST\)/)
  lockProfile(folder)?.release()
  expect(makeProfile(folder)).toBe(folder)
})

test('where profiles are', () => {
  expect(defaultProfile(false, 'linux', { XDG_DATA_HOME: '/data' })).toBe('/data/patchbay')
  expect(defaultProfile(true, 'linux', { XDG_DATA_HOME: '/data' })).toBe('/data/patchbay-practice')
  expect(defaultProfile(false, 'linux', {})).toMatch(/\.local\/share\/patchbay$/)
  expect(defaultProfile(false, 'darwin', {})).toMatch(/Library\/Application Support\/patchbay$/)
})

test('one at a time holds a profile', () => {
  const folder = temporaryFolder()
  const first = lockProfile(folder)
  expect(first).not.toBeNull()
  expect(lockProfile(folder)).toBeNull()
  first?.release()
  const again = lockProfile(folder)
  expect(again).not.toBeNull()
  again?.release()
})

test('a lock ends with its process, even one that is killed', async () => {
  const folder = temporaryFolder()
  const path = join(import.meta.dirname, '../../../electron/loopback/lock.ts')
  const script = `const { lockProfile } = await import(${JSON.stringify(path)})
    globalThis.held = lockProfile(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  if (child.stdout === null) throw new Error('no pipe')
  await once(child.stdout, 'data')
  expect(lockProfile(folder)).toBeNull()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lock = lockProfile(folder)
  expect(lock).not.toBeNull()
  lock?.release()
})

test('the last port is taken again when it is free, another one when not, and an asked-for one or none', async () => {
  const profile = temporaryFolder()
  const options = {
    router: pingRouter(),
    page: smallPage,
    control: { secret: controlSecret, answer: async () => ({ kind: 'shown' as const }) },
    hosts: [],
    onPages: () => {},
  }
  const first = await listenOn(null, profile, options)
  expect(readLastPort(profile)).toBe(first.port)
  const second = await listenOn(null, profile, options)
  onTestFinished(() => second.end())
  expect(second.port).not.toBe(first.port)
  await expect(listenOn(second.port, profile, options)).rejects.toThrow(`Port ${second.port} of 127.0.0.1 is taken`)
  keepPort(profile, first.port)
  await first.end()
  const third = await listenOn(null, profile, options)
  onTestFinished(() => third.end())
  expect(third.port).toBe(first.port)
})

test.each(['', 'x', '0', '70000', '1.5'])('a port file that holds "%s" is no port', text => {
  const profile = temporaryFolder()
  writeFileSync(join(profile, 'port'), text)
  expect(readLastPort(profile)).toBeNull()
})

test('a second start asks the running host by its control file', async () => {
  const asked: unknown[] = []
  const server = await serve({
    control: {
      secret: controlSecret,
      async answer(request) {
        asked.push(request)
        return { kind: 'address', address: 'http://127.0.0.1:1/' }
      },
    },
  })
  const profile = temporaryFolder()
  const request = { target: null, open: false }
  expect(await askRunningHost(profile, request)).toBeNull()
  writeFileSync(join(profile, 'control.json'), '{"port":')
  expect(await askRunningHost(profile, request)).toBeNull()
  writeControlFile(profile, server.port, controlSecret)
  expect(await askRunningHost(profile, request)).toEqual({ kind: 'address', address: 'http://127.0.0.1:1/' })
  expect(asked).toEqual([request])
  writeControlFile(profile, server.port, `${controlSecret}x`)
  expect(await askRunningHost(profile, request)).toBeNull()
  await server.end()
  writeControlFile(profile, server.port, controlSecret)
  expect(await askRunningHost(profile, request)).toBeNull()
  expect(asked).toHaveLength(1)
})

const authorization = `Bearer ${controlSecret}`
test.each([
  ['nothing', 'POST', {}, 403],
  ['a wrong secret', 'POST', { Authorization: 'Bearer wrong' }, 403],
  ['the secret from a page', 'POST', { Authorization: authorization, 'Sec-Fetch-Site': 'same-origin' }, 403],
  ['a GET', 'GET', { Authorization: authorization }, 403],
  ['an unknown shape', 'POST', { Authorization: authorization }, 500],
])('control refuses %s', async (_, method, headers, status) => {
  const server = await serve()
  const body = method === 'POST' ? '{"target":{"verb":"delete"},"open":true}' : ''
  expect((await ask(server, '/control', { method, headers, body })).status).toBe(status)
})
