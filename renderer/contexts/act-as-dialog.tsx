import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../core/problem.ts'
import { useApp } from '../app/use-host.ts'
import { takeFocus } from '../parts/focus.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { useContextActs } from './use-context-acts.ts'

/** Chooses whom a context's requests act as (`kubectl --as`). A null context shows nothing. */
export function ActAsDialog({ context, onClose }: { readonly context: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('contexts')
  return (
    <PanelDialog title={t('actAs.title', { name: context ?? '' })} open={context !== null} onClose={onClose}>
      {context !== null && <ActAsForm context={context} onDone={onClose} />}
    </PanelDialog>
  )
}

function ActAsForm({ context, onDone }: { readonly context: string; readonly onDone: () => void }) {
  const { t } = useTranslation('contexts')
  const acting = useApp().contexts.find(({ name }) => name === context)?.actingAs ?? null
  const [user, setUser] = useState(acting?.user ?? '')
  const [groups, setGroups] = useState(acting?.groups.join('\n') ?? '')
  const [uid, setUid] = useState(acting?.uid ?? '')
  const [problem, setProblem] = useState<Problem | null>(null)
  const { actAs } = useContextActs()
  const ids = useId()
  async function save(impersonation: Parameters<typeof actAs>[1]): Promise<void> {
    const result = await actAs(context, impersonation)
    if (result.ok) onDone()
    else setProblem(result.problem)
  }
  return (
    <form
      className="act-as"
      onSubmit={event => {
        event.preventDefault()
        void save({ user: user.trim(), groups: linesOf(groups), uid: uid.trim() === '' ? null : uid.trim() })
      }}
    >
      <p className="setting-note">{t('actAs.about')}</p>
      <label className="setting" htmlFor={`${ids}-user`}>
        {t('actAs.user')}
        <input
          id={`${ids}-user`}
          className="field"
          required
          ref={takeFocus}
          spellCheck={false}
          autoComplete="off"
          placeholder="system:serviceaccount:default:deployer"
          value={user}
          onChange={event => setUser(event.target.value)}
        />
      </label>
      <label className="setting" htmlFor={`${ids}-groups`}>
        {t('actAs.groups')}
        <textarea
          id={`${ids}-groups`}
          className="field act-as-groups"
          rows={3}
          spellCheck={false}
          value={groups}
          onChange={event => setGroups(event.target.value)}
        />
      </label>
      <label className="setting" htmlFor={`${ids}-uid`}>
        {t('actAs.uid')}
        <input
          id={`${ids}-uid`}
          className="field"
          spellCheck={false}
          autoComplete="off"
          value={uid}
          onChange={event => setUid(event.target.value)}
        />
      </label>
      {problem !== null && (
        <div role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="dialog-buttons">
        {acting?.from === 'session' && (
          <button type="button" className="button" onClick={() => void save(null)}>
            {t('actAs.stop')}
          </button>
        )}
        <button type="button" className="button" onClick={onDone}>
          {t('actAs.cancel')}
        </button>
        <button type="submit" className="button button-accent" disabled={user.trim() === ''}>
          {t('actAs.save')}
        </button>
      </div>
    </form>
  )
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map(line => line.trim())
    .filter(line => line !== '')
}
