import './diff.css'
import { type RefObject, useEffect, useId, useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Layer, MaskedLine, Review } from '../../contract/review.ts'
import type { LineChange } from '../../core/text-diff.ts'
import { answer } from '../app/client.ts'
import { useHost } from '../app/use-host.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { Choice } from '../parts/choice.tsx'
import type { DiffLook } from './diff-draw.ts'
import { type Diff, layersOf, layersOfChange, layOut, linesOf } from './diff-model.ts'
import { DiffSlice } from './diff-slice.tsx'
import { allLayers, LayerFilter } from './layer-filter.tsx'
import { createReveals, type Reveals } from './reveals.ts'

/**
 * The region `Changes`: live on one side, the server's answer on the other, each line with the layer it belongs to, where
 * layers are told apart. `heads` names the sides otherwise.
 */
export function ChangesRegion({
  review,
  former,
  scroller,
  heads = null,
  revealed = null,
}: {
  readonly review: Compared
  /** The review that this one replaces: the two can be compared. */
  readonly former: Compared | null
  readonly scroller: RefObject<HTMLElement | null>
  readonly heads?: { readonly before: string; readonly after: string } | null
  /** The review whose masked values the host reveals; null where it keeps none that could be. */
  readonly revealed?: Review | null
}) {
  const { t } = useTranslation('review')
  const title = useId()
  const [split, setSplit] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<Layer>>(allLayers)
  const [opened, setOpened] = useState<ReadonlySet<string> | null>(new Set())
  const [againstFormer, setAgainstFormer] = useState(false)
  const before = againstFormer && former !== null ? former.after : review.before
  const diff = useDiff(before, review.after)
  const layers = useMemo(() => layersOf(againstFormer ? [] : review.marks), [review, againstFormer])
  const look = useLook(split, againstFormer, heads)
  const reveals = useReveals(revealed, againstFormer)
  const parts = useMemo(() => {
    const shown = (change: LineChange) => {
      const own = layersOfChange(change, layers)
      return own.size === 0 || [...own].some(layer => chosen.has(layer))
    }
    return diff === null ? null : layOut(diff, shown, opened)
  }, [diff, layers, chosen, opened])
  const counts = useMemo(() => countLines(diff?.changes ?? []), [diff])

  return (
    <section className="changes" aria-labelledby={title}>
      <header className="review-head">
        <h3 id={title}>{t('changes.title')}</h3>
        {diff?.changes.length === 0 && <p className="review-quiet">{t('changes.none')}</p>}
        {diff !== null && diff.changes.length > 0 && <p className="review-quiet">{t('changes.count', counts)}</p>}
        {review.marks.length > 0 && <LayerFilter chosen={chosen} onChosen={setChosen} />}
        <div className="review-tools">
          {former !== null && (
            <Choice
              label={t('changes.compare')}
              value={againstFormer ? 'reviewed' : 'live'}
              options={[
                { id: 'live', name: t('changes.live') },
                { id: 'reviewed', name: t('changes.reviewed') },
              ]}
              onValue={value => setAgainstFormer(value === 'reviewed')}
            />
          )}
          <Choice
            label={t('changes.view')}
            value={split ? 'split' : 'unified'}
            options={[
              { id: 'unified', name: t('changes.unified') },
              { id: 'split', name: t('changes.split') },
            ]}
            onValue={value => setSplit(value === 'split')}
          />
          <Button className="button button-quiet" onPress={() => setOpened(opened === null ? new Set() : null)}>
            {opened === null ? t('changes.collapse') : t('changes.expandAll')}
          </Button>
        </div>
      </header>
      <div className="diff-sides" aria-hidden="true" data-split={split}>
        <span data-side="before">{look.heads.before}</span>
        <span data-side="after">{look.heads.after}</span>
      </div>
      <div className="diff-parts">
        {diff !== null &&
          parts?.map(part =>
            part.kind === 'fold' ? (
              <button
                key={part.id}
                type="button"
                className="diff-fold"
                onClick={() => setOpened(ids => (ids === null ? null : new Set([...ids, part.id])))}
              >
                {t('changes.expand', { count: part.lines })}
              </button>
            ) : (
              <DiffSlice
                key={`${part.stretches[0]?.beforeFrom}/${part.stretches[0]?.afterFrom}`}
                diff={diff}
                slice={part}
                layers={layers}
                look={look}
                reveals={reveals}
                scroller={scroller}
              />
            ),
          )}
      </div>
    </section>
  )
}

/** What is compared, and to which layer its lines belong. */
type Compared = Pick<Review, 'before' | 'after' | 'marks'>

/** The diff of two texts; null while a worker makes it. */
function useDiff(before: string, after: string): Diff | null {
  const [diff, setDiff] = useState<Diff | null>(null)
  useEffect(() => {
    let stale = false
    void doTextTask({ kind: 'diff', before, after }).then(changes => {
      if (!stale) setDiff({ before: linesOf(before), after: linesOf(after), changes })
    })
    return () => {
      stale = true
    }
  }, [before, after])
  return diff
}

function useLook(
  split: boolean,
  againstFormer: boolean,
  heads: { readonly before: string; readonly after: string } | null,
): DiffLook {
  const { t } = useTranslation('review')
  return useMemo(
    () => ({
      split,
      caption: t('changes.title'),
      heads: {
        line: t('changes.line'),
        before: againstFormer ? t('changes.former') : (heads?.before ?? t('changes.before')),
        after: heads?.after ?? t('changes.after'),
        layer: t('layers.title'),
      },
      layerNames: { mine: t('layers.mine'), server: t('layers.server'), 'any-write': t('layers.any-write') },
      signs: { removed: t('changes.removedLine'), added: t('changes.addedLine') },
    }),
    [split, againstFormer, heads?.before, heads?.after, t],
  )
}

/** The values that can be revealed; all are taken away with the review, and when its texts are drawn anew. */
function useReveals(review: Review | null, againstFormer: boolean): Reveals | null {
  const { t } = useTranslation('review')
  const { client } = useHost()
  const [reveals, setReveals] = useState<Reveals | null>(null)
  useEffect(() => {
    if (review === null) return
    const { edit, plan, masked } = review
    // The other review's values are not the host's to give any more.
    const lines = againstFormer ? masked.filter(({ side }) => side === 'after') : masked
    if (lines.length === 0) return
    const ask = async ({ side, path }: MaskedLine, signal: AbortSignal) => {
      const revealed = await answer(client.edit.reveal({ edit, plan, side, path }, { signal }))
      return revealed.ok ? revealed.value : null
    }
    const made = createReveals(lines, ask, {
      reveal: path => t('reveal.show', { path }),
      hide: path => t('reveal.hide', { path }),
      base64: t('reveal.base64'),
      gone: t('reveal.gone'),
    })
    setReveals(made)
    return () => {
      made.end()
      setReveals(null)
    }
  }, [review, againstFormer, client, t])
  return reveals
}

function countLines(changes: readonly LineChange[]): { readonly added: number; readonly removed: number } {
  let [added, removed] = [0, 0]
  for (const { beforeFrom, beforeTo, afterFrom, afterTo } of changes) {
    removed += beforeTo - beforeFrom
    added += afterTo - afterFrom
  }
  return { added, removed }
}
