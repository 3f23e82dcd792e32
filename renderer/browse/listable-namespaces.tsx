import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'
import { useMay } from '../access/use-may.ts'
import { useNamespaces } from './use-namespaces.ts'

const mostAsked = 100
const mostOffered = 12

/**
 * Where a context's person may not list a kind in all namespaces at once: those of the known ones in which that is
 * allowed, to be listed by a click. Nothing where there are none.
 */
export function ListableNamespaces({
  scope,
  context,
  kind,
  onChoose,
}: {
  readonly scope: Scope
  readonly context: string
  /** The kind's name as a list of it is called. */
  readonly kind: string
  readonly onChoose: (namespaces: string[]) => void
}) {
  const { t } = useTranslation('browse')
  const { names } = useNamespaces({ ...scope, contexts: [context] })
  const asked = (names ?? []).slice(0, mostAsked)
  const { group, resource } = scope
  const may = useMay(asked.map(namespace => ({ context, verb: 'list', group, resource, namespace, name: null })))
  const listable = asked.filter((_, at) => may[at]?.answer === 'yes')
  if (listable.length === 0) return null
  return (
    <div className="listable">
      <p>{t('listable.text', { kind })}</p>
      <ul>
        {listable.slice(0, mostOffered).map(namespace => (
          <li key={namespace}>
            <button type="button" className="button" onClick={() => onChoose([namespace])}>
              {namespace}
            </button>
          </li>
        ))}
        {listable.length > 1 && (
          <li>
            <button type="button" className="button" onClick={() => onChoose(listable)}>
              {t('listable.all', { count: listable.length })}
            </button>
          </li>
        )}
      </ul>
    </div>
  )
}
