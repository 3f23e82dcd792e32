import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'
import type { KindDefinition, ServedKind } from '../../contract/kinds.ts'
import { AddressLink } from '../app/address-link.tsx'
import { useAnswer, useApp } from '../app/use-host.ts'
import { pluralKind } from '../browse/kind-groups.ts'
import { plainList, scopeContexts, withKind } from '../browse/scope.ts'
import { useKinds } from '../browse/use-kinds.ts'
import { Icon } from '../parts/icon.tsx'

/** What there is to know of a kind: its names, verbs, subresources and versions. Its definition is read when it is opened. */
export function KindDetails({
  kind,
  scope,
  open,
  onOpen,
}: {
  readonly kind: ServedKind
  readonly scope: Scope
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}) {
  const { t } = useTranslation('kinds')
  const name = pluralKind(kind)
  return (
    <DialogTrigger isOpen={open} onOpenChange={onOpen}>
      <Button className="icon-button" aria-label={t('details', { kind: name })} excludeFromTabOrder>
        <Icon name="help" />
      </Button>
      <Popover className="popover" placement="right top" offset={4}>
        <Dialog className="popover-dialog kind-details" aria-label={name}>
          <Details kind={kind} scope={scope} onLeave={() => onOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Details({
  kind,
  scope,
  onLeave,
}: {
  readonly kind: ServedKind
  readonly scope: Scope
  readonly onLeave: () => void
}) {
  const { t } = useTranslation('kinds')
  const { kinds } = useKinds()
  const { contexts } = useApp()
  const { group, resource, absentFrom = [] } = kind
  const serving = scopeContexts(scope, contexts).find(({ name }) => !absentFrom.includes(name))
  const { result } = useAnswer(
    serving === undefined ? null : JSON.stringify([serving.name, group, resource]),
    (client, signal) => client.kinds.details({ context: serving?.name ?? '', group, resource }, { signal }),
  )
  const definition = result?.ok ? result.value.definition : null
  const versions = (kinds ?? []).filter(one => one.group === group && one.resource === resource)
  return (
    <>
      <header>
        <h2>{kind.kind}</h2>
        <code>{group === '' ? resource : `${resource}.${group}`}</code>
      </header>
      {!kind.verbs.includes('list') && <p className="side-warning">{t('cannotBeListed')}</p>}
      {definition?.troubles.map(({ type, message }) => (
        <p key={type} className="side-warning" lang="en">
          {type}: {message}
        </p>
      ))}
      <dl>
        <Fact name={t('scope')}>{t(kind.namespaced ? 'namespaced' : 'clusterScoped')}</Fact>
        <Fact name={t('names')}>{[kind.singular, ...kind.shortNames].filter(Boolean).join(', ')}</Fact>
        <Fact name={t('categories')}>{kind.categories.join(', ')}</Fact>
        <Fact name={t('verbs')}>{kind.verbs.join(', ')}</Fact>
        <Fact name={t('subresources')}>
          {kind.subresources.length > 0 && (
            <ul>
              {kind.subresources.map(({ name, verbs }) => (
                <li key={name}>
                  <code>{name}</code> {verbs.join(', ')}
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name={t('versions')}>
          <ul>
            {versions.map(one => (
              <li key={one.version}>
                <Version kind={one} scope={scope} definition={definition} onLeave={onLeave} />
              </li>
            ))}
          </ul>
        </Fact>
        <Fact name={t('absentFrom')}>{absentFrom.join(', ')}</Fact>
      </dl>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === '' || children === false) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Version({
  kind,
  scope,
  definition,
  onLeave,
}: {
  readonly kind: ServedKind
  readonly scope: Scope
  readonly definition: KindDefinition | null
  readonly onLeave: () => void
}) {
  const { t } = useTranslation('kinds')
  const defined = definition?.versions.find(({ version }) => version === kind.version)
  const marks = [
    kind.preferred && t('preferred'),
    definition?.storage === kind.version && t('storage'),
    defined?.deprecated === true && t('deprecated'),
  ].filter(mark => mark !== false)
  return (
    <>
      {kind.verbs.includes('list') ? (
        <AddressLink to={plainList(withKind(scope, kind))} onClick={onLeave}>
          {kind.version}
        </AddressLink>
      ) : (
        kind.version
      )}
      {marks.length > 0 && <span className="side-mark"> {marks.join(', ')}</span>}
    </>
  )
}
