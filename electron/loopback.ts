import { createHost, type HostOptions } from './host/host.ts'
import type { TargetWords } from './host/target-words.ts'
import { type ControlAnswer, type ControlRequest, removeControlFile, writeControlFile } from './loopback/control.ts'
import { secret } from './loopback/entrance.ts'
import { createLifetime } from './loopback/lifetime.ts'
import type { Page } from './loopback/page.ts'
import { listenOn } from './loopback/ports.ts'
import { describeProblem } from './pages/sentences.ts'

/** How the loopback host is started. `port` null takes the profile's last one, or any. `profile` is locked by the caller. */
export type LoopbackOptions = {
  readonly host: HostOptions
  readonly page: Page
  readonly port: number | null
  readonly hosts: readonly string[]
  /** Milliseconds that the host outlives the last page of an application window. */
  readonly patience?: number
}

/** The running app behind a loopback web server. */
export type Loopback = {
  readonly port: number
  /** The address that opens a typed target, or the start, once. A string without an address is one sentence on why not. */
  readonly issueAddress: (target: TargetWords | null) => Promise<Issued>
  /** Pages are in an application window of ours from now on: the host ends a while after the last one left. */
  readonly lastAsLongAsPages: () => void
  /** Resolves when the last page left for good. */
  readonly abandoned: Promise<void>
  /** Resolves with true when a page connects, false after `milliseconds` without one. */
  readonly pageWithin: (milliseconds: number) => Promise<boolean>
  readonly end: () => Promise<void>
}

/** An address with a token, or a sentence on why there is none. */
export type Issued = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly reason: string }

/** Starts the host behind its loopback server. Throws `PortTaken` where the asked-for port is taken. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { profile } = options.host
  const over = Promise.withResolvers<void>()
  const lifetime = createLifetime(options.patience ?? 60_000, over.resolve)
  const pages = countPages(lifetime.pages)
  const host = await createHost(options.host)
  const control = { secret: secret(), answer: (request: ControlRequest) => answer(request) }
  const server = await listenOn(options.port, profile, {
    router: host.router,
    page: options.page,
    control,
    hosts: options.hosts,
    onPages: pages.set,
  }).catch(async (error: unknown) => {
    await host.end()
    throw error
  })
  writeControlFile(profile, server.port, control.secret)

  const addressOf = async (target: TargetWords | null): Promise<Issued> => {
    if (target === null) return { ok: true, address: '/' }
    const resolved = await host.resolveTarget(target)
    return resolved.ok
      ? { ok: true, address: resolved.value }
      : { ok: false, reason: describeProblem(resolved.problem) }
  }

  const answer = async (request: ControlRequest): Promise<ControlAnswer> => {
    const found = await addressOf(request.target)
    if (!found.ok) return { kind: 'refused', reason: found.reason }
    if (request.target !== null) host.openTarget(found.address)
    if (request.open && pages.count() > 0) return { kind: 'shown' }
    return { kind: 'address', address: server.issueAddress(found.address) }
  }

  return {
    port: server.port,
    issueAddress: async target => {
      const found = await addressOf(target)
      return found.ok ? { ok: true, address: server.issueAddress(found.address) } : found
    },
    lastAsLongAsPages: lifetime.begin,
    abandoned: over.promise,
    pageWithin: pages.within,
    end: async () => {
      lifetime.end()
      removeControlFile(profile)
      await server.end()
      await host.end()
    },
  }
}

function countPages(onCount: (count: number) => void) {
  let count = 0
  const waiting = new Set<() => void>()
  return {
    count: () => count,
    set(now: number) {
      count = now
      onCount(now)
      if (now > 0) for (const resume of waiting) resume()
    },
    within: (milliseconds: number) =>
      new Promise<boolean>(resolve => {
        const finish = (came: boolean) => {
          clearTimeout(timer)
          waiting.delete(resume)
          resolve(came)
        }
        const resume = () => finish(true)
        const timer = setTimeout(() => finish(count > 0), milliseconds)
        timer.unref()
        if (count > 0) return finish(true)
        waiting.add(resume)
      }),
  }
}
