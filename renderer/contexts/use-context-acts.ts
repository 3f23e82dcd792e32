import type { Impersonation } from '../../contract/contexts.ts'
import type { Result } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useClient } from '../app/use-host.ts'

/** What a person can do about contexts. What comes of it shows in their states. */
export type ContextActs = {
  readonly again: (context: string) => Promise<Result<unknown>>
  readonly actAs: (context: string, impersonation: Impersonation | null) => Promise<Result<void>>
  readonly allow: (plugin: string) => Promise<Result<void>>
  readonly stop: (plugin: string) => Promise<Result<void>>
  readonly addKubeconfig: (path: string) => Promise<Result<void>>
  readonly removeKubeconfig: (path: string) => Promise<Result<void>>
}

/** The acts, asked of the host. */
export function useContextActs(): ContextActs {
  const { contexts } = useClient()
  return {
    again: context => answer(contexts.again({ context })),
    actAs: (context, impersonation) => answer(contexts.impersonate({ context, impersonation })),
    allow: plugin => answer(contexts.allowPlugin({ plugin })),
    stop: plugin => answer(contexts.stopPlugin({ plugin }).then(() => ({ ok: true as const, value: undefined }))),
    addKubeconfig: path => answer(contexts.addKubeconfig({ path })),
    removeKubeconfig: path => answer(contexts.removeKubeconfig({ path })),
  }
}
