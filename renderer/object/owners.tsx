import { useTranslation } from 'react-i18next'
import type { ObjectTarget, OwnerReference } from '../../contract/object.ts'
import { AddressLink } from '../app/address-link.tsx'
import { useKinds } from '../browse/use-kinds.ts'

/** The objects that own one, each a link where its kind is served. */
export function Owners({
  owners,
  target,
}: {
  readonly owners: readonly OwnerReference[]
  readonly target: ObjectTarget
}) {
  const { t } = useTranslation('object')
  const { kinds } = useKinds()
  return (
    <ul className="owner-links">
      {owners.map(({ apiVersion, kind, name, uid, controller }) => {
        const [version = '', group = ''] = apiVersion.split('/').reverse()
        const served = kinds?.find(one => one.group === group && one.version === version && one.kind === kind)
        const label = `${kind} ${name}`
        return (
          <li key={uid}>
            {served === undefined ? (
              label
            ) : (
              <AddressLink
                className="text-button"
                to={{
                  kind: 'object',
                  section: null,
                  target: {
                    context: target.context,
                    group,
                    version,
                    resource: served.resource,
                    namespace: served.namespaced ? target.namespace : null,
                    name,
                  },
                }}
              >
                {label}
              </AddressLink>
            )}
            {controller && <small> {t('owners.controller')}</small>}
          </li>
        )
      })}
    </ul>
  )
}
