import './history.css'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { HistoryAddress } from '../app/router.ts'
import { EntryPage } from './entry-page.tsx'
import { HistoryList } from './history-list.tsx'

/** The history of submits: its list, and over it one entry. `onOpened` shows an edit that an entry has opened. */
export function HistoryPage({
  address,
  onOpened,
}: {
  readonly address: HistoryAddress
  readonly onOpened: (edit: OpenedEdit) => void
}) {
  const { entry } = address
  return (
    <>
      {/* It stays, so that the person comes back to the same place of it. */}
      <HistoryList address={address} shown={entry === null} />
      {entry !== null && <EntryPage key={entry} id={entry} address={address} onOpened={onOpened} />}
    </>
  )
}
