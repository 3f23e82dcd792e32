import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ObjectTarget } from '../../contract/object.ts'
import { useApp } from '../app/use-host.ts'
import type { Entry } from '../palette/finding.ts'
import { PaletteList } from '../palette/palette-list.tsx'
import { useCurrent } from '../palette/use-current.ts'
import { takeFocus } from '../parts/focus.ts'
import { Icon } from '../parts/icon.tsx'
import { useTyped } from '../parts/use-typed.ts'
import { useSearch } from '../search/use-search.ts'
import { targetName } from './side-name.ts'

/** Chooses an object by typing: the same object elsewhere at first, then any that is found. */
export function ObjectChooser({
  open,
  of,
  versions,
  onChoose,
  onClose,
}: {
  readonly open: boolean
  /** What it is compared with. */
  readonly of: ObjectTarget
  /** The other versions in which that is served. */
  readonly versions: readonly string[]
  readonly onChoose: (target: ObjectTarget) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation('compare')
  return (
    <ModalOverlay className="overlay overlay-top" isDismissable isOpen={open} onOpenChange={now => !now && onClose()}>
      <Modal className="palette">
        <Dialog className="palette-dialog" aria-label={t('choose.title')}>
          <ChooserBody
            of={of}
            versions={versions}
            onChoose={target => {
              onClose()
              onChoose(target)
            }}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function ChooserBody({
  of,
  versions,
  onChoose,
}: {
  readonly of: ObjectTarget
  readonly versions: readonly string[]
  readonly onChoose: (target: ObjectTarget) => void
}) {
  const { t } = useTranslation('compare')
  const [text, setText] = useState('')
  const [typed, type] = useTyped(text, setText)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const { entries, busy } = useCandidates(text, of, versions, onChoose)
  const { index: current, choose, reset } = useCurrent(entries)
  // Another current entry is what calls for scrolling.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter') entries[current]?.run()
    else if (by !== 0 && entries.length > 0) choose((current + by + entries.length) % entries.length)
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="palette-field" data-busy={busy || undefined}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-label={t('choose.title')}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={entries.length === 0 ? undefined : `${id}-${current}`}
          placeholder={t('choose.placeholder')}
          ref={takeFocus}
          spellCheck={false}
          maxLength={500}
          value={typed}
          onChange={event => {
            reset()
            type(event.target.value)
          }}
          onKeyDown={press}
        />
      </div>
      <PaletteList
        ref={list}
        id={id}
        sections={
          entries.length === 0 ? [] : [{ section: 'objects', found: entries.map(entry => ({ entry, places: [] })) }]
        }
        current={current}
        onCurrent={choose}
        onRun={entry => entry.run()}
      />
      {entries.length === 0 && (
        <p className="palette-none" role="status">
          {busy
            ? t('choose.searching')
            : text.trim() === ''
              ? t('choose.noneElsewhere', { name: of.name })
              : t('choose.none')}
        </p>
      )}
    </>
  )
}

const offered = 20

/** The same object in other versions and contexts while nothing is typed; then what the host finds, its own kind first. */
function useCandidates(
  text: string,
  of: ObjectTarget,
  versions: readonly string[],
  onChoose: (target: ObjectTarget) => void,
): { readonly entries: readonly Entry[]; readonly busy: boolean } {
  const { t } = useTranslation('compare')
  const { contexts } = useApp()
  const asked = text.trim() === '' ? of.name : text
  const search = useSearch({
    text: asked,
    contexts: [],
    kinds: [],
    first: [`${of.group}/${of.resource}`],
    near: of.namespace === null ? [] : [of.namespace],
    budget: 'glance',
  })
  const entry = (target: ObjectTarget, note: string): Entry => ({
    id: targetName(target),
    section: 'objects',
    label: target.name,
    note,
    leads: [target.context, target.namespace].filter(part => part !== null).join(' › '),
    also: [],
    keys: null,
    usual: 0,
    completes: null,
    run: () => onChoose(target),
  })
  const inVersions = versions.map(version =>
    entry({ ...of, version }, t('choose.version', { version: of.group === '' ? version : `${of.group}/${version}` })),
  )
  const found = (search.isCurrent ? (search.value?.found ?? []) : []).flatMap(one =>
    one.contexts.map(context => {
      const { group, version, resource, namespace, name, kind } = one
      return entry({ context, group, version, resource, namespace, name }, kind)
    }),
  )
  const known = new Set(contexts.map(({ name }) => name))
  const own = targetName(of)
  const all = [...(text.trim() === '' ? inVersions : []), ...found].filter(({ id }) => id !== own)
  const entries = [...new Map(all.map(one => [one.id, one])).values()].slice(0, offered)
  return { entries, busy: known.size > 0 && search.value?.state === 'searching' }
}
