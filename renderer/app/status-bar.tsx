import { useTranslation } from 'react-i18next'
import { placeScope, scopeContexts } from '../browse/scope.ts'
import { ActingBadge } from '../contexts/acting-badge.tsx'
import { StandingShape } from '../contexts/standing-shape.tsx'
import { useStandingWords } from '../contexts/use-standing.ts'
import { GuardMark, LockState } from '../guards/guard-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'
import { useNow } from '../parts/use-now.ts'
import type { HostState } from './client.ts'
import { usePlace } from './router.ts'
import { useApp, useHost, useHostState } from './use-host.ts'

/** The window's last line: whether the host and the shown cluster answer, and the ways to help and settings. */
export function StatusBar({
  onDialog,
  onSidebar,
}: {
  readonly onDialog: (dialog: 'settings' | 'shortcuts') => void
  readonly onSidebar: () => void
}) {
  const { t } = useTranslation('app')
  const host = useHostState()
  const { version } = useApp()
  return (
    <footer className="status-bar" data-gone={host.kind === 'gone' || undefined}>
      <IconButton icon="sidebar" label={t('sidebar.toggle')} keys="Mod+B" onPress={onSidebar} />
      <div className="status-text" role={host.kind === 'gone' ? 'alert' : 'status'}>
        {host.kind === 'gone' ? <HostGoneNote host={host} /> : <ClusterNote />}
      </div>
      <KubeconfigNote />
      <span className="status-version">{t('version', { version })}</span>
      <IconButton icon="keyboard" label={t('shortcuts.title')} keys="?" onPress={() => onDialog('shortcuts')} />
      <IconButton icon="gear" label={t('settings.title')} keys="Mod+," onPress={() => onDialog('settings')} />
    </footer>
  )
}

function HostGoneNote({ host }: { readonly host: Extract<HostState, { kind: 'gone' }> }) {
  const { t } = useTranslation('app')
  const { retry } = useHost()
  const seconds = useNow(now => Math.max(0, Math.ceil((host.retryAt - now) / 1000)))
  return (
    <>
      <Icon name="warning" />
      <span>{t('host.gone')}</span>
      <span className="status-quiet" aria-hidden="true">
        {t('host.retryIn', { seconds })}
      </span>
      <button type="button" className="text-button" onClick={retry}>
        {t('host.retryNow')}
      </button>
    </>
  )
}

/** The one context that is looked at, and its server: the edit's where that was acted on. */
function ClusterNote() {
  const { t } = useTranslation('app')
  const { contexts } = useApp()
  const standingOf = useStandingWords()
  const place = usePlace()
  const { edit } = place
  const edited = place.acted === 'edit' && edit !== null && edit.kind !== 'create' ? edit.target.context : null
  const shown =
    edited === null ? scopeContexts(placeScope(place), contexts) : contexts.filter(context => context.name === edited)
  const [only, ...more] = shown
  if (only === undefined) return null
  if (more.length > 0) return <span>{t('cluster.several', { count: shown.length })}</span>
  const { connection } = only
  const { standing, sentence } = standingOf(only)
  return (
    <>
      <StandingShape standing={standing} title={sentence} />
      <GuardMark context={only.name} />
      <span className="status-cluster">{t('cluster.as', { name: only.name, user: only.user })}</span>
      <ActingBadge context={only.name} />
      <LockState context={only.name} />
      <span className="status-quiet">
        {only.server}
        {connection.kind === 'ready' && ` · Kubernetes ${connection.version}`}
        {connection.kind === 'ready' && connection.tooOld && ` · ${t('cluster.readOnly')}`}
      </span>
    </>
  )
}

function KubeconfigNote() {
  const { problems } = useApp()
  const say = useProblemWords()
  const [first] = problems
  if (first === undefined) return null
  return (
    <span className="status-problem" role="alert" title={problems.map(problem => say(problem).next).join('\n')}>
      <Icon name="warning" />
      {say(first).sentence}
    </span>
  )
}
