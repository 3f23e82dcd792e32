import { useState } from 'react'
import {
  Autocomplete,
  Button,
  Dialog,
  DialogTrigger,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  TextField,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { apiVersionOf } from '../../core/object.ts'
import { useRouter } from '../app/router.ts'
import { useServedKinds } from '../browse/use-kinds.ts'
import { Icon } from '../parts/icon.tsx'
import { ProblemText } from '../parts/problem-text.tsx'

/** Chooses the kind that a new text begins with, of those that the context serves and that can be created. */
export function KindStarter({
  context,
  namespace,
}: {
  readonly context: string | null
  readonly namespace: string | null
}) {
  const { t } = useTranslation('create')
  const [open, setOpen] = useState(false)
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="button create-picker" isDisabled={context === null}>
        {t('startKind')}
        <Icon name="chevron" />
      </Button>
      <Popover className="popover" placement="bottom start" offset={4}>
        <Dialog className="popover-dialog" aria-label={t('startKind')}>
          {context !== null && <KindList context={context} namespace={namespace} onChosen={() => setOpen(false)} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

/** So many kinds are offered: the filter finds the others. */
const mostShown = 100

function KindList({
  context,
  namespace,
  onChosen,
}: {
  readonly context: string
  readonly namespace: string | null
  readonly onChosen: () => void
}) {
  const { t } = useTranslation(['create', 'kinds'])
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const { kinds, problem } = useServedKinds({
    contexts: [context],
    group: '',
    version: 'v1',
    resource: '',
    namespaces: [],
  })
  const words = typed.trim().toLowerCase()
  const able = (kinds ?? []).filter(({ preferred, verbs }) => preferred && verbs.includes('create'))
  const shown = able
    .filter(({ kind, resource, shortNames }) =>
      [kind, resource, ...shortNames].some(name => name.toLowerCase().includes(words)),
    )
    .slice(0, mostShown)
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <TextField aria-label={t('startKind')} autoFocus>
        <Input className="field" />
      </TextField>
      <ListBox
        className="create-kinds"
        aria-label={t('startKind')}
        renderEmptyState={() =>
          problem === null ? (
            <p className="side-note">{t(kinds === null ? 'kinds:loading' : 'kinds:none')}</p>
          ) : (
            <ProblemText problem={problem} />
          )
        }
        onAction={key => {
          const kind = shown.find(one => keyOf(one) === key)
          if (kind === undefined) return
          const { group, version, resource, namespaced } = kind
          const of = { context, group, version, resource, namespace: namespaced ? namespace : null }
          router.showNew({ kind: 'new', from: { kind: 'kind', of } }, 'replace')
          onChosen()
        }}
      >
        {shown.map(one => (
          <ListBoxItem key={keyOf(one)} id={keyOf(one)} className="create-kind-item" textValue={one.kind}>
            {one.kind} <small>{apiVersionOf(one)}</small>
          </ListBoxItem>
        ))}
      </ListBox>
    </Autocomplete>
  )
}

function keyOf({ group, resource }: { readonly group: string; readonly resource: string }): string {
  return `${group}/${resource}`
}
