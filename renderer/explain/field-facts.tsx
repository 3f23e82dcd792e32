import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldLimits, FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import { immutableAt, namesOf } from '../../core/immutable-fields.ts'
import type { IndexPath } from '../../core/path.ts'
import type { ExplainedKind } from './explain-view.tsx'
import { keepsValue, type RuleInForce } from './field-rules.ts'
import { meaningfulDefault, valueWords } from './field-words.ts'
import { type SchemaSource, useOtherSchemas } from './use-edit-schema.ts'

/** What holds of a field's values, as a list of terms. */
export function FieldFacts({
  kind,
  source,
  root,
  path,
  field,
  rules,
}: {
  readonly kind: ExplainedKind
  readonly source: SchemaSource
  readonly root: FieldSchema
  readonly path: IndexPath
  readonly field: FieldSchema
  readonly rules: readonly RuleInForce[]
}) {
  const { t } = useTranslation('explain')
  const usual = meaningfulDefault(field)
  const limits = useLimits(field.limits)
  return (
    <dl className="explain-facts">
      {usual !== undefined && (
        <Fact term={t('facts.default')}>
          <code>{valueWords(usual)}</code>
        </Fact>
      )}
      {field.enum !== null && (
        <Fact term={t('facts.enum')}>
          <ul className="explain-values">
            {field.enum.map(value => (
              <li key={valueWords(value)}>
                <code>{valueWords(value)}</code>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {field.format !== '' && !field.intOrString && (
        <Fact term={t('facts.format')}>
          <code>{field.format}</code>
        </Fact>
      )}
      {limits.length > 0 && (
        <Fact term={t('facts.limits')}>
          <ul>
            {limits.map(words => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Fact>
      )}
      {field.limits.pattern !== undefined && (
        <Fact term={t('facts.pattern')}>
          <code>{field.limits.pattern}</code>
        </Fact>
      )}
      {field.nullable && <Fact term={t('facts.null')}>{t('nullable')}</Fact>}
      <Changes kind={kind} path={path} rules={rules} />
      <Merging field={field} />
      {field.embeddedResource && <Fact term={t('facts.holds')}>{t('embedded')}</Fact>}
      {field.preserveUnknown && <Fact term={t('facts.unknown')}>{t('preserve')}</Fact>}
      <Versions kind={kind} source={source} path={path} root={root} />
    </dl>
  )
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function useLimits(limits: FieldLimits): readonly string[] {
  const { t } = useTranslation('explain')
  const { minimum, maximum, multipleOf } = limits
  const said: string[] = []
  if (minimum !== undefined)
    said.push(t(limits.exclusiveMinimum ? 'limits.above' : 'limits.minimum', { value: minimum }))
  if (maximum !== undefined)
    said.push(t(limits.exclusiveMaximum ? 'limits.under' : 'limits.maximum', { value: maximum }))
  if (multipleOf !== undefined) said.push(t('limits.multipleOf', { value: multipleOf }))
  for (const name of ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const) {
    const value = limits[name]
    if (value !== undefined) said.push(t(`limits.${name}`, { count: value }))
  }
  if (limits.uniqueItems === true) said.push(t('limits.uniqueItems'))
  return said
}

/** Whether the value may change once it is set. */
function Changes({
  kind,
  path,
  rules,
}: {
  readonly kind: ExplainedKind
  readonly path: IndexPath
  readonly rules: readonly RuleInForce[]
}) {
  const { t } = useTranslation('explain')
  const rule = immutableAt(kind.group, kind.kind, namesOf(path))
  const kept = rules.some(one => keepsValue(one, path))
  if (rule === null && !kept) return null
  return (
    <Fact term={t('facts.changes')}>
      {rule === null ? t('immutable.byRule') : t(`immutable.${rule.when}`)}
      {rule !== null && namesOf(path).join('.') !== rule.field && (
        <>
          {' '}
          <code>{rule.field}</code>
        </>
      )}
    </Fact>
  )
}

/** How a list or map is merged, and what its items are known by. */
function Merging({ field }: { readonly field: FieldSchema }) {
  const { t } = useTranslation('explain')
  const { listType, listMapKeys, patchStrategies, patchMergeKey } = field
  const strategies = patchStrategies.join(', ')
  return (
    <>
      {listType !== null && (
        <Fact term={t('facts.list')}>
          {t(`list.${listType}`)} {listType === 'map' && <code>{listMapKeys.join(', ')}</code>}
        </Fact>
      )}
      {field.atomicMap && <Fact term={t('facts.map')}>{t('atomicMap')}</Fact>}
      {strategies !== '' && (
        <Fact term={t('facts.patch')}>
          <code>{strategies}</code>
          {patchMergeKey !== '' && (
            <>
              {' '}
              {t('mergeKey')} <code>{patchMergeKey}</code>
            </>
          )}
        </Fact>
      )}
    </>
  )
}

/** In which served versions the kind has the field; nothing where there is one version only. */
function Versions({
  kind,
  source,
  path,
}: {
  readonly kind: ExplainedKind
  readonly source: SchemaSource
  readonly root: FieldSchema
  readonly path: IndexPath
}) {
  const { t } = useTranslation('explain')
  const known = useOtherSchemas(source, kind.others)
  if (kind.others.length === 0) return null
  const withField = kind.others.filter(version => fieldAt(known.get(version) ?? null, path) !== null)
  const without = kind.others.filter(version => known.has(version) && !withField.includes(version))
  return (
    <Fact term={t('facts.versions')}>
      {t('versions.with', { versions: [kind.version, ...withField].join(', ') })}
      {without.length > 0 && (
        <span className="explain-missing"> {t('versions.without', { versions: without.join(', ') })}</span>
      )}
    </Fact>
  )
}
