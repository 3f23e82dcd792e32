import { keeperOf } from '../../core/keepers.ts'
import type { Owner } from '../../core/ownership.ts'
import type { AidPlace } from '../edit/aids.ts'
import { drawSaying } from './draw-sayings.ts'
import { keeperOfField, sayKeeper } from './keeper-words.ts'

/** Who owns a line: each with its colour, how and when it wrote, and what it will do to a change. `set` are their positions among all. */
export function drawOwners(
  owners: readonly Owner[],
  hues: readonly number[],
  set: readonly number[],
  place: AidPlace,
): HTMLElement {
  const { t } = place.messages
  const dom = document.createElement('div')
  dom.className = 'owner-card'
  if (owners.length === 0) dom.append(line('owner-what', t('owners:card.nobody')))
  for (const [index, owner] of owners.entries()) {
    const head = line('owner-head', '')
    const dot = document.createElement('i')
    dot.className = `owner-dot owner-hue-${hues[set[index] ?? 0] ?? 0}`
    const name = document.createElement('strong')
    name.textContent = owner.manager || t('owners:unnamed')
    const how = document.createElement('small')
    how.textContent = t(owner.time === undefined ? 'owners:card.how' : 'owners:card.howWhen', {
      operation: owner.operation,
      subresource: owner.subresource === undefined ? '' : ` /${owner.subresource}`,
      version: owner.apiVersion,
      at: new Date(owner.time ?? 0),
    })
    head.append(dot, name, how)
    dom.append(head)
    const keeper = keeperOf(owner, place.settings().fieldManager)
    if (keeper === null) continue
    const known = place.state().owners?.keepers ?? []
    const { who: _, ...saying } = sayKeeper(place.messages, keeperOfField(keeper, known), owner.manager, known)
    dom.append(drawSaying({ ...saying, who: '' }, place))
  }
  return dom
}

function line(className: string, text: string): HTMLElement {
  const dom = document.createElement('p')
  dom.className = className
  dom.textContent = text
  return dom
}
