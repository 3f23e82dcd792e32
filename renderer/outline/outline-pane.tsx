import './outline.css'
import type { EditorState } from '@codemirror/state'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pathKey, startsWithPath } from '../../core/path.ts'
import { isChangedWithin } from '../edit/change-gutter.ts'
import { findings } from '../edit/findings.ts'
import type { PaneProps } from '../edit/side/panes.ts'
import type { PickListHandle } from '../edit/side/pick-list.tsx'
import { placeOfCursor, useText } from '../edit/side/text-watch.ts'
import { VirtualTree } from '../edit/side/virtual-tree.tsx'
import { FoundFields } from './found-fields.tsx'
import { itemName, scalarOf } from './item-name.ts'
import { type OutlineRow, outlineRows, rowRange, type Toggled } from './outline-rows.ts'

/** The keys and items of the text as a tree that follows the cursor. */
export function OutlinePane({ work }: PaneProps) {
  const { t } = useTranslation('side')
  const state = useText(work, true)
  const [filter, setFilter] = useState('')
  const found = useRef<PickListHandle>(null)
  const goTo = (offset: number) => work.editor()?.goTo(offset)
  if (state === null) return null
  return (
    <div className="outline">
      <div className="side-filter">
        <input
          className="field"
          type="search"
          aria-label={t('outline.filter')}
          placeholder={t('outline.filter')}
          value={filter}
          onChange={event => setFilter(event.target.value)}
          onKeyDown={event => {
            if (event.key !== 'Escape' || filter === '') return found.current?.press(event)
            event.preventDefault()
            setFilter('')
          }}
        />
      </div>
      {filter.trim() === '' ? (
        <OutlineTree state={state} onGo={goTo} />
      ) : (
        <FoundFields ref={found} text={state.doc} query={filter} onGo={goTo} />
      )}
    </div>
  )
}

function OutlineTree({ state, onGo }: { readonly state: EditorState; readonly onGo: (offset: number) => void }) {
  const { t } = useTranslation('side')
  const { doc } = state
  const [toggled, setToggled] = useState<Toggled>(new Map())
  // The row that the keys chose, until the cursor moves.
  const [chosen, setChosen] = useState<{ readonly id: string; readonly head: number } | null>(null)
  const { head } = state.selection.main
  const { path } = placeOfCursor(state)
  const cursor = pathKey(path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `cursor` is the path in a word.
  const rows = useMemo(() => outlineRows(doc, toggled, path), [doc, toggled, cursor])
  const here = rows.findLast(row => startsWithPath(path, row.path))?.id ?? null
  const active = chosen !== null && chosen.head === head ? chosen.id : here
  const choose = (row: OutlineRow) => setChosen({ id: row.id, head })
  return (
    <VirtualTree
      label={t('panes.outline')}
      rows={rows}
      active={active}
      onActive={choose}
      onToggle={row => {
        choose(row)
        setToggled(new Map(toggled).set(row.id, row.open !== true))
      }}
      onRun={row => onGo(row.entry.from)}
    >
      {row => <OutlineLine state={state} row={row} />}
    </VirtualTree>
  )
}

function OutlineLine({ state, row }: { readonly state: EditorState; readonly row: OutlineRow }) {
  const { t } = useTranslation('side')
  const { doc } = state
  const { step, value } = row.entry
  const { from, to } = rowRange(doc, row)
  const isItem = typeof step === 'number'
  const name = isItem ? itemName(doc, row.entry) : step
  const isChanged = isChangedWithin(state, from, to)
  const found = [...state.field(findings).values()].flat().filter(one => one.from >= from && one.from <= to)
  const isWrong = found.some(({ severity }) => severity === 'error')
  return (
    <>
      <span className={isItem ? 'outline-item' : 'row-key'}>{name ?? String(step)}</span>
      {value !== null && !(isItem && value.kind === 'scalar') && (
        <span className="row-value">{value.kind === 'scalar' ? scalarOf(doc, row.entry).slice(0, 200) : '…'}</span>
      )}
      <span className="outline-marks">
        {found.length > 0 && (
          <span className="outline-mark" data-wrong={isWrong} role="img" aria-label={t('outline.problem')} />
        )}
        {isChanged && <span className="outline-mark" data-changed role="img" aria-label={t('outline.changed')} />}
      </span>
    </>
  )
}
