import './explain-page.css'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { apiVersionOf } from '../../core/object.ts'
import { useCommands } from '../app/commands.ts'
import { type ExplainAddress, useRouter } from '../app/router.ts'
import { useServedKinds } from '../browse/use-kinds.ts'
import { CopyButton } from '../object/copy-button.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { ExplainView } from './explain-view.tsx'
import { fieldPath, fieldText } from './field-address.ts'
import { SchemaMissing } from './schema-missing.tsx'
import { useKindSchema } from './use-edit-schema.ts'
import { stepVisits, useVisits, type VisitEvent } from './use-visits.ts'

/** The documentation of any kind that a context serves, without an edit, as `kubectl explain` gives it. The address names the field. */
export function ExplainPage({ address }: { readonly address: ExplainAddress }) {
  const { t } = useTranslation('explain')
  const router = useRouter()
  const { of, field } = address
  const { context, group, version, resource } = of
  const { kinds, problem } = useServedKinds({ contexts: [context], group, version, resource, namespaces: [] })
  const ofResource = kinds?.filter(one => one.group === group && one.resource === resource) ?? []
  const served = ofResource.find(one => one.version === version) ?? null
  const { schema, again } = useKindSchema(served && { context, group, version, kind: served.kind })
  const [visits, step] = useVisits()
  const root = schema.kind === 'known' ? schema.root : null
  const shown = visits.places[visits.at] ?? []
  const close = () => router.showExplain(null)

  const follow = useEffectEvent(() => {
    if (root !== null && fieldText(shown) !== field) step({ kind: 'show', path: fieldPath(root, field) })
  })
  // Another address, or the schema that it is read by, is what is followed.
  useEffect(() => follow(), [field, root])

  /** Goes to a place, and has the address say so. */
  function go(event: VisitEvent): void {
    step(event)
    const next = stepVisits(visits, event)
    const path = next.places[next.at] ?? []
    router.showExplain({ ...address, field: fieldText(path) }, 'replace')
  }
  useCommands([
    {
      id: 'explain.close',
      label: t('page.close'),
      group: t('page.title'),
      enabled: true,
      keys: ['Escape'],
      run: close,
    },
  ])
  const name = served?.kind ?? resource
  const full = apiVersionOf(of)
  const kubectl = `kubectl explain ${[resource, fieldText(shown)].filter(Boolean).join('.')} --api-version=${full}`

  return (
    <section className="explain-page" aria-label={t('page.of', { kind: name })}>
      <header className="explain-page-head">
        <h2>{t('page.of', { kind: name })}</h2>
        <span className="explain-page-context">{context}</span>
        {ofResource.length < 2 ? (
          <code>{full}</code>
        ) : (
          <select
            aria-label={t('page.version')}
            value={version}
            onChange={event =>
              router.showExplain({ ...address, of: { ...of, version: event.target.value } }, 'replace')
            }
          >
            {ofResource.map(one => (
              <option key={one.version} value={one.version}>
                {apiVersionOf(one)}
              </option>
            ))}
          </select>
        )}
        <span className="explain-page-acts">
          <CopyButton text={kubectl} label={t('page.copy')} />
          <IconButton icon="refresh" label={t('page.again')} onPress={again} />
          <IconButton icon="close" label={t('page.close')} keys="Escape" onPress={close} />
        </span>
      </header>
      {kinds === null && problem !== null ? (
        <div className="side-message">
          <ProblemText problem={problem} />
        </div>
      ) : kinds === null ? (
        <p className="side-message" role="status">
          {t('page.asking')}
        </p>
      ) : served === null ? (
        <p className="side-message">{t('page.unserved', { cluster: context, resource, version: full })}</p>
      ) : schema.kind === 'known' ? (
        <ExplainView
          kind={{ group, version, kind: served.kind, others: versionsBeside(ofResource, version) }}
          source={{ kind: 'served', context, group, name: served.kind }}
          root={schema.root}
          visits={visits}
          step={go}
          entered={0}
          text={null}
        />
      ) : (
        <SchemaMissing schema={schema} />
      )}
    </section>
  )
}

function versionsBeside(kinds: readonly { readonly version: string }[], own: string): readonly string[] {
  return kinds.map(({ version }) => version).filter(version => version !== own)
}
