import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

/**
 * What to start on: the person's own clusters (`files` null means what kubectl would read), or a practice cluster,
 * asked for or since there is no kubeconfig at all; or a sentence on why neither.
 */
export type Source =
  | { readonly kind: 'own'; readonly files: readonly string[] | null }
  | { readonly kind: 'practice'; readonly asked: boolean }
  | { readonly kind: 'missing'; readonly reason: string }

/** Chooses it. Relative paths are relative to where the person called npm from. */
export function chooseSource(
  asked: { readonly practice: boolean; readonly kubeconfig: string | null },
  env: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): Source {
  if (asked.practice) return { kind: 'practice', asked: true }
  if (asked.kubeconfig !== null) {
    const file = resolve(env.INIT_CWD ?? process.cwd(), asked.kubeconfig)
    if (existsSync(file)) return { kind: 'own', files: [file] }
    return { kind: 'missing', reason: `There is no kubeconfig at ${file}.` }
  }
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '')
  const candidates = listed.length > 0 ? listed : [join(home, '.kube', 'config')]
  return candidates.some(file => existsSync(file)) ? { kind: 'own', files: null } : { kind: 'practice', asked: false }
}
