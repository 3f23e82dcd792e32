import './request.css'
import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Review } from '../../contract/review.ts'
import { Choice } from '../parts/choice.tsx'
import { scrolls } from '../parts/focus.ts'
import { CopyWithValues } from './copy-with-values.tsx'

/** The region `Request`: exactly what Submit sends, and the kubectl command that does the same. */
export function RequestRegion({
  review,
  note,
  revealed = null,
}: {
  readonly review: Pick<Review, 'request' | 'command'>
  /** What is said of it in place of what a review says. */
  readonly note?: string
  /** The review whose command the host gives with the values in it; null where it keeps none. */
  readonly revealed?: Review | null
}) {
  const { t } = useTranslation('review')
  const title = useId()
  const { method, path, query, mediaType, body, bytes, masked } = review.request
  return (
    <section className="review-block request" aria-labelledby={title}>
      <h3 id={title}>{t('request.title')}</h3>
      <p className="review-quiet">{note ?? t('request.exact')}</p>
      <dl>
        <dt>{t('request.method')}</dt>
        <dd>
          <code>
            <b>{method}</b> {path}
          </code>
        </dd>
        <dt>{t('request.query')}</dt>
        <dd>
          {query.map(([name, value]) => (
            <code key={name} className="query">
              {name}={value}
            </code>
          ))}
        </dd>
        <dt>{t('request.type')}</dt>
        <dd>
          <code>{mediaType}</code>
        </dd>
        <dt>
          {t('request.body')} <small>{t('request.bytes', { count: bytes })}</small>
        </dt>
        <dd>
          {masked && <p className="masked">{t('request.masked')}</p>}
          <pre {...scrolls}>{body}</pre>
        </dd>
      </dl>
      <Command command={review.command} revealed={revealed} />
    </section>
  )
}

function Command({ command, revealed }: { readonly command: Review['command']; readonly revealed: Review | null }) {
  const { t } = useTranslation('review')
  const [shell, setShell] = useState<'posix' | 'powershell'>('posix')
  const [copied, setCopied] = useState<'copied' | 'copiedWithValues' | 'failed' | 'gone' | null>(null)
  const text = command[shell]
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied('copied'),
      // Refused by the browser: the text can be selected.
      () => setCopied('failed'),
    )
  return (
    <div className="command">
      <header className="review-head">
        <h4>{t('command.title')}</h4>
        <Choice
          label={t('command.title')}
          value={shell}
          options={[
            { id: 'posix', name: t('command.posix') },
            { id: 'powershell', name: t('command.powershell') },
          ]}
          onValue={value => {
            setShell(value === 'powershell' ? 'powershell' : 'posix')
            setCopied(null)
          }}
        />
        <Button className="button" onPress={() => void copy()}>
          {t('command.copy')}
        </Button>
        {revealed?.request.masked && <CopyWithValues review={revealed} shell={shell} onCopied={setCopied} />}
        <span role="status" className="review-quiet">
          {copied !== null && t(`command.${copied}`)}
        </span>
      </header>
      {!command.runnable && <p className="masked">{t('command.notRunnable')}</p>}
      <pre {...scrolls}>{text}</pre>
      {command.notes.length > 0 && (
        <ul>
          {command.notes.map(note => (
            <li key={note}>{t(`command.notes.${note}`)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
