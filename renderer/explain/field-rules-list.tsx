import { useTranslation } from 'react-i18next'
import type { IndexPath } from '../../core/path.ts'
import { fieldLabel } from './field-list.ts'
import type { RuleInForce } from './field-rules.ts'

/** Nobody reads more of them, and each takes its time to draw. */
const mostRules = 100

/** The validation rules (CEL) that a field is under, each with what the server says where it is broken. */
export function RulesInForce({
  rules,
  onShow,
}: {
  readonly rules: readonly RuleInForce[]
  readonly onShow: (path: IndexPath) => void
}) {
  const { t } = useTranslation('explain')
  if (rules.length === 0) return null
  return (
    <section className="explain-rules">
      <h4>{t('rules')}</h4>
      <ul>
        {rules.slice(0, mostRules).map(({ rule, message, messageExpression, of, own }) => (
          <li key={`${fieldLabel(of)} ${rule} ${message}`}>
            {message !== '' && <p lang="en">{message}</p>}
            <code>{rule}</code>
            {message === '' && messageExpression !== '' && (
              <p className="explain-quiet">
                {t('messageOf')} <code>{messageExpression}</code>
              </p>
            )}
            {!own && (
              <p className="explain-quiet">
                {t('ruleOf')}{' '}
                <button type="button" className="text-button" onClick={() => onShow(of)}>
                  {fieldLabel(of) || t('wholeObject')}
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
      {rules.length > mostRules && (
        <p className="explain-quiet">{t('moreRules', { count: rules.length - mostRules })}</p>
      )}
    </section>
  )
}
