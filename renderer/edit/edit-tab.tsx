import './edit.css'
import './fields.css'
import './notices.css'
import './editor.css'
import { useEffect, useEffectEvent, useId, useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import { useRouter } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { useComparing } from '../compare/use-comparing.tsx'
import { ConvergeRegion } from '../converge/converge-region.tsx'
import { useConverge } from '../converge/use-converge.ts'
import { DangerTools } from '../dangers/danger-tools.tsx'
import { DryRunStatus } from '../dry-run/dry-run-status.tsx'
import { useExport } from '../export/use-export.tsx'
import { FragmentMerge } from '../fragment/fragment-merge.tsx'
import { useGuard } from '../guards/use-guard.ts'
import { FormatSwitch } from '../json-view/format-switch.tsx'
import { JsonPane } from '../json-view/json-pane.tsx'
import { useMarkCommands } from '../marks/use-mark-commands.ts'
import { useOwners } from '../owners/use-owners.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { useHandedOver } from '../quick/use-quick.ts'
import { RecreateOffer } from '../recreate/recreate-offer.tsx'
import { ReviewView } from '../review/review-view.tsx'
import { startingOver, useTextCommands } from '../text/use-text-commands.ts'
import { ConflictView } from './conflict-view.tsx'
import { DiscardDialog } from './discard-dialog.tsx'
import { useEditCommands } from './edit-commands.ts'
import { EditHeader, historyOf } from './edit-header.tsx'
import { EditNotices } from './edit-notices.tsx'
import { EditorPane } from './editor-pane.tsx'
import { canSubmit } from './flow.ts'
import { FoundPanel } from './found-panel.tsx'
import { lineAt, lineOf, type PlacedProblem, placeProblems } from './placed-problems.ts'
import { ProblemsPanel } from './problems-panel.tsx'
import { SecretToggle } from './secret-toggle.tsx'
import { EditSide } from './side/edit-side.tsx'
import { useNeighbourCommands, useNeighbours } from './subresource-commands.ts'
import { canBeRead, goToNext, hasProblems, isFollowing, useBlocked, useProblems } from './text-state.ts'
import { useEditState, useHeard, useKeepText, useWork } from './use-work.ts'
import { Waiting } from './waiting.tsx'

/** What the frame gives to an open edit, and what it hears from it. */
export type EditTabProps = {
  /** The edit as `edit.open`, `edit.resume` or `edit.recreate` answered. Another edit wants another `key`. */
  readonly opened: OpenedEdit
  /** Whether the tab is on screen. A tab that is not may stay mounted, hidden: it keeps its undo history. */
  readonly active: boolean
  /** Told whenever it changes whether the text differs from the base. */
  readonly onChanged: (changed: boolean) => void
  /** Told whenever it changes whether something happened to what was submitted that nobody has seen, the tab being hidden. */
  readonly onAlarm: (alarm: boolean) => void
  /** The edit goes on as another one: after a creation, or as a creation. */
  readonly onMoved: (opened: OpenedEdit) => void
  /** The edit was discarded, or is of no use any more: the tab shall go. */
  readonly onClosed: () => void
}

/** An open edit: its header, the editor, and the review in its place. */
export function EditTab({ opened, active, onChanged, onAlarm, onMoved, onClosed }: EditTabProps) {
  const { t } = useTranslation('edit')
  const work = useWork(opened, onMoved, onClosed)
  const state = useEditState(work)
  const [discarding, setDiscarding] = useState(false)
  const whyNot = useId()
  const { colour } = useGuard(opened.context)
  const router = useRouter()
  const { flow, live } = state
  const following = isFollowing(state)
  const unread = opened.origin !== 'edit' && opened.applied === null
  const changed = state.inspection === null ? unread : (state.inspection.changed ?? true)
  const problems = useProblems(state)
  const jsonProblems = useMemo(() => placeProblems(state.json.problems), [state.json.problems])
  // What cannot be read is told of the text that is on screen.
  const inJson = state.json.shown && jsonProblems.length > 0
  const blocked = useBlocked(opened, state, following, problems.length)

  const tellChanged = useEffectEvent(onChanged)
  useEffect(() => tellChanged(changed), [changed])
  useKeepText(work)
  useHandedOver(opened, work)

  const saved = flow.kind === 'editing' ? (flow.saved?.result.baseVersion ?? null) : null
  const converging = useConverge(opened.edit, active, saved)
  const tellAlarm = useEffectEvent(onAlarm)
  useEffect(() => tellAlarm(converging.alarm), [converging.alarm])

  const discard = () => (changed ? setDiscarding(true) : void work.discard())
  const goTo = (problem: PlacedProblem | undefined) => {
    if (problem === undefined || problem.from === null) return
    if (inJson) work.json.goToOwn(problem.from)
    else work.editor()?.goTo(problem.from)
  }
  const isEditing = flow.kind === 'editing'
  const walk = (step: 1 | -1) => (state.json.shown ? work.json.walk(step) : goToNext(work.editor(), problems, step))
  const canMove =
    isEditing && state.json.problems.length === 0 && opened.origin === 'edit' && !following && !hasProblems(state)
  const shownSecret = opened.secret && opened.origin === 'edit' ? state.secretData : null
  const save = useSaveSettings()
  const atOnce = useApp().settings.takeIn === 'at-once'
  const decide = canMove && (state.others?.disputes.length ?? 0) > 0 ? () => void work.decide() : null
  useOwners(work, opened, active && isEditing)
  useHeard(work, opened.edit, atOnce && canMove && opened.readOnly === null)
  const neighbours = useNeighbours(opened)
  useNeighbourCommands(opened.ref.name === '' ? [] : neighbours, active)
  useEditCommands(work, {
    others: state.others,
    decide,
    atOnce,
    switchAtOnce: () => save({ takeIn: atOnce ? 'on-request' : 'at-once' }),
    shown: active,
    flow,
    live,
    changed,
    canReview: blocked === null,
    canMove,
    discard,
    history: opened.ref.name === '' ? null : () => router.showHistory(historyOf(opened)),
    walk,
    secretData: shownSecret,
    canShow: canMove,
  })

  const shownView = () => (state.json.shown ? work.json.view() : (work.editor()?.view ?? null))
  useMarkCommands(shownView, active && isEditing)
  useTextCommands(shownView, active && isEditing, startingOver(work))
  const exporting = useExport(
    'edit.export',
    t('commands.group'),
    active && (isEditing || flow.kind === 'review'),
    () => {
      const { kind, name } = opened.ref
      const text = flow.kind === 'review' ? flow.text : (work.editor()?.view.state.doc.toString() ?? '')
      return { text, base: state.base, schema: opened.schema, kind, name, values: opened.secret }
    },
  )
  const comparing = useComparing(work, opened, {
    active: active && isEditing,
    readOnly: opened.readOnly !== null || following,
    revision: live?.live.kind === 'present' ? live.live.resourceVersion : '',
  })

  return (
    <section
      className="edit"
      data-guard={colour ?? undefined}
      aria-label={t('region', { kind: opened.ref.kind, name: opened.ref.name || t('generated') })}
    >
      <EditHeader
        opened={opened}
        work={work}
        changed={changed}
        live={live}
        others={state.others}
        came={state.came}
        atOnce={atOnce}
        onAtOnce={on => save({ takeIn: on ? 'at-once' : 'on-request' })}
        onTakeIn={canMove ? () => void work.settle([]) : null}
        onDecide={decide}
        secret={
          shownSecret !== null && (
            <SecretToggle secretData={shownSecret} onShow={canMove ? as => void work.showSecretAs(as) : null} />
          )
        }
        dryRun={
          <DryRunStatus
            work={work}
            changed={changed && opened.readOnly === null && !following}
            active={active && isEditing}
            lineOf={offset => lineAt(offset, work.editor()?.view.state.doc ?? null)}
            onGo={offset => work.editor()?.goTo(offset)}
          />
        }
        format={
          flow.kind !== 'review' &&
          flow.kind !== 'deciding' && (
            <FormatSwitch
              json={state.json}
              work={work}
              canShow={isEditing && comparing.pane === null && (state.json.shown || canBeRead(state))}
              active={active && isEditing}
            />
          )
        }
        actions={
          flow.kind !== 'review' &&
          flow.kind !== 'deciding' && (
            <div className="edit-actions">
              <span id={whyNot} className="edit-why-not" aria-live="polite">
                {blocked}
              </span>
              <IconButton icon="upload" label={exporting.label} onPress={exporting.open} />
              {comparing.menu}
              <Button className="button" onPress={discard}>
                {t('discard')}
              </Button>
              <Button
                className="button button-accent"
                isDisabled={blocked !== null || !isEditing}
                aria-describedby={whyNot}
                onPress={() => void work.review()}
              >
                {t('review')}
              </Button>
            </div>
          )
        }
      />
      <EditNotices
        opened={opened}
        neighbours={neighbours}
        state={state}
        following={following}
        canMove={canMove}
        work={work}
      />
      <RecreateOffer
        opened={opened}
        work={work}
        problem={flow.kind === 'editing' ? flow.problem : null}
        begun={live?.recreation ?? null}
        changed={changed}
        shown={active && isEditing}
      />
      {converging.state !== null && (
        <ConvergeRegion
          state={converging.state}
          onEditAgain={() => (canMove ? void work.settle([]) : work.editor()?.view.focus())}
          onDismiss={converging.dismiss}
        />
      )}
      {flow.kind === 'asking' && (
        <Waiting text={t('asking')} late={t('askingLong')} cancel={t('cancel')} onCancel={work.back} />
      )}
      <div className="edit-body" hidden={flow.kind === 'review' || flow.kind === 'deciding'}>
        <EditSide work={work} opened={opened} shown={active && isEditing} yaml={!state.json.shown}>
          <EditorPane
            work={work}
            readOnly={opened.readOnly !== null || following || flow.kind === 'asking'}
            problems={problems}
            warnings={state.warned}
            others={state.others}
            onDecide={decide}
            describedBy={whyNot}
            focused={active && isEditing && !state.json.shown && comparing.pane === null}
            hidden={state.json.shown || comparing.pane !== null}
          />
          {comparing.pane}
          {state.json.shown && (
            <JsonPane
              work={work}
              readOnly={opened.readOnly !== null || following || flow.kind === 'asking'}
              describedBy={whyNot}
            />
          )}
          <ProblemsPanel
            // Conflicts have their table above the text.
            problems={inJson ? jsonProblems : problems.filter(({ problem }) => problem.code !== 'merge-conflict')}
            lineOf={problem =>
              inJson ? (problem.problem.range?.line ?? null) : lineOf(problem, work.editor()?.view.state.doc ?? null)
            }
            onGo={goTo}
          />
          {!inJson && <FoundPanel work={work} active={active && isEditing} />}
        </EditSide>
      </div>
      {flow.kind === 'deciding' && <ConflictView deciding={flow} made={state.made} active={active} work={work} />}
      {flow.kind === 'review' && (
        <ReviewView
          reviewing={flow}
          context={opened.context}
          active={active}
          canSubmit={canSubmit(flow)}
          reason={state.reason}
          onExport={exporting.open}
          whole={opened.ref.subresource === undefined}
          progress={live?.submitting ?? null}
          work={work}
        />
      )}
      <FragmentMerge opened={opened} work={work} shown={active && isEditing} />
      {comparing.dialogs}
      <DangerTools edit={opened.edit} work={work} shown={active && isEditing} />
      {exporting.dialog}
      <DiscardDialog
        open={discarding}
        kind={opened.ref.kind}
        name={opened.ref.name || t('generated')}
        onKeep={() => setDiscarding(false)}
        onDiscard={() => void work.discard()}
      />
    </section>
  )
}
