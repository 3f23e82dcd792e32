import type { i18n } from 'i18next'
import type { ImpactLine } from '../../contract/dangers.ts'
import type { DangerFacts, DangerId } from '../../core/dangers/danger.ts'

/** The fact by which a danger's sentences differ; for most there is one sentence. */
const variants: { readonly [id in DangerId]?: string } = {
  'immutable-field': 'when',
  'finalizer-removed': 'deleting',
  'order-changed': 'matters',
  'image-not-pinned': 'why',
  'probe-removed': 'probe',
  'service-exposed': 'type',
  'claim-shrunk': 'refused',
  'new-default': 'kind',
}

/** What may happen, in a sentence or two of the page's language. */
export function dangerWords(messages: i18n, id: DangerId, facts: DangerFacts): string {
  const variant = variants[id]
  const key = variant === undefined ? id : `${id}_${facts[variant]}`
  // The catalogue has a sentence for each fact that a rule tells; a test compares.
  return messages.t(`danger:words.${key}` as 'danger:words.downtime', { ...facts })
}

/** A danger's name. */
export function dangerTitle(messages: i18n, id: DangerId): string {
  return messages.t(`danger:titles.${id}`)
}

/** What a change does to other objects, in a sentence of the page's language. */
export function impactWords(messages: i18n, { kind, way, facts }: Pick<ImpactLine, 'kind' | 'way' | 'facts'>): string {
  const key = way === '' ? kind : `${kind}_${way}`
  // As above: one sentence for each way.
  return messages.t(`danger:impact.${key}` as 'danger:impact.later', { ...facts })
}
