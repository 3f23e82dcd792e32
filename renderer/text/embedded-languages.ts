import { type Language, StreamLanguage, type StreamParser } from '@codemirror/language'

/** A language that scripts and configurations in an object's values are written in. */
export type EmbeddedLanguage =
  | 'shell'
  | 'json'
  | 'yaml'
  | 'nginx'
  | 'properties'
  | 'toml'
  | 'python'
  | 'lua'
  | 'sql'
  | 'pem'
  | 'xml'
  | 'javascript'
  | 'dockerfile'
  | 'perl'
  | 'ruby'
  | 'powershell'
  | 'configuration'

const byEnding: readonly (readonly [RegExp, EmbeddedLanguage])[] = [
  [/\.(sh|bash|zsh|ksh|envrc|profile|bashrc)$/, 'shell'],
  [/\.(json|jsonl|json5|tfstate|avsc)$/, 'json'],
  [/\.(ya?ml)$/, 'yaml'],
  [/nginx.*\.(conf|tmpl|template)$|\.nginx$/, 'nginx'],
  [/\.toml$/, 'toml'],
  [/\.py$/, 'python'],
  [/\.lua$/, 'lua'],
  [/\.sql$/, 'sql'],
  [/\.(pem|crt|cer|key|csr)$/, 'pem'],
  [/\.(xml|xsd|svg|html)$/, 'xml'],
  [/\.(js|mjs|cjs|ts)$/, 'javascript'],
  [/(^|\.)dockerfile$/i, 'dockerfile'],
  [/\.(pl|pm)$/, 'perl'],
  [/\.rb$/, 'ruby'],
  [/\.ps1$/, 'powershell'],
  [/^haproxy\.cfg$/, 'configuration'],
  [/\.(ini|cfg|properties|env|cnf|editorconfig|service|desktop)$|^\.env$|^(my|php|supervisord)\.conf$/, 'properties'],
  [/caddyfile|\.(conf|config|cf|rules)$|^corefile$/i, 'configuration'],
]

const byInterpreter: readonly (readonly [RegExp, EmbeddedLanguage])[] = [
  [/\b(ba|da|z|k|a)?sh\b/, 'shell'],
  [/\bpython/, 'python'],
  [/\b(node|deno|bun)\b/, 'javascript'],
  [/\bperl\b/, 'perl'],
  [/\bruby\b/, 'ruby'],
  [/\blua/, 'lua'],
  [/\bpwsh\b/, 'powershell'],
]

/**
 * The language of a text that stands under `key`, by its interpreter line, the key's ending or its beginning; null where
 * none can be told. `start` is as much of it as is at hand.
 */
export function recognise(key: string, start: string): EmbeddedLanguage | null {
  const interpreter = /^#!(.*)/.exec(start)?.[1]
  if (interpreter !== undefined) return byInterpreter.find(([sign]) => sign.test(interpreter))?.[1] ?? 'shell'
  if (/^\s*-----BEGIN [A-Z ]+-----/.test(start)) return 'pem'
  return byEnding.find(([ending]) => ending.test(key))?.[1] ?? byContent(start)
}

function byContent(start: string): EmbeddedLanguage | null {
  if (/^\s*(\{\s*("|\}|$)|\[\s*(["{[\d]|$))/.test(start)) return 'json'
  if (/^\s*<(\?xml|!DOCTYPE|[a-z]+[\s>])/i.test(start)) return 'xml'
  if (/^\s*(set -[a-z]*e|echo |export [A-Z_]+=|if \[+ )/m.test(start)) return 'shell'
  if (/^\s*(server|http|events|upstream \S+|location \S+) \{/m.test(start)) return 'nginx'
  if (/^\s*(apiVersion|kind): /m.test(start)) return 'yaml'
  if (/^\s*\[+[\w."-]+\]+\s*$/m.test(start)) return 'toml'
  if (/^\s*(SELECT|CREATE (TABLE|DATABASE|USER|ROLE)|INSERT INTO|ALTER TABLE|GRANT) /m.test(start)) return 'sql'
  return null
}

const legacy = {
  shell: async () => (await import('@codemirror/legacy-modes/mode/shell')).shell,
  nginx: async () => (await import('@codemirror/legacy-modes/mode/nginx')).nginx,
  properties: async () => (await import('@codemirror/legacy-modes/mode/properties')).properties,
  toml: async () => (await import('@codemirror/legacy-modes/mode/toml')).toml,
  python: async () => (await import('@codemirror/legacy-modes/mode/python')).python,
  lua: async () => (await import('@codemirror/legacy-modes/mode/lua')).lua,
  sql: async () => (await import('@codemirror/legacy-modes/mode/sql')).standardSQL,
  pem: async () => (await import('@codemirror/legacy-modes/mode/asciiarmor')).asciiArmor,
  xml: async () => (await import('@codemirror/legacy-modes/mode/xml')).xml,
  javascript: async () => (await import('@codemirror/legacy-modes/mode/javascript')).javascript,
  dockerfile: async () => (await import('@codemirror/legacy-modes/mode/dockerfile')).dockerFile,
  perl: async () => (await import('@codemirror/legacy-modes/mode/perl')).perl,
  ruby: async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby,
  powershell: async () => (await import('@codemirror/legacy-modes/mode/powershell')).powerShell,
  configuration: async () => configuration,
} satisfies Partial<Record<EmbeddedLanguage, () => Promise<StreamParser<unknown>>>>

/** The parser of a language, loaded when it is first asked for. */
export async function parserOf(language: EmbeddedLanguage): Promise<Language['parser']> {
  if (language === 'json') return (await import('@codemirror/lang-json')).jsonLanguage.parser
  if (language === 'yaml') return (await import('@codemirror/lang-yaml')).yamlLanguage.parser
  return StreamLanguage.define(await legacy[language]()).parser
}

/** What configurations of servers have in common that have no mode of their own: HAProxy, Caddy, CoreDNS. */
const configuration: StreamParser<{ first: boolean }> = {
  startState: () => ({ first: true }),
  token(stream, state) {
    if (stream.sol()) state.first = true
    if (stream.eatSpace()) return null
    if (stream.match(/^#.*/)) return 'comment'
    if (stream.match(/^"(\\.|[^"])*"?|^'[^']*'?/)) return 'string'
    if (stream.match(/^[{}();]/)) return 'bracket'
    const word = stream.match(/^[^\s{}();"'#]+/)
    if (word === null) stream.next()
    const isFirst = state.first
    state.first = false
    if (isFirst) return 'keyword'
    return Array.isArray(word) && /^[\d.]+[a-z%]*$/i.test(word[0]) ? 'number' : null
  },
}
