import { useTranslation } from 'react-i18next'
import type { PluginRun } from '../../contract/contexts.ts'
import { clock } from '../guards/guard-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/use-now.ts'
import { useContextActs } from './use-context-acts.ts'

/** A credential plugin: what it prints while it runs, or what it is while it waits to be allowed. */
export function PluginCard({ plugin }: { readonly plugin: PluginRun }) {
  const { t } = useTranslation('contexts')
  const { allow, stop } = useContextActs()
  const { id, state, contexts, command, args, variables, file, lines } = plugin
  const names = { contexts, count: contexts.length }
  const running = state === 'running'
  return (
    <section className="plugin" data-state={state} aria-label={t(`plugin.${state}`, names)}>
      <Icon name={running ? 'key' : 'warning'} />
      <div className="plugin-text">
        <p role="status">
          {t(`plugin.${state}`, names)} {running && <Running since={plugin.since} />}
        </p>
        <code className="plugin-command">{[command, ...args].map(quoted).join(' ')}</code>
        {!running && (
          <p className="setting-note">
            {t('plugin.from', { file })} {variables.length > 0 && t('plugin.variables', { variables })}
          </p>
        )}
        {lines.length > 0 && (
          <pre className="plugin-lines" aria-live="polite">
            {lines.slice(-8).map((line, at) => (
              <Line
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
                key={at}
                text={line}
              />
            ))}
          </pre>
        )}
      </div>
      {running ? (
        <button type="button" className="button button-small" onClick={() => void stop(id)}>
          {t('plugin.stop')}
        </button>
      ) : (
        <div className="plugin-choice">
          {state === 'unconfirmed' && (
            <button type="button" className="button button-small" onClick={() => void stop(id)}>
              {t('plugin.refuse')}
            </button>
          )}
          <button type="button" className="button button-small button-accent" onClick={() => void allow(id)}>
            {t('plugin.allow')}
          </button>
        </div>
      )}
    </section>
  )
}

function Running({ since }: { readonly since: number }) {
  const { t } = useTranslation('contexts')
  const passed = useNow(now => clock(now - since))
  return (
    <span role="timer" className="plugin-time">
      {t('plugin.since', { passed })}
    </span>
  )
}

// Only https is opened, as the desktop shell does: anything else may start a program.
const links = /(https:\/\/[^\s<>"'`]+[^\s<>"'`.,;:)\]])/

/** A line of a program's, its web addresses made links. */
function Line({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(links).map((part, at) =>
        at % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place.
          <a key={at} href={part} target="_blank" rel="noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
      {'\n'}
    </>
  )
}

/** A word as a person tells it from the next one. */
function quoted(word: string): string {
  return /^[^\s'"]+$/.test(word) ? word : JSON.stringify(word)
}
