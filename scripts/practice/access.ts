/** All that is needed to use a practice cluster from any process. */
export type Access = {
  readonly kubeconfigPath: string
  readonly kubectlPath: string
  /** `practice` (admin), `practice-editor`, `practice-viewer`, and `practice-2` (admin of the second) if asked for. */
  readonly contexts: readonly string[]
  readonly servers: readonly { readonly name: string; readonly url: string; readonly context: string }[]
}
