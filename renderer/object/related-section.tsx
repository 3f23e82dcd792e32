import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectTarget, RelatedObject, Relation } from '../../contract/object.ts'
import { useCommands } from '../app/commands.ts'
import { useStream } from '../app/use-host.ts'
import { Missed } from './missed.tsx'
import { PageLink } from './owned-section.tsx'

const order: readonly Relation[] = ['refers', 'referred', 'selected', 'selects']

/** What an object names, what names it, and what selects it, each with the reason why. */
export function RelatedSection({ target }: { readonly target: ObjectTarget }) {
  const { t } = useTranslation('object')
  const [turn, setTurn] = useState(0)
  const again = () => setTurn(turn + 1)
  useCommands([
    { id: 'object.relatedAgain', label: t('related.again'), group: t('group'), enabled: true, run: again, keys: ['R'] },
  ])
  const { value } = useStream(`related ${turn} ${JSON.stringify(target)}`, (client, signal) =>
    client.object.related({ target }, { signal }),
  )
  if (value === null) {
    return (
      <p className="section-message section-waiting" role="status">
        {t('related.searching')}
      </p>
    )
  }
  const { related, done, missed } = value
  const missing = related.filter(isMissing).length
  return (
    <div className="owned-section">
      {missing > 0 && (
        <p className="notice warn" role="status">
          {t('related.missing', { count: missing })}
        </p>
      )}
      {order.map(relation => (
        <Group key={relation} relation={relation} related={related.filter(one => one.relation === relation)} />
      ))}
      <p className="search-line" role="status">
        {!done && t('related.searching')}
        {done && (related.length === 0 ? t('related.none') : t('related.found', { count: related.length }))}
        {done && (
          <button type="button" className="button button-small" onClick={again}>
            {t('related.again')}
          </button>
        )}
      </p>
      <Missed missed={missed} />
    </div>
  )
}

function isMissing({ state, optional }: RelatedObject): boolean {
  return state === 'missing' && !optional
}

function Group({ relation, related }: { readonly relation: Relation; readonly related: readonly RelatedObject[] }) {
  const { t } = useTranslation('object')
  if (related.length === 0) return null
  const sorted = related.toSorted(
    (a, b) => Number(isMissing(b)) - Number(isMissing(a)) || (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1),
  )
  return (
    <section aria-label={t(`related.${relation}`)}>
      <h3>{t(`related.${relation}`)}</h3>
      <ul className="owned-tree">
        {sorted.map(one => (
          <li
            key={`${one.kind} ${one.namespace} ${one.name} ${one.path}`}
            className="owned-row"
            data-missing={isMissing(one) || undefined}
          >
            <span className="owned-name">
              <span className="owned-kind">{one.kind}</span>
              <PageLink target={one.state === 'missing' ? null : one.target} name={one.name} />
              {one.state === 'missing' && (
                <span className="owned-trouble">
                  {t(one.optional ? 'related.missingOptional' : 'related.doesNotExist')}
                </span>
              )}
            </span>
            {one.path !== '' && <code className="related-path">{one.path}</code>}
          </li>
        ))}
      </ul>
    </section>
  )
}
