import { useTranslation } from 'react-i18next'
import { formatAddress } from '../../contract/address.ts'
import type { ObjectState } from '../../contract/object.ts'
import { editableSubresources } from '../../core/subresources.ts'
import { useMay } from '../access/use-may.ts'
import { useCommands } from '../app/commands.ts'
import { type EditAddress, type ObjectAddress, useRouter } from '../app/router.ts'
import { useClient } from '../app/use-host.ts'
import { shellForm } from '../browse/use-copying.ts'
import { useProblemWords } from '../parts/problem-text.tsx'
import { listOf } from './object-places.ts'

/** One thing that can be done with an object: in its menu, in the palette, by a key. */
export type ObjectAction = {
  readonly id: string
  readonly label: string
  readonly keys: readonly string[]
  readonly run: () => void
}

/** What can be done with an object. `barred` says why it cannot be edited, as far as that is known; it can be read all the same. */
export type ObjectActions = {
  readonly edit: Extract<EditAddress, { readonly kind: 'edit' }>
  readonly barred: string | null
  readonly items: readonly ObjectAction[]
}

/** An object's actions, offered as commands for as long as its page is on screen. */
export function useObjectActions(address: ObjectAddress, state: ObjectState | null): ObjectActions {
  const { t } = useTranslation(['object', 'steps'])
  const router = useRouter()
  const say = useProblemWords()
  const { target } = address
  const { context, group, resource, namespace, name } = target
  const [may] = useMay([{ context, verb: 'patch', group, resource, namespace, name }])
  const edit = { kind: 'edit', target: { ...target, subresource: null } } as const
  const client = useClient()
  const copy = (text: string) => void navigator.clipboard.writeText(text)
  const copyCommand = async (verb: 'get' | 'describe' | 'edit') =>
    copy(shellForm(await client.share.objectCommand({ targets: [target], verb })))
  const subresources = state?.live.kind === 'gone' ? [] : editableSubresources(state?.kind?.subresources ?? [])
  const items: ObjectAction[] = [
    ...subresources.map(subresource => ({
      id: `edit.${subresource}`,
      label: t('steps:editPart', { subresource }),
      keys: [],
      run: () => router.showEdit({ ...edit, target: { ...target, subresource } }),
    })),
    { id: 'list', label: t('commands.list'), keys: ['O'], run: () => router.showList(listOf(target)) },
    { id: 'copyName', label: t('commands.copyName'), keys: [], run: () => copy(name) },
    { id: 'copyGet', label: t('commands.copyGet'), keys: [], run: () => void copyCommand('get') },
    { id: 'copyDescribe', label: t('commands.copyDescribe'), keys: [], run: () => void copyCommand('describe') },
    { id: 'copyEdit', label: t('commands.copyEdit'), keys: [], run: () => void copyCommand('edit') },
    {
      id: 'copyAddress',
      label: t('commands.copyAddress'),
      keys: [],
      run: () => copy(window.location.origin + formatAddress(address)),
    },
  ]
  useCommands([
    {
      id: 'object.edit',
      label: t('commands.edit'),
      group: t('group'),
      enabled: state?.live.kind !== 'gone',
      run: () => router.showEdit(edit),
      keys: ['E'],
    },
    ...items.map(({ id, label, keys, run }) => ({
      id: `object.${id}`,
      label,
      group: t('group'),
      enabled: true,
      run,
      keys,
    })),
  ])
  const problem = may?.problem ?? null
  return { edit, barred: problem === null ? null : say(problem).sentence, items }
}
