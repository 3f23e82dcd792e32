import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CopiedObject } from '../../contract/create.ts'

/** What a copy left out of its object, and why; and whether it keeps its owners. */
export function CopyNotes({
  name,
  copied,
  onOwners,
}: {
  readonly name: string
  readonly copied: CopiedObject
  readonly onOwners: (owners: boolean) => void
}) {
  const { t } = useTranslation('create')
  const [keeps, setKeeps] = useState(false)
  const { leftOut, owners } = copied
  return (
    <div className="create-note">
      <p>{t('copied.note', { name })}</p>
      {owners.length > 0 && (
        <label className="create-owners">
          <input
            type="checkbox"
            checked={keeps}
            onChange={event => {
              setKeeps(event.target.checked)
              onOwners(event.target.checked)
            }}
          />
          {t('keepOwners', { owners })}
        </label>
      )}
      {leftOut.length > 0 && (
        <details>
          <summary>{t('leftOut', { count: leftOut.length, name })}</summary>
          <ul className="create-left-out">
            {leftOut.map(({ path, why }) => (
              <li key={path}>
                <code>{path}</code> {t(`why.${why}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
