import { type EditorState, StateEffect } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { AidPlace } from '../edit/aids.ts'
import { type Mark, marksAt, marksBetween, wordsOf } from './marks.ts'

/** Milliseconds that the cursor rests, or the text stays as it is, before anything is said of it. */
const restMs = 400

const described = StateEffect.define<null>()

/**
 * Lets a screen reader tell the marks that CodeMirror's gutters hide from it: those of a line are said once when the cursor
 * comes to rest there, whose it is only where that changes, and new findings of the cursor's line when they appear. Each
 * line on screen has its marks as its description, too. Nothing of it is done while somebody types.
 */
export function hearMarks(place: AidPlace) {
  return ViewPlugin.define(view => startHearing(view, place), { decorations: hearing => hearing.decorations() })
}

function startHearing(view: EditorView, place: AidPlace) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let decorations: DecorationSet = Decoration.none
  let descriptions = ''
  /** The beginning of the cursor's line, whether the cursor came there without typing, whether something was typed there since, and what was said of it. */
  let line = lineOfCursor(view.state)
  let arrived = false
  let typed = false
  let said: string[] = []
  let lastOwner = ''
  soon()

  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(look, restMs)
  }

  function look(): void {
    const effects = [...redescribed(), ...speak()]
    if (effects.length > 0) view.dispatch({ effects })
  }

  function redescribed(): readonly StateEffect<unknown>[] {
    const { from, to } = view.viewport
    const marks = [...marksBetween(view.state, from, to, place)].sort(([a], [b]) => a - b)
    const words = marks.map(([at, here]) => [at, wordsOf(here, place)] as const)
    const now = JSON.stringify(words)
    if (now === descriptions) return []
    descriptions = now
    decorations = Decoration.set(
      words.map(([at, text]) => Decoration.line({ attributes: { 'aria-description': text } }).range(at)),
    )
    return [described.of(null)]
  }

  function speak(): readonly StateEffect<unknown>[] {
    if (!view.hasFocus) return []
    const fresh = marksAt(view.state, line, place).filter(isNews)
    arrived = false
    if (fresh.length === 0) return []
    said.push(...fresh.map(({ words }) => words))
    lastOwner = fresh.find(({ kind }) => kind === 'owner')?.words ?? lastOwner
    return [EditorView.announce.of(wordsOf(fresh, place))]
  }

  /** Who types knows what is typed, but not what others find there. */
  function isNews({ kind, words }: Mark): boolean {
    if (said.some(text => text.includes(words))) return false
    if (kind === 'owner') return arrived && words !== lastOwner
    return kind === 'change' || kind === 'fold' ? arrived && !typed : true
  }

  function follow({ state, changes, docChanged }: ViewUpdate): void {
    const now = lineOfCursor(state)
    const before = docChanged ? state.doc.lineAt(changes.mapPos(line)).from : line
    line = now
    typed = docChanged
    if (now === before) return
    said = []
    arrived = !docChanged
  }

  return {
    decorations: () => decorations,
    update(update: ViewUpdate): void {
      const { docChanged, selectionSet, viewportChanged, transactions, changes } = update
      if (docChanged) {
        decorations = decorations.map(changes)
        descriptions = ''
      }
      if (docChanged || selectionSet) follow(update)
      const effects = transactions.flatMap(transaction => transaction.effects)
      for (const effect of effects) if (effect.is(EditorView.announce)) said.push(effect.value)
      const asks = effects.some(effect => !effect.is(described) && !effect.is(EditorView.announce))
      if (docChanged || selectionSet || viewportChanged || asks) soon()
    },
    destroy(): void {
      clearTimeout(timer)
    },
  }
}

function lineOfCursor({ doc, selection }: EditorState): number {
  return doc.lineAt(selection.main.head).from
}
