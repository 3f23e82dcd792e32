import './compare.css'
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ObjectTarget } from '../../contract/object.ts'
import { answer } from '../app/client.ts'
import { type CompareAddress, useRouter } from '../app/router.ts'
import { useAnswer } from '../app/use-host.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { CompareBar } from './compare-bar.tsx'
import type { Comparison } from './compare-task.ts'
import { CompareTexts } from './compare-texts.tsx'
import type { MergeEditor } from './merge-parts.ts'
import { ObjectChooser } from './object-chooser.tsx'
import { targetName } from './side-name.ts'
import { useCompareCommands } from './use-compare-commands.ts'
import { useCompareLayout } from './use-compare-layout.ts'
import { useOtherVersions } from './use-other-versions.ts'

/** Two objects side by side, as they are when the page is opened. */
export function ComparePage({ address }: { readonly address: CompareAddress }) {
  const { t } = useTranslation('compare')
  const router = useRouter()
  const { left, right } = address
  const [noise, setNoise] = useState(false)
  const [all, setAll] = useState(false)
  const [count, setCount] = useState(0)
  const [choosing, setChoosing] = useState<'left' | 'right' | null>(right === null ? 'right' : null)
  const merge = useRef<MergeEditor | null>(null)
  const { place, layout, choose: chooseLayout, turn } = useCompareLayout()
  const key = right === null ? null : JSON.stringify([left, right])
  const { result, again } = useAnswer(key, (client, signal) =>
    right === null ? Promise.reject(new Error('no side')) : answer(client.compare.objects({ left, right }, { signal })),
  )
  const read = result?.ok ? result.value : null
  const comparison = useLaidOut(read?.left ?? null, read?.right ?? null, noise)
  const beside = choosing === 'left' ? (right ?? left) : left
  const versions = useOtherVersions(beside)
  const close = () => router.showCompare(null)
  const known = comparison === null ? null : count
  useCompareCommands(merge, {
    active: true,
    count: known,
    canTake: false,
    switchAll: () => setAll(!all),
    switchNoise: () => setNoise(!noise),
    switchLayout: turn,
    layout,
    close,
  })
  const show = (next: Pick<CompareAddress, 'left' | 'right'>) =>
    router.showCompare({ kind: 'compare', ...next }, 'replace')
  const choose = (target: ObjectTarget) => show(choosing === 'left' ? { left: target, right } : { left, right: target })
  const names = { left: targetName(left), right: right === null ? t('page.right') : targetName(right) }
  const isSecret = [left, right].some(side => side?.group === '' && side.resource === 'secrets')
  const head = (side: 'left' | 'right') => (
    <>
      <span className="compare-name" title={names[side]}>
        {names[side]}
      </span>
      <Button
        className="text-button"
        aria-label={`${t(`page.${side}`)}: ${t('page.choose')}`}
        onPress={() => setChoosing(side)}
      >
        {t('page.choose')}
      </Button>
    </>
  )

  return (
    <section ref={place} className="compare compare-page" aria-label={t('page.title')}>
      <CompareBar
        left={head('left')}
        right={head('right')}
        count={known}
        noise={noise}
        onNoise={setNoise}
        all={all}
        onAll={setAll}
        layout={layout}
        onLayout={chooseLayout}
        walk={step => merge.current?.walk(step)}
      >
        <Button
          className="button button-small"
          isDisabled={right === null}
          onPress={() => right !== null && show({ left: right, right: left })}
        >
          {t('page.swap')}
        </Button>
        <IconButton icon="refresh" label={t('page.again')} isDisabled={right === null} onPress={again} />
        <IconButton icon="close" label={t('commands.close')} keys="Escape" onPress={close} />
      </CompareBar>
      {isSecret && <p className="compare-note">{t('masked')}</p>}
      {result?.ok === false && (
        <div className="compare-note" role="alert">
          <ProblemText problem={result.problem} />
        </div>
      )}
      {key !== null && result === null && (
        <p className="compare-note" role="status">
          {t('reading')}
        </p>
      )}
      {comparison !== null && (
        <CompareTexts
          comparison={comparison}
          names={names}
          mine={null}
          layout={layout}
          all={all}
          merge={merge}
          onCount={setCount}
        />
      )}
      <ObjectChooser
        open={choosing !== null}
        of={beside}
        versions={versions}
        onChoose={choose}
        onClose={() => setChoosing(null)}
      />
    </section>
  )
}

/** The two sides as texts; the former ones until the new ones are laid out. */
function useLaidOut(left: string | null, right: string | null, noise: boolean): NonNullable<Comparison> | null {
  const [comparison, setComparison] = useState<NonNullable<Comparison> | null>(null)
  useEffect(() => {
    let wanted = true
    if (left === null || right === null) return setComparison(null)
    const sides = { left: { kind: 'object', json: left }, right: { kind: 'object', json: right } } as const
    doTextTask({ kind: 'compare', ...sides, noise, values: true, schema: null }).then(laidOut => {
      if (wanted) setComparison(laidOut)
    })
    return () => {
      wanted = false
    }
  }, [left, right, noise])
  return comparison
}
