import { useTranslation } from 'react-i18next'

const examples = [
  ['name', 'nginx'],
  ['slash', 'deploy/nginx'],
  ['label', 'app=nginx'],
  ['ip', '10.0.0.7'],
  ['image', 'image:nginx'],
  ['uid', 'uid:8f14e45f-ceea-467f-9575-0123456789ab'],
  ['namespace', 'ns:kube-system coredns'],
  ['category', 'category:all ns:default'],
] as const

/** What can be searched for; each example is a button that does it. */
export function SearchHelp({ onTry }: { readonly onTry: (text: string) => void }) {
  const { t } = useTranslation('search')
  return (
    <div className="search-help">
      <p>{t('help.title')}</p>
      <dl>
        {examples.map(([key, text]) => (
          <div key={key}>
            <dt>
              <button type="button" className="text-button" onClick={() => onTry(text)}>
                <code>{text}</code>
              </button>
            </dt>
            <dd>{t(`help.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
