import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { type Command, useCommands } from '../app/commands.ts'
import { useRouter } from '../app/router.ts'

/** The edits beside this one: of the object's subresources, or, from one of those, of the whole object. */
export function useNeighbours({ context, ref, subresources }: Pick<OpenedEdit, 'context' | 'ref' | 'subresources'>) {
  const { t } = useTranslation('steps')
  const router = useRouter()
  const { group, version, resource, namespace, name } = ref
  const names = ref.subresource === undefined ? subresources : [null]
  return names.map(subresource => ({
    subresource,
    label: subresource === null ? t('editWhole') : t('editPart', { subresource }),
    open: () =>
      router.showEdit({
        kind: 'edit',
        target: { context, group, version, resource, namespace, name, subresource },
      }),
  }))
}

/** Offers them by the palette, while the edit is on screen. */
export function useNeighbourCommands(neighbours: ReturnType<typeof useNeighbours>, shown: boolean): void {
  const { t } = useTranslation('edit')
  const commands = neighbours.map(
    ({ subresource, label, open }): Command => ({
      id: `edit.neighbour.${subresource ?? ''}`,
      label,
      group: t('commands.group'),
      enabled: true,
      keys: [],
      run: open,
    }),
  )
  useCommands(shown ? commands : [])
}
