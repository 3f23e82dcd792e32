import type { QuickAsk } from '../../contract/quick.ts'
import type { QuickEdit, QuickKind } from '../../core/quick/quick-edit.ts'
import type { QuickTotals } from '../../core/quick/totals.ts'

/** The sorts of quick edits as the dialog offers them. */
export type QuickForm = QuickAsk['kind']

/** All of them, in the order in which they are offered. */
export const quickForms: readonly QuickForm[] = [
  'image',
  'scale',
  'restart',
  'env',
  'rollback',
  'pause',
  'suspend',
  'cordon',
  'taint',
  'label',
  'annotate',
]

/** What a form hands to the dialog: null while it is not filled. */
export type OnAsk = (ask: QuickAsk | null) => void

/** What every form begins with. */
export type FormProps = { readonly totals: QuickTotals; readonly onAsk: OnAsk }

/** Which fit some of the objects. */
export function fittingForms({ kinds }: QuickTotals): readonly QuickForm[] {
  return quickForms.filter(form => (kinds[kindOf(form)] ?? 0) > 0)
}

function kindOf(form: QuickForm): QuickKind {
  return form === 'rollback' ? 'restore' : form
}

/** The quick edit that is asked for; null for a revision that is yet to be looked up. */
export function editOf(ask: QuickAsk): QuickEdit | null {
  return ask.kind === 'rollback' ? null : ask
}

/** The present time as kubectl writes it into a restarted template. */
export function restartNow(): Extract<QuickAsk, { kind: 'restart' }> {
  return { kind: 'restart', at: `${new Date().toISOString().slice(0, 19)}Z` }
}

/** Those that menus show; the others are in the palette, and in the dialog that offers all. */
export const menuForms: readonly QuickForm[] = ['image', 'scale', 'restart', 'rollback', 'suspend', 'cordon']

const kindsOf: Readonly<Record<string, readonly QuickForm[]>> = {
  'apps/deployments': ['image', 'scale', 'restart', 'env', 'rollback', 'pause'],
  'apps/statefulsets': ['image', 'scale', 'restart', 'env', 'rollback'],
  'apps/daemonsets': ['image', 'restart', 'env', 'rollback'],
  'apps/replicasets': ['image', 'scale', 'env'],
  '/replicationcontrollers': ['image', 'scale', 'env'],
  'batch/cronjobs': ['suspend', 'image', 'env'],
  'batch/jobs': ['suspend'],
  '/pods': ['image'],
  '/nodes': ['cordon', 'taint'],
}

/** What menus offer for a kind before any object of it was read; of custom kinds only what every object has. */
export function offeredForms({
  group,
  resource,
}: {
  readonly group: string
  readonly resource: string
}): readonly QuickForm[] {
  return [...(kindsOf[`${group}/${resource}`] ?? []), 'label', 'annotate']
}
