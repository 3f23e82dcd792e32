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
  const look = settings.listLooks[kind] ?? plain
  // Widths are kept here while an edge is dragged, and saved once it rests.
  const [dragged, setDragged] = useState<{ readonly kind: string; readonly widths: ListLook['widths'] } | null>(null)
  const widths = dragged?.kind === kind ? dragged.widths : look.widths

  const keep = (part: Partial<ListLook>) => save({ listLooks: { ...settings.listLooks, [kind]: { ...look, ...part } } })
  const keepWidths = useEffectEvent(() => keep({ widths }))
  useEffect(() => {
    if (dragged === null) return
    const timer = setTimeout(() => keepWidths(), savePause)
    return () => clearTimeout(timer)
  }, [dragged])

  return {
    layout: layoutOf(list, settings.listLooks),
    widths,
    keepLayout: layout => keep({ columns: layout === null ? null : [...layout], widths }),
    resize(column, width) {
      const { [column]: _, ...others } = widths
      setDragged({ kind, widths: width === null ? others : { ...others, [column]: width } })
    },
  }
}
