import './quick.css'
import { type ReactNode, useState } from 'react'
import { Button, Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { QuickAsk, QuickObject, QuickState } from '../../contract/quick.ts'
import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import { useApp } from '../app/use-host.ts'
import { Confirmations, useConfirmations } from '../guards/confirmations.tsx'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { ReasonInput } from '../parts/reason-input.tsx'
import { EnvForm } from './env-form.tsx'
import { editOf, type FormProps, fittingForms, type QuickForm, restartNow } from './forms.ts'
import { ImageForm } from './image-form.tsx'
import { NamesForm } from './names-form.tsx'
import { QuickItems } from './quick-items.tsx'
import { RollbackForm } from './rollback-form.tsx'
import { RestartForm, ScaleForm, SwitchForm } from './switch-forms.tsx'
import { TaintForm } from './taint-form.tsx'
import { useQuick } from './use-quick.ts'
import { type QuickRun, useQuickRun } from './use-quick-run.ts'

/** Changes one or several objects by a few words. Null shows nothing. */
export function QuickDialog({
  asked,
  onClose,
}: {
  readonly asked: { readonly objects: readonly QuickObject[]; readonly form: QuickForm | null } | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('quick')
  const objects = asked?.objects ?? []
  const [only] = objects
  const what = t(`titles.${asked?.form ?? 'any'}`)
  const title =
    objects.length === 1 ? t('titleOne', { what, name: only?.name }) : t('title', { what, count: objects.length })
  return (
    <PanelDialog title={title} open={asked !== null} onClose={onClose}>
      {asked !== null && <QuickChange objects={objects} form={asked.form} onClose={onClose} />}
    </PanelDialog>
  )
}

function QuickChange({
  objects,
  form: given,
  onClose,
}: {
  readonly objects: readonly QuickObject[]
  readonly form: QuickForm | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('quick')
  const run = useQuickRun(objects, null)
  const [chosen, setChosen] = useState(given)
  const [ask, setAsk] = useState<QuickAsk | null>(null)
  const [restored, setRestored] = useState<QuickEdit | null>(null)
  const { state } = run
  const [only] = objects
  if (state === null || state.totals === null) {
    return <p role="status">{t('reading', { count: objects.length })}</p>
  }
  const { totals } = state
  const forms = fittingForms(totals)
  const form = chosen ?? forms[0] ?? null
  if (totals.objects === 0 || form === null) return <QuickItems items={state.items} />
  const single = objects.length === 1 ? (only ?? null) : null
  const choose = (next: QuickForm) => {
    setChosen(next)
    setAsk(null)
    setRestored(null)
  }
  const fields = (
    <>
      {given === null && !run.sent && <FormChoice forms={forms} form={form} onChoose={choose} />}
      {!run.sent && (
        <fieldset key={form} className="quick-form" disabled={isSending(state)} aria-label={t(`titles.${form}`)}>
          {form === 'rollback' ? (
            <RollbackForm totals={totals} onAsk={setAsk} single={single} onRestored={setRestored} />
          ) : (
            <Form form={form} totals={totals} onAsk={setAsk} />
          )}
        </fieldset>
      )}
    </>
  )
  return single !== null ? (
    <ForOne target={single} edit={restored ?? (ask && editOf(ask))} onClose={onClose}>
      {fields}
    </ForOne>
  ) : (
    <ForMany run={run} state={state} ask={ask} onClose={onClose}>
      {fields}
    </ForMany>
  )
}

function Form({ form, ...props }: FormProps & { readonly form: Exclude<QuickForm, 'rollback'> }) {
  switch (form) {
    case 'image':
      return <ImageForm {...props} />
    case 'env':
      return <EnvForm {...props} />
    case 'scale':
      return <ScaleForm {...props} />
    case 'restart':
      return <RestartForm {...props} />
    case 'label':
    case 'annotate':
      return <NamesForm {...props} kind={form} />
    case 'taint':
      return <TaintForm {...props} />
    default:
      return <SwitchForm {...props} kind={form} />
  }
}

function FormChoice({
  forms,
  form,
  onChoose,
}: {
  readonly forms: readonly QuickForm[]
  readonly form: QuickForm
  readonly onChoose: (form: QuickForm) => void
}) {
  const { t } = useTranslation('quick')
  const choose = (value: string) => {
    const next = forms.find(one => one === value)
    if (next !== undefined) onChoose(next)
  }
  return (
    <RadioGroup className="quick-choice" value={form} onChange={choose} orientation="horizontal">
      <Label className="visually-hidden">{t('choose')}</Label>
      {forms.map(one => (
        <Radio key={one} value={one} className="quick-chip">
          {t(`titles.${one}`)}
        </Radio>
      ))}
    </RadioGroup>
  )
}

/** One object's change goes into its edit, where it is reviewed as any other. */
function ForOne({
  target: { uid: _, ...target },
  edit,
  onClose,
  children,
}: {
  readonly target: QuickObject
  readonly edit: QuickEdit | null
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation('quick')
  const { apply } = useQuick()
  const review = () => {
    if (edit === null) return
    onClose()
    apply(target, edit)
  }
  return (
    <form
      className="quick"
      onSubmit={event => {
        event.preventDefault()
        review()
      }}
    >
      {children}
      <div className="dialog-buttons">
        <p className="quick-summary">{t('oneNote')}</p>
        <Button className="button" onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" className="button button-accent" isDisabled={edit === null}>
          {t('review')}
        </Button>
      </div>
    </form>
  )
}

/** Many are checked, shown each with what would become of it, and sent together. */
function ForMany({
  run,
  state,
  ask,
  onClose,
  children,
}: {
  readonly run: QuickRun
  readonly state: QuickState
  readonly ask: QuickAsk | null
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation('quick')
  const { contexts } = useApp()
  const [reason, setReason] = useState('')
  const [acknowledged, setAcknowledged] = useState(false)
  const sending = isSending(state)
  const isChecked = run.sent || (ask !== null && JSON.stringify(ask) === JSON.stringify(state.ask))
  const odd = state.items.filter(({ state, fates }) => state.kind === 'ready' && fates.length > 0)
  const able = state.items.filter(
    ({ state, fates }) => (state.kind === 'ready' || state.kind === 'failed') && (acknowledged || fates.length === 0),
  )
  const confirmations = useConfirmations([...new Set(able.map(({ object }) => object.context))], contexts)
  const canSend = isChecked && state.phase === 'checked' && able.length > 0 && confirmations.given
  const act = () => {
    if (canSend) void run.send({ confirmations: confirmations.typed, acknowledged, reason: reason.trim() || null })
    else if (!isChecked && ask !== null) run.check(ask.kind === 'restart' ? restartNow() : ask)
  }
  return (
    <form
      className="quick"
      onSubmit={event => {
        event.preventDefault()
        act()
      }}
    >
      {children}
      {state.ask !== null && <QuickItems items={state.items} stale={!isChecked} />}
      {isChecked && !sending && odd.length > 0 && (
        <label className="quick-check">
          <input type="checkbox" checked={acknowledged} onChange={event => setAcknowledged(event.target.checked)} />
          {t('acknowledge', { count: odd.length })}
        </label>
      )}
      {isChecked && !sending && able.length > 0 && (
        <>
          <Confirmations confirmations={confirmations} onSubmit={act} />
          <ReasonInput label={t('reason')} value={reason} onChange={setReason} />
        </>
      )}
      {run.problem !== null && <ProblemText problem={run.problem} />}
      <div className="dialog-buttons">
        <p className="quick-summary" role="status">
          {run.lost ? t('lost') : summaryOf(state, isChecked, t)}
        </p>
        {sending ? (
          <Button className="button" isDisabled={state.phase === 'stopping'} onPress={run.stop}>
            {t(state.phase === 'stopping' ? 'stopping' : 'stop')}
          </Button>
        ) : (
          <Button className="button" onPress={onClose}>
            {t(run.sent ? 'close' : 'cancel')}
          </Button>
        )}
        {!sending && !isChecked && (
          <Button type="submit" className="button button-accent" isDisabled={ask === null}>
            {t('check', { count: state.items.length })}
          </Button>
        )}
        {!sending && isChecked && (!run.sent || able.length > 0) && (
          <Button type="submit" className="button button-accent" isDisabled={!canSend}>
            {t(run.sent ? 'retry' : 'submit', { count: able.length })}
          </Button>
        )}
      </div>
    </form>
  )
}

function isSending({ phase }: QuickState): boolean {
  return phase === 'sending' || phase === 'stopping'
}

type Words = ReturnType<typeof useTranslation<'quick'>>['t']

function summaryOf({ items, phase, ask }: QuickState, isChecked: boolean, t: Words): string {
  if (ask === null || !isChecked) return ''
  const counts = (
    [
      ['reading', 'checking'],
      ['ready'],
      ['queued', 'sending', 'preparing', 'settling', 'waiting'],
      ['saved'],
      ['unchanged'],
      ['unfit', 'refused'],
      ['failed'],
      ['unknown'],
    ] as const
  ).map(kinds => [kinds[0], items.filter(({ state }) => kinds.some(kind => kind === state.kind)).length] as const)
  const parts = counts.flatMap(([kind, count]) => (count === 0 ? [] : [t(`counts.${kind}`, { count })]))
  return [...(phase === 'stopping' ? [t('stopping')] : []), ...parts].join(' · ')
}
