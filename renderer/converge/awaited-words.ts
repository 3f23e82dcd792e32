import { useTranslation } from 'react-i18next'
import type { ConvergeState } from '../../contract/converge.ts'
import type { Awaited } from '../../core/readiness.ts'

/** Says in the page's language what an object still lacks. Conditions and phases keep Kubernetes' own words. */
export function useAwaitedWords(): (awaited: Awaited) => string {
  const { t } = useTranslation('converge')
  return awaited => {
    switch (awaited.kind) {
      case 'observed':
      case 'revision':
      case 'load-balancer':
        return t(`awaited.${awaited.kind}`)
      case 'updated':
      case 'ready':
      case 'available':
      case 'current':
      case 'succeeded':
        return t(`awaited.${awaited.kind}`, { have: awaited.have, want: awaited.want })
      case 'old-replicas':
        return t('awaited.old-replicas', { count: awaited.count })
      case 'condition': {
        const { type, status, reason } = awaited
        if (status === null) return t('awaited.unsaid', { type })
        return reason === ''
          ? t('awaited.condition', { type, status })
          : t('awaited.conditionWhy', { type, status, reason })
      }
      case 'phase': {
        const { phase, wanted } = awaited
        return phase === '' ? t('awaited.unphased', { wanted }) : t('awaited.phase', { phase, wanted })
      }
      case 'capacity':
        return t('awaited.capacity', { have: awaited.have, want: awaited.want })
      case 'deleted':
        return awaited.finalizers.length === 0
          ? t('awaited.deleted')
          : t('awaited.deletedBy', { finalizers: awaited.finalizers.join(', ') })
    }
  }
}

/** What is awaited, empty where the object needs nothing more. */
export function awaitedOf({ readiness }: ConvergeState): readonly Awaited[] {
  return 'awaited' in readiness ? readiness.awaited : []
}
