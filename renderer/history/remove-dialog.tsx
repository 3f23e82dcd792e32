import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useClient } from '../app/use-host.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'

/** Asks before an entry, or all of them, are deleted for good. */
export function RemoveDialog({
  what,
  onClose,
  onRemoved,
}: {
  /** Null while nothing is asked. */
  readonly what:
    | { readonly kind: 'one'; readonly entry: string }
    | { readonly kind: 'all'; readonly count: number }
    | null
  readonly onClose: () => void
  readonly onRemoved: () => void
}) {
  const { t } = useTranslation('history')
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const close = () => {
    setProblem(null)
    onClose()
  }
  async function remove(): Promise<void> {
    if (what === null) return
    const removed = await answer(
      what.kind === 'all' ? client.history.clear() : client.history.remove({ entry: what.entry }),
    )
    if (!removed.ok) return setProblem(removed.problem)
    close()
    onRemoved()
  }
  return (
    <PanelDialog
      title={t(what?.kind === 'one' ? 'remove.oneTitle' : 'remove.allTitle')}
      open={what !== null}
      onClose={close}
    >
      <p>{what?.kind === 'all' ? t('remove.allText', { count: what.count }) : t('remove.oneText')}</p>
      {problem !== null && <ProblemText problem={problem} />}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => void remove()}>
          {t('remove.confirm')}
        </button>
        <button type="button" className="button button-accent" onClick={close}>
          {t('remove.keep')}
        </button>
      </div>
    </PanelDialog>
  )
}
