import type { Diagnostic } from '@codemirror/lint'
import type { i18n } from 'i18next'
import type { SchemaFinding, SchemaSaid } from './judge.ts'

/** Findings as the editor draws them. `root` is the name of the kind's schema. */
export function schemaDiagnostics(
  found: readonly SchemaFinding[],
  root: string,
  messages: i18n,
): readonly Diagnostic[] {
  return found.map(({ from, to, said }) => ({
    from,
    to: Math.max(from, to),
    severity: schemaSeverity(said, root),
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

function wordsOf(said: SchemaSaid, { t }: i18n): string {
  switch (said.kind) {
    case 'unknown':
      return t('schema:finding.unknown', { name: said.name })
    case 'missing':
      return t('schema:finding.missing', { name: said.name })
    case 'type':
      return t('schema:finding.type', { expected: said.expected.map(typeWord).join(' | ') })
    case 'value':
      return t('schema:finding.value', { values: said.values.join(', ') })
    case 'pattern':
      return t('schema:finding.pattern', { pattern: said.pattern })
    default:
      return t(`schema:finding.${said.kind}`, { limit: said.limit })
  }
}

/** JSON's types; yaml-language-server calls an object by the name of its definition. */
function typeWord(type: string): string {
  return ['string', 'integer', 'number', 'boolean', 'array', 'null'].includes(type) ? type : 'object'
}

function fixesOf(said: SchemaSaid, { t }: i18n): NonNullable<Diagnostic['actions']> {
  if (said.kind !== 'unknown' && said.kind !== 'value') return []
  return said.meant.map(name => ({
    name: t('schema:finding.meant', { name }),
    apply: (view, from, to) => view.dispatch({ changes: { from, to, insert: name }, userEvent: 'input.fix' }),
  }))
}
