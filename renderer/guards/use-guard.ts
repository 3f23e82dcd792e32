import { createContext, useContext } from 'react'
import { type Guard, type GuardState, noGuard } from '../../contract/guard.ts'
import type { Result } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useApp, useClient } from '../app/use-host.ts'

const unguarded: GuardState = { ...noGuard, unlockedUntil: null, offered: false }

/** A context's guard; none for a context that the kubeconfig does not name any more. */
export function useGuard(context: string): GuardState {
  return useApp().contexts.find(({ name }) => name === context)?.guard ?? unguarded
}

/** Whether anything was chosen that guards. */
export function isGuarded({ colour, writes, confirm }: Guard): boolean {
  return colour !== null || writes !== 'allowed' || confirm
}

/** Whether writes are held back now. */
export function isLocked({ writes, unlockedUntil }: GuardState): boolean {
  return writes === 'never' || (writes === 'after-unlock' && unlockedUntil === null)
}

/** What a person can do about a guard. What is not carried out shows by the guard's staying as it is. */
export type GuardActs = {
  readonly set: (context: string, guard: Guard) => Promise<Result<void>>
  readonly unlock: (context: string) => Promise<Result<void>>
  readonly lock: (context: string) => Promise<Result<void>>
}

/** The acts, asked of the host. */
export function useGuardActs(): GuardActs {
  const client = useClient()
  return {
    set: (context, guard) => answer(client.guards.set({ context, guard })),
    unlock: context => answer(client.guards.unlock({ context })),
    lock: context => answer(client.guards.lock({ context })),
  }
}

/** Opens the dialog for a context's guard; `renderer/app/frame.tsx` provides it. Null where there is no frame. */
export const GuardDialogContext = createContext<((context: string) => void) | null>(null)

/** Opens the dialog for a context's guard. */
export function useGuardDialog(): ((context: string) => void) | null {
  return useContext(GuardDialogContext)
}
