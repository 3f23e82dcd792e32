import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { apiVersionOf } from '../../core/object.ts'
import { useRouter } from '../app/router.ts'
import { useAnswer } from '../app/use-host.ts'
import { Notice } from './notice.tsx'

/** The first of them are named. */
const mostNamed = 8

/** That the object has fields which the edited version of its kind does not show, and the way to the version that does. */
export function VersionWarning({ opened }: { readonly opened: OpenedEdit }) {
  const { t } = useTranslation('steps')
  const router = useRouter()
  const { edit, origin, context, ref } = opened
  const { result } = useAnswer(origin === 'edit' && ref.subresource === undefined ? edit : null, (client, signal) =>
    client.edit.heldElsewhere({ edit }, { signal }),
  )
  const held = result?.ok ? result.value : null
  if (held === null) return null
  const { group, resource, namespace, name } = ref
  const [own, other] = [apiVersionOf(ref), apiVersionOf({ group, version: held.version })]
  const target = { context, group, version: held.version, resource, namespace, name, subresource: null }
  const more = held.paths.length - mostNamed
  return (
    <Notice
      tone="warn"
      role="status"
      lead={t('version.lead', { own })}
      action={{ label: t('version.open', { other }), run: () => router.showEdit({ kind: 'edit', target }) }}
    >
      <p>{t(held.stored ? 'version.stored' : 'version.preferred', { own, other })}</p>
      <ul className="steps-told">
        {held.paths.slice(0, mostNamed).map(path => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
        {more > 0 && <li>{t('version.more', { count: more })}</li>}
      </ul>
    </Notice>
  )
}
