import { useTranslation } from 'react-i18next'
import { type ObjectAddress, useRouter } from '../app/router.ts'

/** In which of its served versions an object is looked at, and edited. One alone is a fact, not a choice. */
export function VersionPicker({
  address,
  versions,
}: {
  readonly address: ObjectAddress
  readonly versions: readonly string[]
}) {
  const { t } = useTranslation('object')
  const router = useRouter()
  const { target } = address
  const { group, version } = target
  const full = (one: string) => (group === '' ? one : `${group}/${one}`)
  if (versions.length < 2) return <code className="object-version">{full(version)}</code>
  return (
    <select
      className="object-version"
      aria-label={t('version.label')}
      value={version}
      onChange={event =>
        router.showObject({ ...address, target: { ...target, version: event.target.value } }, 'replace')
      }
    >
      {versions.map((one, index) => (
        <option key={one} value={one}>
          {index === 0 ? t('version.preferred', { version: full(one) }) : full(one)}
        </option>
      ))}
    </select>
  )
}
