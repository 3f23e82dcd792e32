import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../core/problem.ts'
import { useApp } from '../app/use-host.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { useContextActs } from './use-context-acts.ts'

/** The kubeconfig files that are read, for the settings; more can be added by their paths. */
export function KubeconfigFiles() {
  const { t } = useTranslation('contexts')
  const { kubeconfigs } = useApp()
  const { addKubeconfig, removeKubeconfig } = useContextActs()
  const [path, setPath] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  async function add(): Promise<void> {
    const added = await addKubeconfig(path.trim())
    setProblem(added.ok ? null : added.problem)
    if (added.ok) setPath('')
  }
  return (
    <section className="setting" aria-labelledby="kubeconfigs-title">
      <h3 id="kubeconfigs-title">{t('files.title')}</h3>
      <ul className="kubeconfigs">
        {kubeconfigs.map(file => (
          <li key={file.path}>
            <code>{file.path}</code>
            {!file.found && <span className="setting-note">{t('files.missing')}</span>}
            {file.added && (
              <button
                type="button"
                className="button button-small"
                aria-label={t('files.removeLong', { path: file.path })}
                onClick={() => void removeKubeconfig(file.path)}
              >
                {t('files.remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <form
        className="kubeconfig-add"
        onSubmit={event => {
          event.preventDefault()
          void add()
        }}
      >
        <input
          className="field"
          aria-label={t('files.path')}
          placeholder={t('files.placeholder')}
          spellCheck={false}
          autoComplete="off"
          value={path}
          onChange={event => setPath(event.target.value)}
        />
        <button type="submit" className="button" disabled={path.trim() === ''}>
          {t('files.add')}
        </button>
      </form>
      {problem !== null && (
        <div role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      <p className="setting-note">{t('files.note')}</p>
    </section>
  )
}
