import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import type { HostOptions } from '../host/host.ts'
import type { TargetWords } from '../host/target-words.ts'
import { type FromHost, fromHostSchema, type ToHost } from './messages.ts'

/** The host in its process of its own, so that talking to clusters never stalls a window. */
export type HostProcess = {
  /** A port for a page; the other end is with the host. */
  readonly connect: () => MessagePortMain
  /** The address of a typed target, shown in the open pages if asked for; `address` null with a `reason` where it means nothing. */
  readonly resolve: (target: TargetWords, show: boolean) => Promise<FromHost>
  /** Ends it; resolves when it is gone. */
  readonly end: () => Promise<void>
}

// A host that ends sooner than this would only end again.
const leastLife = 10_000

/** Starts it. When it crashes it is started anew and `onRestart` called, once it had run a while; else `onGone`. */
export function startHostProcess(
  entry: string,
  options: HostOptions,
  on: { readonly restart: () => void; readonly gone: () => void },
): HostProcess {
  const answers = new Map<number, (answer: FromHost) => void>()
  let serial = 0
  let ending = false

  const start = (): UtilityProcess => {
    const began = Date.now()
    const process = utilityProcess.fork(entry, [], { serviceName: 'Patchbay host', stdio: 'inherit' })
    process.on('message', message => {
      const parsed = fromHostSchema.safeParse(message)
      if (!parsed.success) return
      answers.get(parsed.data.serial)?.(parsed.data)
      answers.delete(parsed.data.serial)
    })
    process.once('exit', () => {
      for (const [waiting, answer] of answers) answer(unanswered(waiting))
      answers.clear()
      if (ending) return
      if (Date.now() - began < leastLife) return on.gone()
      current = start()
      on.restart()
    })
    tell(process, { kind: 'start', options: { ...options, kubeconfig: options.kubeconfig && [...options.kubeconfig] } })
    return process
  }
  let current = start()

  return {
    connect() {
      const { port1, port2 } = new MessageChannelMain()
      tell(current, { kind: 'page' }, [port1])
      return port2
    },
    resolve(target, show) {
      const { promise, resolve } = Promise.withResolvers<FromHost>()
      serial += 1
      answers.set(serial, resolve)
      tell(current, { kind: 'resolve', serial, target, show })
      return promise
    },
    end() {
      ending = true
      return new Promise(resolve => {
        current.once('exit', () => resolve())
        tell(current, { kind: 'end' })
      })
    },
  }
}

function unanswered(serial: number): FromHost {
  return { kind: 'resolved', serial, address: null, reason: 'The host ended before it could answer.' }
}

function tell(process: UtilityProcess, message: ToHost, ports: MessagePortMain[] = []): void {
  process.postMessage(message, ports)
}
