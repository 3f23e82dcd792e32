import './quick.css'
import { type ReactNode, useState } from 'react'
import { Button, Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { QuickAsk, QuickObject, UnfinishedRun } from '../../contract/quick.ts'
import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { EnvForm } from './env-form.tsx'
import { editOf, type FormProps, fittingForms, type QuickForm } from './forms.ts'
import { ImageForm } from './image-form.tsx'
import { NamesForm } from './names-form.tsx'
import { QuickItems } from './quick-items.tsx'
import { ForMany, isSending } from './quick-many.tsx'
import { RollbackForm } from './rollback-form.tsx'
import { RestartForm, ScaleForm, SwitchForm } from './switch-forms.tsx'
import { TaintForm } from './taint-form.tsx'
import { type AskedQuick, useQuick } from './use-quick.ts'
import { useQuickRun } from './use-quick-run.ts'

/** Changes one or several objects by a few words. Null shows nothing. */
export function QuickDialog({ asked, onClose }: { readonly asked: AskedQuick | null; readonly onClose: () => void }) {
  const { t } = useTranslation('quick')
  const objects = asked?.objects ?? []
  const [only] = objects
  const what = t(`titles.${asked?.form ?? 'any'}`)
  const title =
    objects.length === 1 ? t('titleOne', { what, name: only?.name }) : t('title', { what, count: objects.length })
  return (
    <PanelDialog title={title} open={asked !== null} onClose={onClose}>
      {asked?.goesOn && <QuickRest objects={objects} goesOn={asked.goesOn} onClose={onClose} />}
      {asked?.goesOn === null && <QuickChange objects={objects} form={asked.form} onClose={onClose} />}
    </PanelDialog>
  )
}

/** What was cut off goes on as it was asked for, checked anew. */
function QuickRest({
  objects,
  goesOn,
  onClose,
}: {
  readonly objects: readonly QuickObject[]
  readonly goesOn: UnfinishedRun
  readonly onClose: () => void
}) {
  const { t } = useTranslation('quick')
  const run = useQuickRun(objects, goesOn)
  const { state } = run
  if (state === null) return <p role="status">{t('reading', { count: objects.length })}</p>
  return <ForMany run={run} state={state} ask={goesOn.ask} given={goesOn.reason ?? ''} onClose={onClose} />
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
