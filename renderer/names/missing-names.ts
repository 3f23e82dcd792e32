import type { Diagnostic } from '@codemirror/lint'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { answer } from '../app/client.ts'
import type { AidPlace } from '../edit/aids.ts'
import { findings, putFindings } from '../edit/findings.ts'
import type { NamedPlace } from '../edit/named-places.ts'
import { doTextTask } from '../edit/text-worker.ts'
import { nearest } from '../schema/nearest.ts'

/** Milliseconds from the last key to the question. */
const pauseMs = 1_200

/** While something is missing: somebody may be about to create it. */
const againMs = 20_000

/** Says quietly which of the objects that a text names are not there, as far as the person may list them. */
export function missingNames(place: AidPlace) {
  return ViewPlugin.define(view => startLooking(view, place))
}

function startLooking(view: EditorView, place: AidPlace) {
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = new AbortController()
  look(pauseMs)

  function look(milliseconds: number): void {
    asking.abort()
    asking = new AbortController()
    clearTimeout(timer)
    const { signal } = asking
    timer = setTimeout(() => {
      lookNow(signal).catch(error => {
        if (!signal.aborted) throw error
      })
    }, milliseconds)
  }

  async function lookNow(signal: AbortSignal): Promise<void> {
    if (ended || place.ended()) return
    const { edit, ref } = place.opened
    const text = place.text().toString()
    const names = await doTextTask({ kind: 'names', text })
    if (signal.aborted || names.length === 0) return tell([])
    const objects = names.map(({ group, kind, namespace, name }) => ({ group, kind, namespace, name }))
    const missing = await answer(place.client.names.missing({ edit, objects }, { signal }))
    if (signal.aborted || ended || !missing.ok) return
    const absent = names.filter((_, index) => missing.value[index] === true)
    const found = await Promise.all(
      absent.map(async named => finding(named, await meant(named, signal), ref.namespace)),
    )
    if (signal.aborted) return
    tell(found)
    if (absent.length > 0) look(againMs)
  }

  /** The names that it may have been meant to be. */
  async function meant({ group, kind, namespace, name }: NamedPlace, signal: AbortSignal): Promise<readonly string[]> {
    const there = await answer(place.client.names.list({ edit: place.opened.edit, group, kind, namespace }, { signal }))
    return there.ok ? nearest(name, there.value.names) : []
  }

  function finding(named: NamedPlace, others: readonly string[], own: string | null): Diagnostic {
    const { from, to, kind, name, namespace } = named
    const { t } = place.messages
    const facts = { kind, name, namespace: namespace ?? own ?? '' }
    const message = t(facts.namespace === '' ? 'names:missing' : 'names:missingIn', facts)
    const actions = others.map(other => ({
      name: t('names:meant', { name: other }),
      apply: (target: EditorView, start: number, end: number) =>
        target.dispatch({ changes: { from: start, to: end, insert: other }, userEvent: 'input.fix' }),
    }))
    return { from, to, severity: 'warning', message, actions }
  }

  function tell(found: readonly Diagnostic[]): void {
    const before = view.state.field(findings).get('names') ?? []
    if (!ended && before.length + found.length > 0) putFindings(view, 'names', found)
  }

  return {
    update({ docChanged }: ViewUpdate): void {
      if (docChanged) look(pauseMs)
    },
    destroy(): void {
      ended = true
      asking.abort()
      clearTimeout(timer)
      queueMicrotask(() => putFindings(view, 'names', []))
    },
  }
}
