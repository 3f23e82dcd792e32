import './create.css'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button, FileTrigger } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { CopiedObject, CreateState, KeptCreation } from '../../contract/create.ts'
import { readManifest } from '../../core/manifest.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useCommands } from '../app/commands.ts'
import { type NewAddress, usePlace, useRouter } from '../app/router.ts'
import { editAddress } from '../app/tabs.ts'
import { useApp, useClient } from '../app/use-host.ts'
import { placeScope, scopeContexts } from '../browse/scope.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { CellDetail } from './cell-detail.tsx'
import { CopyNotes } from './copy-notes.tsx'
import { CreateEditor, type CreateEditorHandle } from './create-editor.tsx'
import { type CellPlace, CreateTable } from './create-table.tsx'
import { KindStarter } from './kind-starter.tsx'
import { PlacesPicker } from './places-picker.tsx'
import { SendForm } from './send-form.tsx'
import { problemsOf, useCreation } from './use-creation.ts'
import { useKeeping, useKeptCreation } from './use-kept.ts'

/** As much as the contract takes, in bytes. */
const largestFile = 16_000_000

/** The page on which objects are made: a text of one or several, for one or several contexts. */
export function CreatePage({ address }: { readonly address: NewAddress }) {
  const kept = useKeptCreation()
  return kept === 'unknown' ? null : <Page address={address} kept={kept} />
}

/** What was put into the text that the person did not type. */
type Began =
  | { readonly kind: 'copy'; readonly name: string; readonly copied: CopiedObject }
  | { readonly kind: 'noSchema'; readonly of: string }
  | { readonly kind: 'failed'; readonly problem: Problem }

