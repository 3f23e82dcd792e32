import { useTranslation } from 'react-i18next'
import type { Guard, Strategy } from '../../contract/strategy.ts'

/** Says a strategy with its guard. */
export function useLine(): (strategy: Strategy, guard: Guard | 'forced') => string {
  const { t } = useTranslation('strategy')
  return (strategy, guard) => t(`line.${guard}`, { name: t(`names.${strategy}`) })
}
