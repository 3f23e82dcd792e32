import { useTranslation } from 'react-i18next'
import { formatAddress } from '../../contract/address.ts'
import type { ObjectState } from '../../contract/object.ts'
import { editableSubresources } from '../../core/subresources.ts'
import { useMay } from '../access/use-may.ts'
import { useCommands } from '../app/commands.ts'
import { type EditAddress, type ObjectAddress, usePlace, useRouter } from '../app/router.ts'
import { useApp, useClient } from '../app/use-host.ts'
import { scopeContexts } from '../browse/scope.ts'
import { type Said, shellForm, useCopying } from '../browse/use-copying.ts'
import { useDelete } from '../delete/use-delete.ts'
import { useProblemWords } from '../parts/problem-text.tsx'
import { useQuickItems } from '../quick/object-quick.ts'
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
  /** How the last copy went, null when that has been on screen for a while. */
  readonly said: Said | null
}

/** An object's actions, offered as commands for as long as its page is on screen. */
export function useObjectActions(address: ObjectAddress, state: ObjectState | null): ObjectActions {
  const { t } = useTranslation(['object', 'steps', 'create', 'delete', 'compare', 'explain'])
  const router = useRouter()
  const say = useProblemWords()
  const { target } = address
  const { context, group, resource, namespace, name } = target
  const [may] = useMay([{ context, verb: 'patch', group, resource, namespace, name }])
  const edit = { kind: 'edit', target: { ...target, subresource: null } } as const
  const client = useClient()
  const copying = useCopying()
  const copy = (text: string) => copying.copy(text, async () => text)
  const copyCommand = (verb: 'get' | 'describe' | 'edit') =>
    copying.copy(`kubectl ${verb}`, async () =>
      shellForm(await client.share.objectCommand({ targets: [target], verb })),
    )
  const elsewhere = useOtherContexts(target.context)
  const subresources = state?.live.kind === 'gone' ? [] : editableSubresources(state?.kind?.subresources ?? [])
  const openDelete = useDelete()
  const uid = state?.summary?.uid ?? null
  const isThere = state?.live.kind !== 'gone'
  const quickItems = useQuickItems(target, isThere ? (state?.summary ?? null) : null)
  const items: ObjectAction[] = [
    ...quickItems,
    ...subresources.map(subresource => ({
      id: `edit.${subresource}`,
      label: t('steps:editPart', { subresource }),
      keys: [],
      run: () => router.showEdit({ ...edit, target: { ...target, subresource } }),
    })),
    { id: 'list', label: t('commands.list'), keys: ['O'], run: () => router.showList(listOf(target)) },
    ...elsewhere.map(other => ({
      id: `in.${other}`,
      label: t('commands.inContext', { name: other }),
      keys: [],
      run: () => router.showObject({ ...address, target: { ...target, context: other } }),
    })),
    { id: 'copyName', label: t('commands.copyName'), keys: [], run: () => copy(name) },
    { id: 'copyGet', label: t('commands.copyGet'), keys: [], run: () => copyCommand('get') },
    { id: 'copyDescribe', label: t('commands.copyDescribe'), keys: [], run: () => copyCommand('describe') },
    { id: 'copyEdit', label: t('commands.copyEdit'), keys: [], run: () => copyCommand('edit') },
    {
      id: 'copyAddress',
      label: t('commands.copyAddress'),
      keys: [],
      run: () => copy(window.location.origin + formatAddress(address)),
    },
    {
      id: 'compare',
      label: t('compare:page.command'),
      keys: [],
      run: () => router.showCompare({ kind: 'compare', left: target, right: null }),
    },
    {
      id: 'explain',
      label: t('explain:page.command'),
      keys: ['Shift+F1'],
      run: () =>
        router.showExplain({ kind: 'explain', of: { context, group, version: target.version, resource }, field: '' }),
    },
    {
      id: 'copyTo',
      label: t('create:copyTo'),
      keys: [],
      run: () => router.showNew({ kind: 'new', from: { kind: 'copy', object: target } }),
    },
    ...(isThere
      ? [
          {
            id: 'delete',
            label: t('delete:command'),
            keys: ['Delete'],
            run: () => openDelete([{ ...target, subresource: null, uid }]),
          },
        ]
      : []),
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
  return { edit, barred: problem === null ? null : say(problem).sentence, items, said: copying.said }
}

/** More are not offered: the palette finds an object in any context. */
const mostContexts = 10

/** The other contexts of the list beside the page: an object of the same name may be in each of them. */
function useOtherContexts(context: string): readonly string[] {
  const { contexts } = useApp()
  const { list } = usePlace()
  return scopeContexts(list?.scope ?? null, contexts)
    .map(({ name }) => name)
    .filter(name => name !== context)
    .slice(0, mostContexts)
}
