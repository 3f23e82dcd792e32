import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldLine, ObjectTarget, Writer } from '../../contract/object.ts'
import { useAnswer, useStream } from '../app/use-host.ts'
import { scrolls } from '../parts/focus.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { Ago } from './ago.tsx'

/** Who wrote what and when: the writers that the server knows of, and the fields that the chosen one owns. */
export function WritersSection({ target }: { readonly target: ObjectTarget }) {
  const { t } = useTranslation('object')
  const { value: writers } = useStream(`writers ${JSON.stringify(target)}`, (client, signal) =>
    client.object.writers({ target }, { signal }),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  if (writers === null) return null
  const writer = writers.find(({ id }) => id === chosen) ?? writers[0]
  if (writer === undefined) return <p className="section-message">{t('writers.none')}</p>
  return (
    <div className="writers-section">
      <div className="table-scroll">
        <table className="object-table">
          <thead>
            <tr>
              <th scope="col">{t('writers.manager')}</th>
              <th scope="col">{t('writers.operation')}</th>
              <th scope="col">{t('writers.time')}</th>
              <th scope="col">{t('writers.fields')}</th>
              <th scope="col">{t('version.label')}</th>
            </tr>
          </thead>
          <tbody>
            {writers.map(one => (
              <WriterRow key={one.id} writer={one} chosen={one === writer} onChoose={() => setChosen(one.id)} />
            ))}
          </tbody>
        </table>
      </div>
      <Fields key={writer.id} target={target} writer={writer} />
    </div>
  )
}

function WriterRow({
  writer: { manager, operation, subresource, time, fields, apiVersion },
  chosen,
  onChoose,
}: {
  readonly writer: Writer
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const { t } = useTranslation('object')
  return (
    <tr data-chosen={chosen || undefined}>
      <th scope="row">
        <button type="button" className="text-button" aria-pressed={chosen} onClick={onChoose}>
          {manager || t('writers.unnamed')}
        </button>
      </th>
      <td>
        {operation}
        {subresource !== '' && <small className="object-quiet"> /{subresource}</small>}
      </td>
      <td>{time === null ? '—' : <Ago time={time} />}</td>
      <td>{t('writers.count', { count: fields })}</td>
      <td>
        <code>{apiVersion}</code>
      </td>
    </tr>
  )
}

function Fields({ target, writer }: { readonly target: ObjectTarget; readonly writer: Writer }) {
  const { t } = useTranslation('object')
  const [filter, setFilter] = useState('')
  const revision = `${writer.time} ${writer.fields}`
  const { result } = useAnswer(
    `${writer.id} ${JSON.stringify(target)}`,
    (client, signal) => client.object.writerFields({ target, writer: writer.id }, { signal }),
    revision,
  )
  if (result === null) return null
  if (!result.ok) return <ProblemText problem={result.problem} />
  if (result.value === null) return null
  const { lines, more } = result.value
  const wanted = filter.trim().toLowerCase()
  const shown = wanted === '' ? lines : lines.filter(line => isWanted(line, wanted))
  return (
    <section className="writer-fields" aria-label={t('writers.ownedBy', { manager: writer.manager })}>
      <div className="section-bar">
        <h3>{t('writers.ownedBy', { manager: writer.manager })}</h3>
        <input
          className="field"
          type="search"
          aria-label={t('writers.filter')}
          placeholder={t('writers.filter')}
          value={filter}
          onChange={event => setFilter(event.target.value)}
        />
        <span role="status">{t('writers.lines', { count: shown.length })}</span>
      </div>
      <FieldLines lines={shown} flat={wanted !== ''} />
      {more > 0 && <p className="object-quiet">{t('writers.more', { count: more })}</p>}
    </section>
  )
}

function isWanted({ path, value, inner }: FieldLine, wanted: string): boolean {
  return !inner && (path.toLowerCase().includes(wanted) || (value?.toLowerCase().includes(wanted) ?? false))
}

const lineHeight = 24

/** Only the lines in sight are drawn: there may be ten thousand. Found ones stand by their whole paths. */
function FieldLines({ lines, flat }: { readonly lines: readonly FieldLine[]; readonly flat: boolean }) {
  const { t } = useTranslation('object')
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  })
  return (
    <div className="field-lines" ref={scroller} {...scrolls}>
      <ul style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index]
          if (line === undefined) return null
          const depth = flat ? 0 : line.depth - 1
          return (
            <li
              key={index}
              style={{ transform: `translateY(${start}px)`, '--depth': depth } as Record<string, string | number>}
              title={line.path}
            >
              <span className="field-name">{flat ? line.path : line.name}</span>
              {line.value !== null && <code>{line.value}</code>}
              {line.gone && <small className="object-quiet">{t('writers.gone')}</small>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
