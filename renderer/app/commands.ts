import { createContext, useContext, useEffectEvent, useLayoutEffect, useSyncExternalStore } from 'react'

/** One thing that the person can do: shared by keys, the palette, menus and tests. */
export type Command = {
  /** Stable, dotted: `list.filter`. */
  readonly id: string
  /** In the page's language. */
  readonly label: string
  /** The heading under which the palette and the shortcuts' help show it, in the page's language. */
  readonly group: string
  readonly enabled: boolean
  readonly run: () => void
  /** Such as `Mod+K`, `Shift+F`, `?`; `Mod` is Cmd on a Mac, else Ctrl. */
  readonly keys: readonly string[]
  /** True where it shall not be offered by the palette. */
  readonly hidden?: boolean
  /** The part of the page, as a selector, that must have the focus for the keys to count; absent for any. */
  readonly within?: string
}

/** The commands of all components that are on screen now. */
export type Commands = {
  readonly all: () => readonly Command[]
  readonly subscribe: (listener: () => void) => () => void
  /** Adds commands until the returned function is called; a later set wins over an earlier one with equal ids. */
  readonly add: (commands: readonly Command[]) => () => void
  /** Runs an enabled one by its id; false where there is none now. */
  readonly run: (id: string) => boolean
}

/** An empty set of commands. */
export function createCommands(): Commands {
  const sets = new Set<readonly Command[]>()
  const listeners = new Set<() => void>()
  let all: readonly Command[] = []
  function gather(): void {
    const byId = new Map<string, Command>()
    for (const set of sets) for (const command of set) byId.set(command.id, command)
    all = [...byId.values()]
    for (const listener of [...listeners]) listener()
  }
  return {
    all: () => all,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add: commands => {
      sets.add(commands)
      gather()
      return () => {
        sets.delete(commands)
        gather()
      }
    },
    run: id => {
      const found = all.find(command => command.id === id && command.enabled)
      found?.run()
      return found !== undefined
    },
  }
}

/** What a key event must tell to be matched. */
export type Pressed = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Whether a key event is the combination `keys`. `Mod` is Cmd on a Mac, else Ctrl. */
export function matchesKeys(keys: string, pressed: Pressed, mac: boolean): boolean {
  const parts = keys.split('+')
  const key = parts.pop() ?? ''
  const wants = (name: string) => parts.includes(name)
  const ctrl = wants('Ctrl') || (wants('Mod') && !mac)
  const meta = wants('Meta') || (wants('Mod') && mac)
  if (pressed.ctrlKey !== ctrl || pressed.metaKey !== meta || pressed.altKey !== wants('Alt')) return false
  if (pressed.key.toLowerCase() !== key.toLowerCase()) return false
  // A sign such as `?` already says that Shift was needed for it, on some keyboards and not on others.
  return pressed.shiftKey === wants('Shift') || (key.length === 1 && !/[a-z0-9]/i.test(key))
}

/** A combination as keyboards are labelled: `Ctrl+K`, on a Mac `⌘K`. */
export function showKeys(keys: string, mac: boolean): string {
  if (!mac) return keys.replace('Mod', 'Ctrl')
  const signs: Record<string, string> = { Mod: '⌘', Meta: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' }
  return keys
    .split('+')
    .map(part => signs[part] ?? part)
    .join('')
}

/** True on Apple's keyboards. */
export const onMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.platform)

/**
 * The enabled command that a key event runs, null when there is none. While the person types, bare keys are text.
 * `isInside` tells whether the focus is in a part of the page: the command of that part wins over one of the whole page.
 */
export function commandFor(
  commands: readonly Command[],
  pressed: Pressed,
  typing: boolean,
  isInside: (selector: string) => boolean = () => false,
): Command | null {
  const bare = !pressed.ctrlKey && !pressed.metaKey && !pressed.altKey
  if (typing && bare && !/^(F\d+|Escape)$/.test(pressed.key)) return null
  const fitting = commands.filter(
    command => command.enabled && command.keys.some(keys => matchesKeys(keys, pressed, onMac)),
  )
  const inside = fitting.findLast(({ within }) => within !== undefined && isInside(within))
  // The innermost component registered last.
  return inside ?? fitting.findLast(({ within }) => within === undefined) ?? null
}

/** The page's commands; `renderer/app/app.tsx` provides them. */
export const CommandsContext = createContext<Commands | null>(null)

/** The page's set of commands. */
export function useCommandSet(): Commands {
  const commands = useContext(CommandsContext)
  if (commands === null) throw new Error('no commands: render inside CommandsContext')
  return commands
}

/** All commands on screen now. */
export function useAllCommands(): readonly Command[] {
  const commands = useCommandSet()
  return useSyncExternalStore(commands.subscribe, commands.all)
}

/** Offers commands for as long as the component lives. They may be made anew in every render. */
export function useCommands(commands: readonly Command[]): void {
  const set = useCommandSet()
  const shown = JSON.stringify(
    commands.map(({ id, label, group, enabled, keys, hidden }) => [id, label, group, enabled, keys, hidden]),
  )
  const runLatest = useEffectEvent((id: string) => commands.find(command => command.id === id)?.run())
  const offered = useEffectEvent(() => commands.map(command => ({ ...command, run: () => runLatest(command.id) })))
  // `shown` says when what the person sees of them changed. A key that follows at once must find them there.
  useLayoutEffect(() => set.add(offered()), [set, shown])
}
