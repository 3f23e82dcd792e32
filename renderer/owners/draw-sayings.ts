import { formatAddress } from '../../contract/address.ts'
import type { KnownKeeper } from '../../contract/owners.ts'
import type { AidPlace } from '../edit/aids.ts'
import { placeWords, type Saying } from './keeper-words.ts'

/** Who keeps a field, for one of the editor's tooltips: a paragraph each, with the links to where a change belongs. */
export function drawSayings(what: string, sayings: readonly Saying[], place: AidPlace): HTMLElement {
  const dom = element('div', 'owner-sayings')
  dom.append(element('p', 'owner-what', what))
  for (const saying of sayings) dom.append(drawSaying(saying, place))
  return dom
}

/** One of them. */
export function drawSaying({ who, will, places }: Saying, place: AidPlace): HTMLElement {
  const dom = element('div', 'owner-saying')
  const words = element('p', '')
  words.append(element('strong', '', who), ` ${will}`)
  dom.append(words)
  const better = places.flatMap(one => drawPlace(one, place))
  if (better.length > 0) {
    const line = element('p', 'owner-places')
    line.append(`${place.messages.t('owners:place.better')} `, ...better)
    dom.append(line)
  }
  return dom
}

function drawPlace(keeper: KnownKeeper, place: AidPlace): readonly Node[] {
  const { object } = keeper
  const link = object === null ? [] : [drawObject(object, place)]
  return [...link, ...placeWords(place.messages, keeper).map(words => element('span', 'owner-place', words))]
}

function drawObject({ kind, name, target, state }: NonNullable<KnownKeeper['object']>, place: AidPlace): HTMLElement {
  const label = `${kind} ${name}`
  if (target === null || state !== 'present') return element('span', 'owner-place', label)
  const link = document.createElement('a')
  link.className = 'text-button owner-place'
  link.textContent = label
  link.href = formatAddress({ kind: 'object', section: null, target })
  link.addEventListener('click', event => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    place.showObject(target)
  })
  return link
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const dom = document.createElement(tag)
  if (className !== '') dom.className = className
  dom.textContent = text
  return dom
}
