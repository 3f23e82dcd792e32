import { useTranslation } from 'react-i18next'
import { AddressLink } from '../app/address-link.tsx'
import { useCommands } from '../app/commands.ts'
import { type ObjectAddress, useRouter } from '../app/router.ts'
import { GuardedName } from '../guards/guard-mark.tsx'
import './object.css'

/** The page of one object. */
export function ObjectPage({ address }: { readonly address: ObjectAddress }) {
  const { t } = useTranslation('object')
  const router = useRouter()
  const { target } = address
  const edit = { kind: 'edit', target: { ...target, subresource: null } } as const
  useCommands([
    {
      id: 'object.edit',
      label: t('commands.edit'),
      group: t('group'),
      enabled: true,
      run: () => router.showEdit(edit),
      keys: ['E'],
    },
  ])
  return (
    <article className="object-page" aria-label={t('label', { name: target.name })}>
      <header className="object-header">
        <h2>
          <span className="object-kind">{target.resource}</span> {target.name}
        </h2>
        <ol className="object-where">
          <li>
            <GuardedName context={target.context} />
          </li>
          <li>{target.namespace ?? t('clusterScoped')}</li>
        </ol>
        <AddressLink className="button button-accent" to={edit}>
          {t('edit')}
        </AddressLink>
      </header>
    </article>
  )
}
