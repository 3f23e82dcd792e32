import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColumnValue, DataKey, ObjectState, ObjectSummary, ObjectTarget } from '../../contract/object.ts'
import type { ContainerLine } from '../../core/containers.ts'
import { ConditionRow } from './condition-row.tsx'
import { CopyButton } from './copy-button.tsx'
import { Owners } from './owners.tsx'

/** What an operator wants to know of an object first. */
export function SummarySection({
  target,
  state,
  summary,
}: {
  readonly target: ObjectTarget
  readonly state: ObjectState
  readonly summary: ObjectSummary
}) {
  const { t } = useTranslation('object')
  const { containers, data, conditions, labels, annotations } = summary
  return (
    <div className="summary">
      <Facts target={target} summary={summary} columns={state.columns} />
      {containers.length > 0 && <Containers containers={containers} />}
      {conditions.length > 0 && (
        <Block title={t('conditions.title')}>
          <ul className="condition-list">
            {conditions.map(condition => (
              <ConditionRow key={condition.type} condition={condition} time={condition.changed} />
            ))}
          </ul>
        </Block>
      )}
      {data.length > 0 && <Data data={data} />}
      <Block title={t('labels')}>
        <Pairs pairs={labels} none={t('none')} />
      </Block>
      <Block title={t('annotations')}>
        <Pairs pairs={annotations} none={t('none')} />
      </Block>
    </div>
  )
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const label = useId()
  return (
    <section className="summary-block" aria-labelledby={label}>
      <h3 id={label}>{title}</h3>
      {children}
    </section>
  )
}

// They have a table of their own.
const ofContainers: ReadonlySet<string> = new Set(['Containers', 'Images'])

function Facts({
  target,
  summary,
  columns,
}: {
  readonly target: ObjectTarget
  readonly summary: ObjectSummary
  readonly columns: readonly ColumnValue[]
}) {
  const { t } = useTranslation('object')
  const isSaid = ({ name, value }: ColumnValue) =>
    value === '<none>' || (summary.containers.length > 0 && ofContainers.has(name))
  const facts = columns.filter(column => !isSaid(column))
  const { owners, uid, generation, resourceVersion, finalizers, size } = summary
  return (
    <dl className="fact-grid">
      {facts.map(({ name, value, description }) => (
        <Fact key={name} name={name} note={description}>
          {value}
        </Fact>
      ))}
      {owners.length > 0 && (
        <Fact name={t('owners.title', { count: owners.length })}>
          <Owners owners={owners} target={target} />
        </Fact>
      )}
      {finalizers.length > 0 && <Fact name={t('finalizers')}>{finalizers.join(', ')}</Fact>}
      <Fact name="UID">
        <code>{uid}</code>
        <CopyButton text={uid} label={t('copy.uid')} />
      </Fact>
      <Fact name={t('versionNumber')}>
        <code>{resourceVersion}</code>
        {generation !== null && ` · ${t('generation', { generation })}`}
      </Fact>
      <Fact name={t('size')}>{t('bytes', { count: size })}</Fact>
    </dl>
  )
}

function Fact({
  name,
  note,
  children,
}: {
  readonly name: string
  readonly note?: string
  readonly children: ReactNode
}) {
  return (
    <div className="fact">
      <dt title={note}>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Containers({ containers }: { readonly containers: readonly ContainerLine[] }) {
  const { t } = useTranslation('object')
  const running = containers.some(({ state }) => state !== null)
  return (
    <Block title={t('containers.title')}>
      <div className="table-scroll">
        <table className="object-table">
          <thead>
            <tr>
              <th scope="col">{t('containers.name')}</th>
              {running && <th scope="col">{t('containers.state')}</th>}
              <th scope="col">{t('containers.image')}</th>
              <th scope="col">{t('containers.requests')}</th>
              <th scope="col">{t('containers.limits')}</th>
              <th scope="col">{t('containers.ports')}</th>
            </tr>
          </thead>
          <tbody>
            {containers.map(({ name, role, image, requests, limits, ports, state }) => (
              <tr key={`${role} ${name}`}>
                <th scope="row">
                  {name} {role !== 'main' && <small className="mark-word">{t(`containers.${role}`)}</small>}
                </th>
                {running && (
                  <td data-tone={state === null ? undefined : toneOfContainer(role, state)}>
                    {state?.word ?? '—'}
                    {state !== null && state.restarts > 0 && (
                      <small> {t('containers.restarts', { count: state.restarts })}</small>
                    )}
                  </td>
                )}
                <td>
                  <span className="image-name">
                    <code>{image}</code>
                    <CopyButton text={image} label={t('copy.image', { name })} />
                  </span>
                </td>
                <td>{requests || '—'}</td>
                <td>{limits || '—'}</td>
                <td>{ports.join(', ') || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Block>
  )
}

function toneOfContainer(
  role: ContainerLine['role'],
  { word, ready }: NonNullable<ContainerLine['state']>,
): 'good' | 'warn' | 'bad' | undefined {
  if (ready || word === 'Completed') return 'good'
  if (word === 'Running' || word === 'ContainerCreating' || word === 'PodInitializing') {
    return role === 'init' ? undefined : 'warn'
  }
  return 'bad'
}

/** The rest stands in the YAML: a ConfigMap may have ten thousand. */
const mostKeys = 200

function Data({ data }: { readonly data: readonly DataKey[] }) {
  const { t } = useTranslation('object')
  return (
    <Block title={t('data.title')}>
      <ul className="data-keys">
        {data.slice(0, mostKeys).map(({ key, bytes, binary }) => (
          <li key={key}>
            <code>{key}</code>{' '}
            <small>
              {t('bytes', { count: bytes })}
              {binary && ` · ${t('data.binary')}`}
            </small>
          </li>
        ))}
      </ul>
      {data.length > mostKeys && <p className="object-quiet">{t('data.more', { count: data.length - mostKeys })}</p>}
    </Block>
  )
}

function Pairs({
  pairs,
  none,
}: {
  readonly pairs: readonly (readonly [key: string, value: string])[]
  readonly none: string
}) {
  if (pairs.length === 0) return <p className="object-quiet">{none}</p>
  return (
    <dl className="pairs">
      {pairs.map(([key, value]) => (
        <Pair key={key} name={key} value={value} />
      ))}
    </dl>
  )
}

// What fits into a few lines is shown whole; more is a text of its own, which stands in the YAML too.
const longest = 120

function Pair({ name, value }: { readonly name: string; readonly value: string }) {
  const { t } = useTranslation('object')
  const [open, setOpen] = useState(false)
  const long = value.length > longest || value.includes('\n')
  return (
    <div className="pair">
      <dt>{name}</dt>
      <dd>
        <span className="pair-value" data-whole={open || undefined}>
          {long && !open ? `${value.slice(0, longest).split('\n')[0]}…` : value}
        </span>
        <span className="pair-tools">
          {long && (
            <button type="button" className="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? t('less') : t('more_length', { length: value.length })}
            </button>
          )}
          <CopyButton text={value} label={t('copy.value', { name })} />
        </span>
      </dd>
    </div>
  )
}
