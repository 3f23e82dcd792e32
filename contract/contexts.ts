import * as z from 'zod'

const context = z.string().min(1).max(500)
/** What may stand in a header: no control characters. */
const headerText = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^\P{Cc}+$/u)

export const impersonationSchema = z.object({
  user: headerText,
  groups: z.array(headerText).max(100),
  uid: headerText.nullable(),
})
/** Whom a context's requests act as (`kubectl --as`, `--as-group`, `--as-uid`). */
export type Impersonation = z.infer<typeof impersonationSchema>

/** `from`: who says so, the kubeconfig or the person in this session. Only the latter is kubectl to be told of. */
export type ActingAs = Impersonation & { readonly from: 'kubeconfig' | 'session' }

export const contextOnlyInput = z.object({ context })
export const impersonateInput = z.object({ context, impersonation: impersonationSchema.nullable() })
export const kubeconfigInput = z.object({ path: z.string().min(1).max(4096) })
export const pluginInput = z.object({ plugin: z.string().max(64) })
export const namespaceInput = z.object({ context, namespace: z.string().min(1).max(253) })

/** A kubeconfig file that is read. `added`: by hand, in the app. `found`: it is there. */
export type KubeconfigFile = { readonly path: string; readonly added: boolean; readonly found: boolean }

/**
 * A credential plugin that wants something. `running`: `lines` is what it prints for people, a login address for one;
 * `unconfirmed`: it is named by a file that is not the person's own, and waits to be allowed; `refused`: it was not.
 */
export type PluginRun = {
  readonly id: string
  readonly state: 'running' | 'unconfirmed' | 'refused'
  /** The contexts that wait for it. */
  readonly contexts: readonly string[]
  readonly command: string
  readonly args: readonly string[]
  /** The names of the environment variables that the kubeconfig sets for it. */
  readonly variables: readonly string[]
  /** The kubeconfig file that names it. */
  readonly file: string
  /** When it was started or asked for, in milliseconds of the host's clock. */
  readonly since: number
  readonly lines: readonly string[]
}
