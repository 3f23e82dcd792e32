import { useTranslation } from 'react-i18next'
import type { ObjectState, ObjectTarget, VersionDifference } from '../../contract/object.ts'
import { useAnswer } from '../app/use-host.ts'
import { ProblemText } from '../parts/problem-text.tsx'

/**
 * What must be known of an object that is looked at in another version than the one that is stored, or else preferred: the
 * fields that this version does not show, which an edit through it may lose.
 */
export function VersionNotice({ target, state }: { readonly target: ObjectTarget; readonly state: ObjectState }) {
  const { version } = target
  const [preferred] = state.versions
  if (preferred === undefined || preferred === version || state.live.kind !== 'present') return null
  return <Difference target={target} other={preferred} revision={state.summary?.resourceVersion ?? ''} />
}

function Difference({
  target,
  other,
  revision,
}: {
  readonly target: ObjectTarget
  readonly other: string
  readonly revision: string
}) {
  const { result } = useAnswer(
    `versions ${other} ${JSON.stringify(target)}`,
    (client, signal) => client.object.versions({ target, other }, { signal }),
    revision,
  )
  if (result === null) return null
  if (!result.ok) {
    return (
      <div className="notice warn">
        <ProblemText problem={result.problem} />
      </div>
    )
  }
  return <Shown difference={result.value} version={target.version} other={other} />
}

function Shown({
  difference: { onlyHere, onlyThere, differing, storage },
  version,
  other,
}: {
  readonly difference: VersionDifference
  readonly version: string
  readonly other: string
}) {
  const { t } = useTranslation('object')
  const lists = [
    ['lost', onlyThere],
    ['extra', onlyHere],
    ['differing', differing],
  ] as const
  return (
    <details className={`notice ${onlyThere.length > 0 ? 'warn' : ''}`}>
      <summary>
        {onlyThere.length > 0
          ? t('version.loses', { version, other, count: onlyThere.length })
          : t('version.keeps', { version, other })}{' '}
        {storage !== null && t('version.storage', { storage })}
      </summary>
      {lists.map(
        ([kind, paths]) =>
          paths.length > 0 && (
            <div key={kind}>
              <h3>{t(`version.${kind}`, { version, other })}</h3>
              <ul>
                {paths.map(path => (
                  <li key={path}>
                    <code>{path}</code>
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </details>
  )
}
