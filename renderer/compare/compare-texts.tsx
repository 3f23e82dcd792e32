import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditWork } from '../edit/edit-work.ts'
import { editorWords } from '../edit/editor-words.ts'
import type { Comparison } from './compare-task.ts'
import type { MergeEditor } from './merge-parts.ts'
import { createSplitEditor } from './split-editor.ts'
import { createUnifiedEditor } from './unified-editor.ts'
import type { CompareLayout } from './use-compare-layout.ts'

/** Both texts, side by side or in one column, in an editor that lives outside React; `merge` is how the bar above them drives it. */
export function CompareTexts({
  comparison,
  names,
  mine,
  layout,
  all,
  merge,
  onCount,
}: {
  readonly comparison: NonNullable<Comparison>
  readonly names: { readonly left: string; readonly right: string }
  /** The edit whose own text the right side is; null where it is none. */
  readonly mine: { readonly work: EditWork; readonly readOnly: boolean } | null
  readonly layout: CompareLayout
  readonly all: boolean
  readonly merge: RefObject<MergeEditor | null>
  readonly onCount: (count: number) => void
}) {
  const { t, i18n } = useTranslation('compare')
  const { t: ofEdit } = useTranslation('edit')
  const place = useRef<HTMLDivElement>(null)
  const show = useEffectEvent((parent: HTMLElement) => {
    const main = mine?.work.editor()?.view ?? null
    const words = editorWords(ofEdit)
    const create = layout === 'split' ? createSplitEditor : createUnifiedEditor
    return create({
      parent,
      left: comparison.left,
      // What was typed while the other side was laid out is there, too.
      right: main === null ? comparison.right : main.state.doc.toString(),
      words: {
        left: { ...words, label: names.left },
        right: { ...words, label: names.right },
        both: t('both', names),
        take: t('take'),
      },
      typesInto: mine?.readOnly === false ? main : null,
      all,
      onCount,
    })
  })
  const work = mine?.work ?? null
  const readOnly = mine?.readOnly ?? true
  // What `show` reads, where another one is another editor.
  useEffect(() => {
    if (place.current === null) return
    const shown = show(place.current)
    merge.current = shown
    const stop = work?.onText(shown.follow)
    return () => {
      stop?.()
      merge.current = null
      shown.end()
    }
  }, [comparison, layout, all, work, readOnly, i18n.language, merge])
  return <div className="compare-texts" data-layout={layout} ref={place} />
}
