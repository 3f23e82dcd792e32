import type { RefObject } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ViewState } from '../../contract/browse.ts'
import type { ListAddress } from '../app/router.ts'
import { Icon } from '../parts/icon.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'
import { useTyped } from '../parts/use-typed.ts'

// The host filters 100,000 rows in less than that.
const typingPause = 70

/** The filter box, with the help on what can be typed into it. */
export function ListFilter({
  address,
  list,
  field,
  onChange,
  onLeave,
}: {
  readonly address: ListAddress
  readonly list: ViewState | null
  readonly field: RefObject<HTMLInputElement | null>
  readonly onChange: (part: Partial<ListAddress>) => void
  readonly onLeave: () => void
}) {
  const { t } = useTranslation('browse')
  const say = useProblemWords()
  const [typed, setTyped] = useTyped(address.filter, filter => onChange({ filter }), typingPause)
  const problem = list?.filterProblem ?? null
  return (
    <div className="filter" data-wrong={problem !== null || undefined}>
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={t('filter.label')}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : 'filter-problem'}
        placeholder={t('filter.placeholder')}
        spellCheck={false}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' || event.key === 'ArrowDown') onLeave()
          else if (event.key === 'Escape' && typed !== '') setTyped('')
          else if (event.key === 'Escape') onLeave()
          else return
          event.preventDefault()
        }}
      />
      <DialogTrigger>
        <Button className="icon-button" aria-label={t('filter.help')}>
          <Icon name="help" />
        </Button>
        <Popover className="popover" placement="bottom end" offset={8}>
          <Dialog className="popover-dialog filter-help" aria-label={t('filter.help')}>
            <FilterHelp />
          </Dialog>
        </Popover>
      </DialogTrigger>
      {problem !== null && (
        <p className="filter-problem" id="filter-problem" role="alert">
          {say(problem).sentence}
        </p>
      )}
    </div>
  )
}

function FilterHelp() {
  const { t } = useTranslation('browse')
  return (
    <>
      <h2 className="help-title">{t('filter.help')}</h2>
      <dl className="help-list">
        <dt>
          <code>nginx crash</code>
        </dt>
        <dd>{t('filter.words')}</dd>
        <dt>
          <code>app=nginx</code> <code>tier!=cache</code>
        </dt>
        <dd>{t('filter.labels')}</dd>
        <dt>
          <code>app in (web,api)</code>
        </dt>
        <dd>{t('filter.sets')}</dd>
        <dt>
          <code>field:status.phase=Running</code>
        </dt>
        <dd>{t('filter.fields')}</dd>
        <dt>
          <code>changed:1h</code> <code>changed:15m</code>
        </dt>
        <dd>{t('filter.changed')}</dd>
        <dt>
          <code>by:kubectl</code>
        </dt>
        <dd>{t('filter.by')}</dd>
      </dl>
    </>
  )
}