function Page({ address, kept }: { readonly address: NewAddress; readonly kept: KeptCreation | null }) {
  const { t } = useTranslation('create')
  const router = useRouter()
  const client = useClient()
  const app = useApp()
  const scope = placeScope(usePlace())
  const editor = useRef<CreateEditorHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [text, setText] = useState(kept?.text ?? '')
  const [contexts, setContexts] = useState<readonly string[]>(() => firstContexts())
  const [namespace, setNamespace] = useState(kept?.places[0]?.namespace ?? '')
  const [began, setBegan] = useState<Began | null>(null)
  const [chosen, setChosen] = useState<CellPlace | null>(null)
  const creation = useCreation()
  const places = contexts.map(context => ({ context, namespace: namespace.trim() || null }))
  const unkept = useKeeping({ text, places })
  const { checked } = creation
  const isStale =
    checked !== null && (checked.asked.text !== text || JSON.stringify(checked.asked.places) !== JSON.stringify(places))
  const state = checked?.state ?? null
  const busy = state?.phase === 'sending' || state?.phase === 'stopping'
  const close = () => router.showNew(null)
  const check = () => {
    if (text.trim() === '' || places.length === 0 || busy) return
    setChosen(null)
    creation.check(text, places)
  }

  function firstContexts(): readonly string[] {
    const known = (name: string) => app.contexts.some(context => context.name === name)
    const { from } = address
    if (from !== null) return [from.kind === 'copy' ? from.object.context : from.of.context].filter(known)
    const before = (kept?.places ?? []).map(({ context }) => context).filter(known)
    if (before.length > 0 && (kept?.text ?? '') !== '') return before
    const here = scopeContexts(scope, app.contexts).map(({ name }) => name)
    return here.length === 1 ? here : [app.currentContext ?? app.contexts[0]?.name ?? ''].filter(known)
  }

  const begin = useEffectEvent(async (owners: boolean) => {
    const { from } = address
    if (from === null) return
    if (from.kind === 'copy') {
      const { object } = from
      const copied = await answer(client.create.copy({ object: { ...object, subresource: null }, owners }))
      if (!copied.ok) return setBegan({ kind: 'failed', problem: copied.problem })
      editor.current?.replace(copied.value.text)
      return setBegan({ kind: 'copy', name: object.name, copied: copied.value })
    }
    const made = await answer(client.create.skeleton(from.of))
    if (!made.ok) return setBegan({ kind: 'failed', problem: made.problem })
    editor.current?.replace(made.value.text)
    setBegan(made.value.schema ? null : { kind: 'noSchema', of: made.value.kind })
  })
  const from = JSON.stringify(address.from)
  // `from` is what `begin` reads, by value.
  useEffect(() => void begin(false), [from])

  async function readFile(file: File | undefined): Promise<void> {
    if (file === undefined || file.size > largestFile) return
    editor.current?.replace(await file.text())
  }
  async function againstLive({ document, place }: CellPlace): Promise<void> {
    if (checked === null) return
    const own = readManifest(checked.asked.text)[document]
    const where = checked.asked.places[place]
    if (own === undefined || where === undefined) return
    const opened = await answer(client.manifest.open({ ...where, text: own.text }))
    if (!opened.ok) setBegan({ kind: 'failed', problem: opened.problem })
    else if (opened.value.kind === 'opened') router.showEdit(editAddress(opened.value.opened))
  }

  useCommands([
    {
      id: 'create.check',
      label: t('commands.check'),
      group: t('title'),
      enabled: !busy,
      run: check,
      keys: ['Mod+Enter'],
    },
    { id: 'create.close', label: t('commands.close'), group: t('title'), enabled: true, run: close, keys: [] },
  ])

  return (
    <section className="create" aria-label={t('title')}>
      <header className="create-bar">
        <h2>{t('title')}</h2>
        <KindStarter context={contexts[0] ?? null} namespace={namespace.trim() || null} />
        <FileTrigger acceptedFileTypes={['.yaml', '.yml', '.json']} onSelect={files => void readFile(files?.[0])}>
          <Button className="button">{t('file')}</Button>
        </FileTrigger>
        {unkept !== null && <span className="create-unkept">{t('kept')}</span>}
        <IconButton icon="close" label={t('close')} onPress={close} />
      </header>
      {began?.kind === 'copy' && (
        <CopyNotes name={began.name} copied={began.copied} onOwners={owners => void begin(owners)} />
      )}
      {began?.kind === 'noSchema' && <p className="create-note">{t('noSchema', { kind: began.of })}</p>}
      {began?.kind === 'failed' && (
        <div role="alert" className="create-problem">
          <ProblemText problem={began.problem} />
        </div>
      )}
      <CreateEditor ref={editor} text={text} problems={useShownProblems(state, isStale)} onText={setText} />
      <div className="create-tools">
        <PlacesPicker contexts={contexts} namespace={namespace} onContexts={setContexts} onNamespace={setNamespace} />
        <Button
          className={state === null || isStale ? 'button button-accent' : 'button'}
          isDisabled={text.trim() === '' || contexts.length === 0 || busy || creation.isChecking}
          onPress={check}
        >
          {t(creation.isChecking ? 'checking' : 'check')}
        </Button>
      </div>
      <div className="create-results" ref={scroller}>
        {state === null && <p className="create-hint">{t(text.trim() === '' ? 'none' : 'checkHint')}</p>}
        {state?.problem && (
          <div role="alert" className="create-problem">
            <ProblemText problem={state.problem} />
          </div>
        )}
        {state !== null && checked !== null && state.problem === null && (
          <>
            {isStale && <p className="create-note">{t('changed')}</p>}
            <CreateTable state={state} chosen={chosen} onChoose={setChosen} />
            <SendForm creation={creation} state={state} disabled={isStale} />
            {chosen !== null && (
              <CellDetail
                run={checked.asked.run}
                state={state}
                cell={chosen}
                scroller={scroller}
                onGoTo={offset => editor.current?.goTo(offset)}
                onAgainstLive={cell => void againstLive(cell)}
                onClose={() => setChosen(null)}
              />
            )}
          </>
        )}
      </div>
    </section>
  )
}

const noProblems: readonly Problem[] = []

/** The problems on the text's lines: those of a check, for as long as they are of this text. */
function useShownProblems(state: CreateState | null, isStale: boolean): readonly Problem[] {
  const key = state === null || isStale ? '' : JSON.stringify(problemsOf(state))
  const [shown, setShown] = useState<{ readonly key: string; readonly problems: readonly Problem[] }>({
    key: '',
    problems: noProblems,
  })
  if (shown.key !== key) setShown({ key, problems: key === '' || state === null ? noProblems : problemsOf(state) })
  return shown.problems
}
