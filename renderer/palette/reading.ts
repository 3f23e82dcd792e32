/** What a sign at the beginning narrows the palette to. */
export type Mode = 'all' | 'commands' | 'contexts' | 'namespaces' | 'kinds'

/** A kind and what is wanted of it: `pods nginx`, `deploy/nginx`, `po #kube-system @staging`, `svc -n shop`, `pods -A`. */
export type KindWords = {
  /** The kind, by any of its names. */
  readonly kind: string
  /** What its objects' names are to match. */
  readonly filter: string
  /** True where the slash says that `filter` is the very name. */
  readonly isName: boolean
  readonly namespace: string | null
  readonly context: string | null
  readonly allNamespaces: boolean
}

/** What was typed into the palette. `kindWords` where it may begin with a kind and goes on. */
export type Reading = { readonly mode: Mode; readonly text: string; readonly kindWords: KindWords | null }

const modes: Readonly<Record<string, Mode>> = { '>': 'commands', '@': 'contexts', '#': 'namespaces', ':': 'kinds' }

/** The signs that begin a narrowed search, for the hint. */
export const signs = Object.entries(modes).map(([sign, mode]) => ({ sign, mode }))

/** Reads what was typed: `>` commands, `@` contexts, `#` namespaces, `:` kinds, everything otherwise. */
export function readTyped(typed: string): Reading {
  const trimmed = typed.trimStart()
  const mode = modes[trimmed[0] ?? ''] ?? 'all'
  const text = (mode === 'all' ? trimmed : trimmed.slice(1)).trim()
  const mayNameKind = mode === 'all' || mode === 'kinds'
  return { mode, text, kindWords: mayNameKind ? readKindWords(text, mode === 'kinds') : null }
}

function readKindWords(text: string, inKinds: boolean): KindWords | null {
  const [, kind = '', separator = '', rest = ''] = /^([\w.-]+)(\/|\s+)(.*)$/.exec(text) ?? []
  if (kind === '') return null
  const isName = separator === '/'
  const filter: string[] = []
  let namespace: string | null = null
  let context: string | null = null
  let allNamespaces = false
  const tokens = rest.split(/\s+/).filter(token => token !== '')
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? ''
    const [, option, value] = /^(-n|--namespace|--context)(?:=(.*))?$/.exec(token) ?? []
    if (token === '-A' || token === '--all-namespaces') allNamespaces = true
    else if (option !== undefined) {
      const given = value ?? tokens[++at] ?? ''
      if (option === '--context') context = given
      else namespace = given
    } else if (token.startsWith('#')) namespace = token.slice(1)
    else if (token.startsWith('@')) context = token.slice(1)
    // As in k9s: `:pods kube-system` is a namespace, `:pods /nginx` a filter.
    else if (inKinds && !isName && filter.length === 0 && namespace === null && !token.startsWith('/'))
      namespace = token
    else filter.push(token.replace(/^\//, ''))
  }
  if (filter.length === 0 && namespace === null && context === null && !allNamespaces) return null
  return { kind, filter: filter.join(' '), isName, namespace, context, allNamespaces }
}
