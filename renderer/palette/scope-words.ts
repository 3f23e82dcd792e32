import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'

const named = 2

/** Says where a list is: `staging / shop`, `all contexts / all namespaces`. */
export function useScopeWords(): (scope: Pick<Scope, 'contexts' | 'namespaces'>, namespaced: boolean) => string {
  const { t } = useTranslation('palette')
  const several = (names: readonly string[], all: string, more: (count: number) => string) => {
    if (names.length === 0) return all
    return names.length <= named ? names.join(', ') : more(names.length)
  }
  return ({ contexts, namespaces }, namespaced) => {
    const where = several(contexts, t('allContexts'), count => t('contexts', { count }))
    if (!namespaced) return where
    return `${where} / ${several(namespaces, t('allNamespaces'), count => t('namespaces', { count }))}`
  }
}
