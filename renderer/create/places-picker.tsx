import { useId } from 'react'
import { Button, Dialog, DialogTrigger, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useApp } from '../app/use-host.ts'
import { GuardedName } from '../guards/guard-mark.tsx'
import { isLocked } from '../guards/use-guard.ts'
import { Icon } from '../parts/icon.tsx'

/** Where new objects go: the contexts, and the namespace of those that name none. */
export function PlacesPicker({
  contexts,
  namespace,
  onContexts,
  onNamespace,
}: {
  readonly contexts: readonly string[]
  readonly namespace: string
  readonly onContexts: (contexts: readonly string[]) => void
  readonly onNamespace: (namespace: string) => void
}) {
  const { t } = useTranslation('create')
  const app = useApp()
  const field = useId()
  const note = useId()
  const [only] = contexts
  const home = contexts.length === 1 ? app.contexts.find(({ name }) => name === only)?.namespace : null
  return (
    <div className="create-places">
      <span className="create-places-label">{t('places')}</span>
      <DialogTrigger>
        <Button className="button create-picker" aria-label={t('choosePlaces')}>
          {contexts.length === 1 && only !== undefined ? (
            <GuardedName context={only} />
          ) : contexts.length === 0 ? (
            t('placesNone')
          ) : (
            t('placesCount', { count: contexts.length })
          )}
          <Icon name="chevron" />
        </Button>
        <Popover className="popover" placement="bottom start" offset={4}>
          <Dialog className="popover-dialog" aria-label={t('choosePlaces')}>
            <ListBox
              className="create-contexts"
              aria-label={t('choosePlaces')}
              selectionMode="multiple"
              escapeKeyBehavior="none"
              selectedKeys={[...contexts]}
              onSelectionChange={keys =>
                onContexts(app.contexts.map(({ name }) => name).filter(name => keys === 'all' || keys.has(name)))
              }
            >
              {app.contexts.map(({ name, guard }) => (
                <ListBoxItem key={name} id={name} className="create-context" textValue={name}>
                  <span className="create-tick" aria-hidden="true">
                    <Icon name="check" />
                  </span>
                  <GuardedName context={name} />
                  {isLocked(guard) && <Icon name="lock" />}
                </ListBoxItem>
              ))}
            </ListBox>
          </Dialog>
        </Popover>
      </DialogTrigger>
      <label htmlFor={field}>{t('namespace')}</label>
      <input
        id={field}
        className="field create-namespace"
        spellCheck={false}
        autoComplete="off"
        maxLength={253}
        placeholder={home ?? t('ownNamespace')}
        title={t('namespaceNote')}
        aria-describedby={note}
        value={namespace}
        onChange={event => onNamespace(event.target.value)}
      />
      <span id={note} className="visually-hidden">
        {t('namespaceNote')}
      </span>
    </div>
  )
}
