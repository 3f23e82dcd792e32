import { type ReactNode, useRef, useState } from 'react'
import { Button, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { type Command, useCommands } from '../app/commands.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { CommandMenu } from '../parts/command-menu.tsx'
import { Icon } from '../parts/icon.tsx'
import { ComparePane } from './compare-pane.tsx'
import { EarlierDialog } from './earlier-dialog.tsx'
import { ObjectChooser } from './object-chooser.tsx'
import { PasteDialog } from './paste-dialog.tsx'
import type { CompareWith } from './sides.ts'
import { useOtherVersions } from './use-other-versions.ts'

/** The comparison of an edit's text: what opens it, and what stands in the editor's place while it is open. */
export type Comparing = {
  readonly menu: ReactNode
  /** Null while nothing is compared. */
  readonly pane: ReactNode | null
  readonly dialogs: ReactNode
}

type Source = 'live' | 'base' | 'applied' | 'clipboard' | 'file' | 'object' | 'earlier'

/** Compares the text of an edit with whatever the person chooses. */
export function useComparing(
  work: EditWork,
  opened: OpenedEdit,
  here: {
    /** Whether the text is on screen. */
    readonly active: boolean
    readonly readOnly: boolean
    /** Another one when the live object is another. */
    readonly revision: string
  },
): Comparing {
  const { t } = useTranslation('compare')
  const [wanted, setWanted] = useState<CompareWith | null>(null)
  const [dialog, setDialog] = useState<'object' | 'earlier' | 'paste' | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const versions = useOtherVersions(opened.ref)
  const { ref, context } = opened
  const { group, version, resource, namespace, name } = ref
  const isThere = opened.origin !== 'create' && name !== ''

  async function show(next: CompareWith): Promise<void> {
    if (work.state().json.shown) await work.json.close()
    setWanted(next)
  }
  async function paste(): Promise<void> {
    const text = await navigator.clipboard.readText().catch(() => null)
    // Where the page may not read the clipboard the person pastes.
    if (text === null) setDialog('paste')
    else await show({ kind: 'text', name: null, text })
  }
  const command = (id: Source, enabled: boolean, run: () => void): Command => ({
    id: `edit.compare.${id}`,
    label: t(`with.${id}`),
    group: t('title'),
    enabled: enabled && here.active,
    keys: [],
    run,
  })
  const commands = [
    command('live', isThere, () => void show({ kind: 'live' })),
    command('base', opened.base !== null, () => void show({ kind: 'base' })),
    command('applied', isThere, () => void show({ kind: 'applied' })),
    command('clipboard', true, () => void paste()),
    command('file', true, () => file.current?.click()),
    command('object', true, () => setDialog('object')),
    command('earlier', isThere && !opened.secret, () => setDialog('earlier')),
  ].filter(one => one.enabled)
  useCommands(commands)

  const close = () => {
    setWanted(null)
    requestAnimationFrame(() => work.editor()?.view.focus())
  }
  const menu = (
    <MenuTrigger>
      <Button className="button compare-menu" isDisabled={!here.active}>
        {t('menu')}
        <Icon name="chevron" />
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <CommandMenu label={t('title')} commands={commands} />
      </Popover>
    </MenuTrigger>
  )
  const dialogs = (
    <>
      <input
        ref={file}
        type="file"
        hidden
        aria-label={t('with.file')}
        onChange={event => {
          const [chosen] = event.target.files ?? []
          event.target.value = ''
          void chosen?.text().then(text => show({ kind: 'text', name: chosen.name, text }))
        }}
      />
      <ObjectChooser
        open={dialog === 'object'}
        of={{ context, group, version, resource, namespace, name }}
        versions={isThere ? versions : []}
        onChoose={target => void show({ kind: 'object', target })}
        onClose={() => setDialog(null)}
      />
      <PasteDialog
        open={dialog === 'paste'}
        onText={text => void show({ kind: 'text', name: null, text })}
        onClose={() => setDialog(null)}
      />
      {dialog === 'earlier' && (
        <EarlierDialog
          object={{ context, group, resource, namespace, name }}
          onChoose={(entry, side) => void show({ kind: 'history', entry, side })}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  )
  const pane =
    wanted === null ? null : (
      <ComparePane
        work={work}
        opened={opened}
        wanted={wanted}
        revision={here.revision}
        readOnly={here.readOnly}
        active={here.active}
        onWanted={next => void show(next)}
        onClose={close}
      />
    )
  return { menu, pane, dialogs }
}
