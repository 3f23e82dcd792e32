import type { Diagnostic } from '@codemirror/lint'
import { type Keeper, keeperOf } from '../../core/keepers.ts'
import type { AidPlace } from '../edit/aids.ts'
import { drawSayings } from './draw-sayings.ts'
import { keeperOfField, sayKeeper } from './keeper-words.ts'
import type { Owned, TouchedField } from './owned-task.ts'

/** By what name the settings keep that these marks are not wanted. */
export const marksId = 'kept-elsewhere'

// Those who put their values back by themselves; others come when somebody lets them.
const actByThemselves: ReadonlySet<Keeper> = new Set([
  'argo-cd',
  'flux-kustomize',
  'fleet',
  'crossplane',
  'autoscaler',
  'keda',
  'owner',
])

/** The fields that the text changes and others keep, each marked with who, what will likely happen, and the better place. */
export function foreignMarks(owned: Owned, place: AidPlace): readonly Diagnostic[] {
  const byLine = Map.groupBy(owned.touched, ({ from }) => from)
  return [...byLine.values()].flatMap(fields => markOf(fields, owned, place))
}

function markOf(fields: readonly TouchedField[], owned: Owned, place: AidPlace): readonly Diagnostic[] {
  const [first] = fields
  const known = place.state().owners?.keepers ?? []
  const { fieldManager } = place.settings()
  const kept = fields.flatMap(field => {
    const owners = field.owners.flatMap(index => owned.owners[index] ?? [])
    const by = owners.flatMap(owner => {
      const keeper = keeperOf(owner, fieldManager)
      return keeper === null ? [] : [{ keeper: keeperOfField(keeper, known), manager: owner.manager }]
    })
    const scaler = field.scaled && known.some(({ keeper }) => keeper === 'autoscaler')
    const isTold = by.some(({ keeper }) => keeper === 'autoscaler')
    return scaler && !isTold ? [{ keeper: 'autoscaler' as const, manager: null }, ...by] : by
  })
  const keepers = [...new Map(kept.map(one => [one.keeper, one])).values()]
  if (first === undefined || keepers.length === 0) return []
  const paths = fields.map(({ path }) => path)
  const sayings = keepers.map(({ keeper, manager }) => sayKeeper(place.messages, keeper, manager, known, paths))
  const acts = keepers.some(({ keeper }) => actByThemselves.has(keeper)) && sayings.some(({ paused }) => !paused)
  const [more] = [fields.length - 1]
  const what = place.messages.t('owners:mark.field', { path: first.path, count: more })
  return [
    {
      from: first.from,
      to: first.to,
      severity: acts ? 'warning' : 'info',
      source: place.messages.t('owners:mark.source'),
      message: [what, ...sayings.map(({ who, will }) => `${who}: ${will}`)].join(' '),
      renderMessage: () => drawSayings(what, sayings, place),
      actions: [{ name: place.messages.t('owners:mark.off'), apply: () => turnOff(place) }],
    },
  ]
}

function turnOff(place: AidPlace): void {
  void place.client.app.saveSettings({ dangersOff: [...place.settings().dangersOff, marksId] })
}
