import './palette.css'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Tab } from '../app/tabs.ts'
import { takeFocus } from '../parts/focus.ts'
import { Icon } from '../parts/icon.tsx'
import { placesOf } from '../parts/marked.tsx'
import { useExplainEntries } from './explain-entries.ts'
import { type Book, type Entry, type FoundSection, findEntries, makeBook, type Section } from './finding.ts'
import { PaletteList } from './palette-list.tsx'
import { type Mode, readTyped, signs } from './reading.ts'
import { useCurrent } from './use-current.ts'
import { useFoundEntries } from './use-found-entries.ts'
import { useWantedEntries, useWantedList } from './use-kind-words.ts'
import { usePlaceEntries } from './use-place-entries.ts'

type PaletteProps = { readonly tabs: readonly Tab[]; readonly onClose: () => void }

/** Everything by name: kinds, namespaces, contexts, commands, open tabs, and the objects of all of them. */
export function Palette({ open, ...props }: PaletteProps & { readonly open: boolean }) {
  const { t } = useTranslation('palette')
  return (
    <ModalOverlay
      className="overlay overlay-top"
      isDismissable
      isOpen={open}
      onOpenChange={now => !now && props.onClose()}
    >
      <Modal className="palette">
        <Dialog className="palette-dialog" aria-label={t('title')}>
          <PaletteBody {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const page = 8

function PaletteBody({ tabs, onClose }: PaletteProps) {
  const entries = usePlaceEntries(tabs)
  const said = entries.map(({ id, label, leads }) => `${id}\0${label}\0${leads}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: entries are made anew in every render; `said` is what they say.
  const book = useMemo(() => makeBook(entries), [said])
  return <PaletteSearch book={book} onClose={onClose} />
}

/** The field and what it finds. What is typed makes no entry anew. */
function PaletteSearch({ book, onClose }: { readonly book: Book; readonly onClose: () => void }) {
  const { t } = useTranslation('palette')
  const [typed, setTyped] = useState('')
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const { sections, busy } = useFound(typed, book)
  const entries = sections.flatMap(section => section.found.map(({ entry }) => entry))
  const { index: current, choose, reset } = useCurrent(entries)

  function run(entry: Entry | undefined): void {
    if (entry === undefined) return
    onClose()
    // The dialog gives the focus back first; what the entry does may take it elsewhere.
    setTimeout(entry.run)
  }
  function type(text: string): void {
    setTyped(text)
    reset()
  }
  function press(event: KeyboardEvent): void {
    const { length } = entries
    const completes = entries[current]?.completes ?? null
    if (event.key === 'ArrowDown' && length > 0) choose((current + 1) % length)
    else if (event.key === 'ArrowUp' && length > 0) choose((current - 1 + length) % length)
    else if (event.key === 'PageDown') choose(Math.min(current + page, length - 1))
    else if (event.key === 'PageUp') choose(Math.max(current - page, 0))
    else if (event.key === 'Enter') run(entries[current])
    else if (event.key === 'Tab' && !event.shiftKey && completes !== null) type(completes)
    else return
    event.preventDefault()
  }
  // Another current entry is what calls for scrolling.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  return (
    <>
      <div className="palette-field" data-busy={busy || undefined}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-label={t('title')}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries.length === 0 ? undefined : `${listId}-${current}`}
          aria-describedby={`${listId}-hint`}
          placeholder={t('placeholder')}
          ref={takeFocus}
          spellCheck={false}
          maxLength={500}
          value={typed}
          onChange={event => type(event.target.value)}
          onKeyDown={press}
        />
      </div>
      <PaletteList ref={list} id={listId} sections={sections} current={current} onCurrent={choose} onRun={run} />
      {entries.length === 0 && (
        <p className="palette-none" role="status">
          {t(busy ? 'searching' : 'none')}
        </p>
      )}
      <footer className="palette-hint" id={`${listId}-hint`}>
        {signs.map(({ sign, mode }) => (
          <span key={sign}>
            <kbd>{sign}</kbd> {t(`signs.${mode}`)}
          </span>
        ))}
        <span>
          <kbd>Tab</kbd> {t('completes')}
        </span>
      </footer>
    </>
  )
}

const sectionOf: Readonly<Record<Mode, Section | null>> = {
  all: null,
  commands: 'commands',
  contexts: 'contexts',
  namespaces: 'namespaces',
  kinds: 'kinds',
}

/** What the typed text means, heading by heading. */
function useFound(typed: string, book: Book): { sections: readonly FoundSection[]; busy: boolean } {
  const { mode, text, kindWords } = readTyped(typed)
  const wanted = useWantedList(kindWords)
  const go = useWantedEntries(wanted)
  const explained = useExplainEntries(mode === 'all' ? text : '')
  const objects = useFoundEntries(mode === 'all' ? text : '', mode === 'all' ? wanted : null)
  const known = useMemo(() => findEntries(book, text, sectionOf[mode]), [book, text, mode])
  const words = (wanted === null ? text : wanted.words.filter).toLowerCase().split(/\s+/)
  const found = objects.entries.map(entry => ({
    entry,
    places: entry.section === 'objects' ? placesOf(entry.label, words) : [],
  }))
  // Until the host has looked, the typed name is taken for the whole one; then the nearest stands for it.
  const isPart = !objects.busy && objects.entries.some(({ section }) => section === 'objects')
  const isThere = objects.entries.some(({ label }) => label === wanted?.words.filter)
  const shownGo = isPart && !isThere ? go.filter(({ id }) => id !== 'go object') : go
  const sections: FoundSection[] = [
    { section: 'go', found: [...explained, ...shownGo].map(entry => ({ entry, places: [] })) },
    ...(wanted === null ? known : []),
    ...(['objects', 'search'] as const).map(section => ({
      section,
      found: found.filter(({ entry }) => entry.section === section),
    })),
    ...(wanted === null ? [] : known),
  ]
  return { sections: sections.filter(section => section.found.length > 0), busy: objects.busy }
}
