import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { formatPath } from '../../core/path.ts'
import { IconButton } from '../parts/icon-button.tsx'
import type { Saved } from './flow.ts'

/** What a submit did: said until the person types on or puts it away. */
export function SavedNotice({
  saved,
  opened,
  onDismiss,
}: {
  readonly saved: Saved
  readonly opened: OpenedEdit
  /** Null where it goes by itself. */
  readonly onDismiss: (() => void) | null
}) {
  const { t } = useTranslation('edit')
  const { result, created, text, kept } = saved
  const { kind, name } = opened.ref
  const change = (path: string, before: string | null, after: string | null) =>
    t('saved.change', { path, before: before ?? t('others.absent'), after: after ?? t('others.absent') })
  return (
    <div className="notice good">
      <div role="status">
        <p className="notice-lead">
          {result.deleted
            ? t('saved.deleted')
            : t(created ? 'saved.created' : 'saved.done', { kind, name, version: result.baseVersion })}
        </p>
        {result.attempts > 1 && <p>{t('saved.attempts', { count: result.attempts })}</p>}
        {result.attempts > 1 && result.guard === 'value' && <p>{t('saved.byValue')}</p>}
        <NoticeList
          title={t('saved.mergedIn')}
          items={result.mergedIn.map(
            ({ path, before, after, manager }) =>
              `${change(path, before, after)} (${t('saved.by', { who: manager ?? t('state.unknownWriter') })})`,
          )}
        />
        <NoticeList
          title={t('saved.differences')}
          items={result.differences.map(({ path, before, after }) => change(path, before, after))}
        />
        <NoticeList title={t('saved.warnings')} items={result.warnings} english />
        {text === 'left' && !result.deleted && <p>{t('saved.left')}</p>}
        <NoticeList title={t('saved.kept')} items={kept.map(({ path }) => formatPath(path))} />
      </div>
      {onDismiss !== null && <IconButton icon="close" label={t('dismiss')} onPress={onDismiss} />}
    </div>
  )
}

/** Whether there is more to say of a submit than that it was saved. */
export function tellsMore({ result, text, kept }: Saved): boolean {
  const { attempts, mergedIn, differences, warnings } = result
  return attempts > 1 || text === 'left' || [mergedIn, differences, warnings, kept].some(list => list.length > 0)
}

function NoticeList({
  title,
  items,
  english = false,
}: {
  readonly title: string
  readonly items: readonly string[]
  readonly english?: boolean
}) {
  if (items.length === 0) return null
  return (
    <>
      <p>{title}</p>
      <ul {...(english ? { lang: 'en' } : {})}>
        {items.map(item => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  )
}
