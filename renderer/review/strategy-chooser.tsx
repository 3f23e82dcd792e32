import { useId } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Guard, LongList, StrategyNote, StrategyOffer, WriteChoice } from '../../contract/strategy.ts'
import { canWrite, guardChoices, guardsOf, isManifest, type Written, withGuard, withStrategy } from './choice.ts'
import { ForeignChanges } from './note.tsx'
import { Paths } from './paths.tsx'

/** Every strategy for this edit: those that can be chosen, what each would do otherwise, and why the others cannot. */
export function StrategyChooser({
  id,
  written,
  wanted,
  onChoose,
}: {
  readonly id: string
  readonly written: Written
  /** What was chosen and is still asked for; null while the review on screen is what was chosen. */
  readonly wanted: WriteChoice | null
  readonly onChoose: (choice: WriteChoice) => void
}) {
  const { t } = useTranslation('strategy')
  const ofManifest = isManifest(written)
  const able = written.strategies.filter(canWrite)
  const unable = written.strategies.filter(offer => !canWrite(offer))
  const value = wanted === null ? written.strategy : (wanted.strategy ?? written.recommended?.strategy ?? '')
  const choose = (name: string) => {
    const offer = able.find(({ strategy }) => strategy === name)
    if (offer !== undefined) onChoose(withStrategy(written, offer.strategy))
  }
  return (
    <div id={id} className="chooser">
      <RadioGroup className="strategies" value={value} onChange={choose}>
        <Label>{t('choose')}</Label>
        {able.map(offer => (
          <Option
            key={offer.strategy}
            offer={offer}
            does={ofManifest && offer.strategy === 'replace' ? t('does.replaceManifest') : t(`does.${offer.strategy}`)}
            recommended={written.recommended?.strategy === offer.strategy}
            focused={offer.strategy === value}
          />
        ))}
      </RadioGroup>
      <div className="chooser-side">
        <Guards written={written} wanted={wanted} onChoose={onChoose} />
        {unable.length > 0 && <Unable offers={unable} />}
      </div>
    </div>
  )
}

function Option({
  offer: { strategy, notes },
  does,
  recommended,
  focused,
}: {
  readonly offer: StrategyOffer
  readonly does: string
  readonly recommended: boolean
  readonly focused: boolean
}) {
  const { t } = useTranslation('strategy')
  const id = useId()
  return (
    <div className="strategy">
      <Radio
        className="strategy-radio"
        value={strategy}
        autoFocus={focused}
        aria-labelledby={`${id}name`}
        aria-describedby={`${id}mark ${id}does ${id}notes`}
      >
        <span className="strategy-dot" />
        <span className="strategy-name">
          <span id={`${id}name`}>{t(`names.${strategy}`)}</span>
          <span id={`${id}mark`} className="strategy-mark">
            {recommended && t('recommended')}
          </span>
        </span>
        <span id={`${id}does`} className="strategy-does">
          {does}
        </span>
      </Radio>
      <div id={`${id}notes`} className="strategy-notes">
        {notes.map(note => (
          <OfferNote key={note.kind} note={note} />
        ))}
      </div>
    </div>
  )
}

function OfferNote({ note }: { readonly note: StrategyNote }) {
  const { t } = useTranslation('strategy')
  const lead = t(`notes.${note.kind}`)
  switch (note.kind) {
    case 'replaces-list':
    case 'takes-ownership':
      return (
        <p>
          {lead} <Paths paths={note.paths} />
        </p>
      )
    case 'slow-merge':
      return (
        <div data-tone="warn">
          {lead} <LongLists lists={note.lists} />
        </div>
      )
    case 'owner-conflict':
      return (
        <div data-tone="warn">
          {lead} <Owned owners={note.owners} />
        </div>
      )
    case 'overwrites':
      return (
        <div data-tone="warn">
          {lead} <ForeignChanges changes={note.changes} />
        </div>
      )
  }
}

function LongLists({ lists }: { readonly lists: readonly LongList[] }) {
  const { t } = useTranslation('strategy')
  return (
    <ul>
      {lists.map(({ path, items }) => (
        <li key={path}>
          <code>{path}</code> <small>{t('items', { count: items })}</small>
        </li>
      ))}
    </ul>
  )
}

/** Fields, and who owns each. */
export function Owned({
  owners,
}: {
  readonly owners: readonly { readonly path: string; readonly managers: readonly string[] }[]
}) {
  const { t } = useTranslation('strategy')
  return (
    <ul>
      {owners.map(({ path, managers }) => (
        <li key={path}>
          <code>{path}</code> <small>{t('owned', { managers: [...managers] })}</small>
        </li>
      ))}
    </ul>
  )
}

function Guards({
  written,
  wanted,
  onChoose,
}: {
  readonly written: Written
  readonly wanted: WriteChoice | null
  readonly onChoose: (choice: WriteChoice) => void
}) {
  const { t } = useTranslation('strategy')
  const id = useId()
  const guards = guardChoices(written)
  const value = wanted?.guard ?? written.guard
  const choose = (name: string) => {
    const guard = guards.find(guard => guard === name)
    if (guard !== undefined) onChoose(withGuard(written, guard))
  }
  if (guards.length === 1) {
    return (
      <div className="guards">
        <h3>{t('guard.title')}</h3>
        <p>{t('guard.only', { name: t(`names.${written.strategy}`) })}</p>
      </div>
    )
  }
  const nameOf = (guard: Guard) =>
    guard === 'value' && !guardsOf(written.strategy).includes('value') ? t('guard.valueByJson') : t(`guard.${guard}`)
  return (
    <RadioGroup className="guards" value={value} onChange={choose} aria-describedby={id} orientation="horizontal">
      <Label>{t('guard.title')}</Label>
      <div className="segments">
        {guards.map(guard => (
          <Radio key={guard} value={guard} className="segment">
            {nameOf(guard)}
          </Radio>
        ))}
      </div>
      <p id={id}>{t(`guard.explain.${value}`)}</p>
    </RadioGroup>
  )
}

/** The strategies that cannot write this edit, each with the reason. */
function Unable({ offers }: { readonly offers: readonly StrategyOffer[] }) {
  const { t } = useTranslation('strategy')
  const title = useId()
  return (
    <section className="unable" aria-labelledby={title}>
      <h3 id={title}>{t('cannot.title')}</h3>
      <dl>
        {offers.map(({ strategy, state, paths }) => (
          <div key={strategy}>
            <dt>{t(`names.${strategy}`)}</dt>
            <dd>
              {state !== 'reaches' && t(`cannot.${state}`)} <Paths paths={paths} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
