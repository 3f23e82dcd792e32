import { useTranslation } from 'react-i18next'
import type { ObjectTarget } from '../../contract/object.ts'
import { apiVersionOf } from '../../core/object.ts'
import { useDays } from '../history/moments.ts'
import type { CompareWith } from './sides.ts'

/** Where an object is, in one line: `practice › shop › deployments/nginx (apps/v1)`. */
export function targetName({ context, group, version, resource, namespace, name }: ObjectTarget): string {
  const place = [context, namespace, `${resource}/${name}`].filter(part => part !== null).join(' › ')
  return `${place} (${apiVersionOf({ group, version })})`
}

/** What the other side of a comparison is called. */
export function useSideName(): (side: CompareWith) => string {
  const { t } = useTranslation('compare')
  const days = useDays()
  return side => {
    switch (side.kind) {
      case 'live':
      case 'base':
      case 'applied':
        return t(`sides.${side.kind}`)
      case 'object':
        return targetName(side.target)
      case 'text':
        return side.name ?? t('sides.clipboard')
      case 'history':
        return t(`sides.${side.side}`, { at: days.moment(side.entry.sent) })
    }
  }
}
