import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { readonly children: ReactNode }
type State = { readonly error: Error | null }

/** Keeps a bug in one part of the window from taking the others with it: says what happened, and offers the part anew. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return <Broken error={error} onAgain={() => this.setState({ error: null })} />
  }
}

function Broken({ error, onAgain }: { readonly error: Error; readonly onAgain: () => void }) {
  const { t } = useTranslation('app')
  return (
    <div className="broken" role="alert">
      <p className="problem-sentence">{t('bug.title')}</p>
      <pre className="problem-quote" lang="en">
        {error.message}
      </pre>
      <p className="problem-next">{t('bug.next')}</p>
      <button type="button" className="button" onClick={onAgain}>
        {t('again')}
      </button>
    </div>
  )
}
