import { EventEmitter } from 'node:events'
import type {
  BrowserWindowConstructorOptions,
  ForkOptions,
  MenuItemConstructorOptions,
  MessagePortMain,
  UtilityProcess as RealUtilityProcess,
} from 'electron'

// What the tests see of `electron`, whose real module begins to download a runtime. It records what it is told, and is
// typed by Electron's own declarations: `satisfies` at the end holds it to them.

/** Everything that was made or forked since `forgetAll`. */
export const made: {
  windows: BrowserWindow[]
  processes: UtilityProcess[]
  menu: readonly MenuItemConstructorOptions[] | null
} = { windows: [], processes: [], menu: null }

/** Begins anew. */
export function forgetAll(): void {
  made.windows = []
  made.processes = []
  made.menu = null
}

export class BrowserWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly calls: string[] = []
  address = ''
  minimized = false
  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    this.options = options
    made.windows.push(this)
  }
  async loadURL(address: string): Promise<void> {
    this.address = address
  }
  isMinimized(): boolean {
    return this.minimized
  }
  restore(): void {
    this.calls.push('restore')
  }
  show(): void {
    this.calls.push('show')
  }
  focus(): void {
    this.calls.push('focus')
  }
}

/** One end of a channel; `other` is the other one. */
export class Port extends EventEmitter {
  other: Port | null = null
  postMessage(data: unknown): void {
    this.other?.emit('message', { data, ports: [] })
  }
  start(): void {}
  close(): void {
    this.emit('close')
    this.other?.emit('close')
  }
}

export class MessageChannelMain {
  readonly port1 = new Port()
  readonly port2 = new Port()
  constructor() {
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}

export class UtilityProcess extends EventEmitter {
  readonly entry: string
  readonly messages: { readonly data: unknown; readonly ports: readonly unknown[] }[] = []
  constructor(entry: string) {
    super()
    this.entry = entry
    made.processes.push(this)
  }
  postMessage(data: unknown, ports: readonly unknown[] = []): void {
    this.messages.push({ data, ports })
  }
}

export const utilityProcess = {
  fork: (entry: string, _args?: string[], _options?: ForkOptions) => new UtilityProcess(entry),
}

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu(menu: MenuItemConstructorOptions[] | null): void {
    made.menu = menu
  },
}

// Where the stand-in is used, its parts have these parts of the real ones.
null as unknown as UtilityProcess satisfies Pick<RealUtilityProcess, 'postMessage'>
null as unknown as Port satisfies Pick<MessagePortMain, 'postMessage' | 'start' | 'close'>
