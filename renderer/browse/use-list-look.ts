import { useEffect, useEffectEvent, useState } from 'react'
import type { Layout, ListLook } from '../../contract/list-settings.ts'
import type { ListAddress } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { kindOf, layoutOf } from './views.ts'

const plain: ListLook = { columns: null, widths: {} }
const savePause = 400

/** How the lists of a kind look: what the address says, else what was chosen for the kind before. */
export type Look = {
  readonly layout: Layout
  readonly widths: ListLook['widths']
  /** Remembers a layout; null for the usual one. */
  readonly keepLayout: (layout: Layout | null) => void
  readonly resize: (column: string, width: number | null) => void
}

/** The look of a list, and what changes it. */
export function useListLook(list: ListAddress): Look {
  const { settings } = useApp()
  const save = useSaveSettings()
  const kind = kindOf(list.scope)
  // What was changed here and is not saved yet, or on its way: the next change is one of this.
  const [own, setOwn] = useState<{ readonly kind: string; readonly look: ListLook } | null>(null)
  const saved = settings.listLooks[kind] ?? plain
  const look = own?.kind === kind ? own.look : saved

  const saveLook = useEffectEvent((changed: ListLook) =>
    save({ listLooks: { ...settings.listLooks, [kind]: changed } }),
  )
  useEffect(() => {
    if (own === null) return
    // An edge that is dragged is saved once it rests.
    const timer = setTimeout(() => saveLook(own.look), savePause)
    return () => clearTimeout(timer)
  }, [own])
  useEffect(() => {
    setOwn(before => (before !== null && JSON.stringify(before.look) === JSON.stringify(saved) ? null : before))
  }, [saved])

  return {
    layout: layoutOf(list, { ...settings.listLooks, [kind]: look }),
    widths: look.widths,
    keepLayout: layout => {
      const changed = { ...look, columns: layout === null ? null : [...layout] }
      setOwn({ kind, look: changed })
      save({ listLooks: { ...settings.listLooks, [kind]: changed } })
    },
    resize(column, width) {
      const { [column]: _, ...others } = look.widths
      setOwn({ kind, look: { ...look, widths: width === null ? others : { ...others, [column]: width } } })
    },
  }
}
