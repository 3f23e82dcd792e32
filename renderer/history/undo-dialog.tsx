import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Undone } from '../../contract/history.ts'
import { Choice } from '../parts/choice.tsx'
import { scrolls } from '../parts/focus.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import type { Undo } from './use-undo.ts'

/** What cannot be undone by an edit: a creation, and a change of an object that is not there any more. */
export function UndoDialog({ undo, onDelete }: { readonly undo: Undo; readonly onDelete: () => void }) {
  const { t } = useTranslation('history')
  const { asks } = undo
  const title =
    asks?.kind === 'gone' ? t(asks.uid === null ? 'undo.goneTitle' : 'undo.replacedTitle') : t('undo.deleteTitle')
  return (
    <PanelDialog title={title} open={asks !== null} onClose={undo.cancel}>
      {asks?.kind === 'delete' && <DeleteCommand command={asks} onDelete={onDelete} />}
      {asks?.kind === 'gone' && (
        <>
          <p>{asks.uid === null ? t('undo.goneText') : t('undo.replacedText', { uid: asks.uid })}</p>
          {!asks.recreatable && <p>{t('undo.notRecreatable')}</p>}
          <div className="dialog-buttons">
            <button type="button" className="button" onClick={undo.cancel}>
              {t('undo.cancel')}
            </button>
            {asks.recreatable && (
              <button type="button" className="button button-accent" onClick={() => void undo.recreate()}>
                {t('undo.recreate')}
              </button>
            )}
          </div>
        </>
      )}
    </PanelDialog>
  )
}

function DeleteCommand({
  command,
  onDelete,
}: {
  readonly command: Extract<Undone, { readonly kind: 'delete' }>
  readonly onDelete: () => void
}) {
  const { t } = useTranslation(['history', 'review'])
  const [shell, setShell] = useState<'posix' | 'powershell'>('posix')
  const [copied, setCopied] = useState(false)
  const text = command[shell]
  return (
    <>
      <p>{t('undo.deleteText')}</p>
      <Choice
        label={t('review:command.title')}
        value={shell}
        options={[
          { id: 'posix', name: t('review:command.posix') },
          { id: 'powershell', name: t('review:command.powershell') },
        ]}
        onValue={value => setShell(value === 'powershell' ? 'powershell' : 'posix')}
      />
      <pre className="history-command" {...scrolls}>
        {text}
      </pre>
      <div className="dialog-buttons">
        <button
          type="button"
          className="button"
          onClick={() =>
            navigator.clipboard.writeText(text).then(
              () => setCopied(true),
              // Refused by the browser: the text can be selected.
              () => setCopied(false),
            )
          }
        >
          {t(copied ? 'undo.copied' : 'undo.copy')}
        </button>
        <button type="button" className="button button-accent" onClick={onDelete}>
          {t('undo.delete')}
        </button>
      </div>
    </>
  )
}
