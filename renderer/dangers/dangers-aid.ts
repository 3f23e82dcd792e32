import './dangers.css'
import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { type DangerId, dangerIds, type Severity } from '../../core/dangers/danger.ts'
import { type KeptField, keptFields } from '../../core/dangers/kept-fields.ts'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { type Aid, type AidPlace, settingsFollowed } from '../edit/aids.ts'
import { findings, putFindings } from '../edit/findings.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { followSchema } from '../schema/edit-schema.ts'
import { type DangerMark, everyHiddenCharacter } from './danger-marks.ts'
import type { DangerFix, FoundDanger } from './danger-tasks.ts'
import { dangerTitle, dangerWords } from './danger-words.ts'

/** Milliseconds without a key before the text is looked at; and for texts that take long. */
const pauseMs = 200
const longPauseMs = 600
const longText = 64 * 1024

/** Marks what may go wrong by what was typed: after a pause, and only what the change newly causes. */
export const dangers: Aid = {
  wanted: settings => dangerIds.some(id => !settings.dangersOff.includes(id)),
  extension: place => ViewPlugin.define(view => startLooking(view, place)),
}

function startLooking(view: EditorView, place: AidPlace) {
  let ended = false
  let turn = 0
  let found: readonly FoundDanger[] = []
  /** The text that was looked at. */
  let seen = view.state.doc
  let drawn: { readonly doc: Text; readonly shown: readonly FoundDanger[] } = { doc: view.state.doc, shown: [] }
  let everyHidden = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let ground = groundOf(place)
  const unsubscribe = place.subscribe(follow)
  const { group } = place.opened.ref
  const isCustom = group.includes('.') && !group.endsWith('.k8s.io')
  const schema = isCustom ? followSchema(place.client, place.opened.edit, soon) : null
  let kept: { readonly of: FieldSchema; readonly fields: readonly KeptField[] } | null = null
  soon()

  function follow(): void {
    const now = groundOf(place)
    if (now.some((part, index) => part !== ground[index])) soon()
  }

  function soon(): void {
    turn += 1
    ground = groundOf(place)
    clearTimeout(timer)
    timer = setTimeout(() => void look(), view.state.doc.length > longText ? longPauseMs : pauseMs)
  }

  /** The fields that rules of the definition keep as they are. */
  function keptNow(): readonly KeptField[] {
    const known = schema?.current()
    if (known?.kind !== 'known') return []
    if (kept?.of !== known.root) kept = { of: known.root, fields: keptFields(known.root) }
    return kept.fields
  }

  async function look(): Promise<void> {
    const asked = turn
    const off = place.settings().dangersOff
    const task = { kind: 'dangers', ...textGround(place), off, kept: keptNow(), everyHidden } as const
    const answer = await doTextTask(task)
    // A text that cannot be read keeps what was found, where it now stands.
    if (ended || asked !== turn || answer === null) return
    found = answer
    seen = view.state.doc
    draw()
  }

  function draw(): void {
    const said = (view.state.field(findings).get('dry-run') ?? []).filter(({ severity }) => severity === 'error')
    const lineAt = (offset: number) => view.state.doc.lineAt(Math.min(offset, view.state.doc.length)).number
    const refusedLines = new Set(said.map(({ from }) => lineAt(from)))
    // The server's own word is better than what is known of it.
    const shown = found.filter(({ severity, from }) => severity !== 'refused' || !refusedLines.has(lineAt(from)))
    const isDrawn = drawn.doc === view.state.doc && JSON.stringify(shown) === JSON.stringify(drawn.shown)
    if (isDrawn) return
    drawn = { doc: view.state.doc, shown }
    putFindings(view, 'dangers', shown.map(markOf))
  }

  function markOf(danger: FoundDanger): DangerMark {
    const { id, severity, facts, from, to, fix } = danger
    const { messages } = place
    const apply = fix === null ? null : () => void applyFix(fix)
    const off = () => turnOff(place, id)
    const actions = [
      ...(apply === null || fix === null ? [] : [{ name: messages.t(`danger:fix.${fix.kind}`), apply }]),
      { name: messages.t('danger:turnOff'), apply: off },
    ]
    const source = dangerTitle(messages, id)
    return {
      from,
      to,
      severity: lintSeverity[severity],
      source,
      message: dangerWords(messages, id, facts),
      actions,
      fix: apply,
      turnOff: off,
    }
  }

  /** Does what helps, as one step that undo takes back. */
  async function applyFix(fix: DangerFix): Promise<void> {
    const { doc } = view.state
    // Places are of the text that was looked at.
    if (view.state.readOnly || (fix.kind === 'change' && doc !== seen)) return
    const task = { kind: 'takeBack', ...textGround(place) } as const
    const changes = fix.kind === 'change' ? fix.changes : await doTextTask({ ...task, path: fix.path })
    if (changes === null || doc !== view.state.doc) return
    view.dispatch({ changes: [...changes], userEvent: 'input.fix' })
    view.focus()
  }

  return {
    update(update: ViewUpdate): void {
      if (update.docChanged) {
        // Findings move by themselves until the next look.
        soon()
        return
      }
      const effects = update.transactions.flatMap(transaction => transaction.effects)
      if (effects.some(effect => effect.is(settingsFollowed))) follow()
      if (effects.some(effect => effect.is(everyHiddenCharacter))) {
        everyHidden = true
        soon()
      }
      const before = update.startState.field(findings).get('dry-run')
      if (before !== update.state.field(findings).get('dry-run') && found.length > 0)
        queueMicrotask(() => ended || draw())
    },
    destroy(): void {
      ended = true
      unsubscribe()
      schema?.stop()
      clearTimeout(timer)
      queueMicrotask(() => putFindings(view, 'dangers', []))
    },
  }
}

/** An error is only what the server refuses: nothing else keeps from a review. */
const lintSeverity: Readonly<Record<Severity, Diagnostic['severity']>> = {
  refused: 'error',
  serious: 'warning',
  warning: 'warning',
  note: 'info',
}

/** What a look depends on beside the text and the settings. */
function groundOf(place: AidPlace): readonly unknown[] {
  const { base, applied } = place.state()
  return [base, applied, place.settings().dangersOff.join()]
}

/** What the text is compared with. */
function textGround(place: AidPlace) {
  const { base, applied } = place.state()
  return { base, applied, text: place.text().toString(), schema: place.opened.schema }
}

/** Tells of this sort of danger no more, in any edit. */
function turnOff(place: AidPlace, id: DangerId): void {
  void place.client.app.saveSettings({ dangersOff: [...place.settings().dangersOff, id] })
}
