import type { Diagnostic } from '@codemirror/lint'
import type { i18n } from 'i18next'
import type { SchemaFinding, SchemaSaid } from './judge.ts'

/**
 * `root` is the name of the kind's schema. `accepted`: the server's dry run has just taken this very text, as it takes old
 * values that a newer definition would not have.
 */
type Weighing = { readonly root: string; readonly accepted: boolean; readonly messages: i18n }

/** Findings as the editor draws them. */
export function schemaDiagnostics(
  found: readonly SchemaFinding[],
  { root, accepted, messages }: Weighing,
): readonly Diagnostic[] {
  return found.map(({ from, to, said }) => ({
    from,
    to: Math.max(from, to),
    severity: accepted ? 'warning' : schemaSeverity(said, root),
    source: messages.t('schema:source'),
    message: wordsOf(said, messages),
    actions: fixesOf(said, messages),
  }))
}

/**
 * An error is what the server refuses. Kubernetes' own kinds name fields as required that the server fills in
 * (`roleRef.apiGroup`), so there a missing field is a warning: the dry run knows.
 */
export function schemaSeverity(said: SchemaSaid, root: string): 'error' | 'warning' {
  return said.kind === 'missing' && root.startsWith('io.k8s.') ? 'warning' : 'error'
}

function wordsOf(said: SchemaSaid, messages: i18n): string {
  const { t } = messages
  switch (said.kind) {
    case 'unknown':
      return withGuess(t('schema:finding.unknown', { name: said.name }), said.meant, messages)
    case 'missing':
      return t('schema:finding.missing', { name: said.name })
    case 'type':
      return t('schema:finding.type', { expected: said.expected.map(typeWord).join(' | ') })
    case 'value':
      return withGuess(t('schema:finding.value', { values: said.values.join(', ') }), said.meant, messages)
    case 'pattern':
      return t('schema:finding.pattern', { pattern: said.pattern })
    default:
      return t(`schema:finding.${said.kind}`, { limit: said.limit })
  }
}

function withGuess(words: string, [meant]: readonly string[], { t }: i18n): string {
  return meant === undefined ? words : `${words} ${t('schema:finding.guess', { name: meant })}`
}

/** JSON's types; yaml-language-server calls an object by the name of its definition. */
function typeWord(type: string): string {
  return ['string', 'integer', 'number', 'boolean', 'array', 'null'].includes(type) ? type : 'object'
}

/** What it was meant to be, one button each. */
function fixesOf(said: SchemaSaid, { t }: i18n): NonNullable<Diagnostic['actions']> {
  if (said.kind !== 'unknown' && said.kind !== 'value') return []
  return said.meant.map(meant => ({
    name: t('schema:finding.meant', { name: meant }),
    apply: (view, from, to) => {
      // The server may tell of the same place, and its place has both the key and the value.
      const [, key = '', value = ''] = /^([^\s:]+:\s+)?(.*)/s.exec(view.state.sliceDoc(from, to)) ?? []
      const start = said.kind === 'value' ? from + key.length : from
      const end = said.kind === 'value' ? start + value.length : from + said.name.length
      view.dispatch({ changes: { from: start, to: end, insert: meant }, userEvent: 'input.fix' })
    },
  }))
}
