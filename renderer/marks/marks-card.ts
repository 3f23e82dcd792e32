import './marks.css'
import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { EditorView, showTooltip, type TooltipView } from '@codemirror/view'
import { type Mark, markPlace, marksAt } from './marks.ts'

const showMarks = StateEffect.define<number | null>()

/** The line whose marks are shown, by its beginning, until the person goes on. */
const shownLine = StateField.define<number | null>({
  create: () => null,
  update(shown, { docChanged, effects, selection }) {
    const asked = effects.find(effect => effect.is(showMarks))
    if (asked !== undefined) return asked.value
    return docChanged || selection !== undefined ? null : shown
  },
  provide: field =>
    showTooltip.from(field, shown =>
      shown === null ? null : { pos: shown, above: true, create: view => drawCard(view, shown) },
    ),
})

/** Lets `showMarksHere` show a card. */
export const marksCard: Extension = shownLine

/** Shows what is marked on the cursor's line and what can be done about it, with the focus there; says where nothing is. */
export function showMarksHere(view: EditorView): void {
  const place = view.state.facet(markPlace)
  if (place === null) return
  const line = view.state.doc.lineAt(view.state.selection.main.head)
  const isMarked = marksAt(view.state, line.from, place).length > 0
  view.focus()
  view.dispatch({
    effects: isMarked ? showMarks.of(line.from) : EditorView.announce.of(place.messages.t('marks:none')),
  })
}

function drawCard(view: EditorView, at: number): TooltipView {
  const place = view.state.facet(markPlace)
  const dom = document.createElement('div')
  dom.className = 'marks-card'
  dom.tabIndex = -1
  dom.setAttribute('role', 'dialog')
  const close = () => {
    view.dispatch({ effects: showMarks.of(null) })
    view.focus()
  }
  if (place !== null) {
    const { t } = place.messages
    dom.setAttribute('aria-label', t('marks:card', { line: view.state.doc.lineAt(at).number }))
    const list = document.createElement('ul')
    list.append(...marksAt(view.state, at, place).map(mark => drawMark(view, mark, close)))
    dom.append(list)
  }
  dom.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  })
  dom.addEventListener('focusout', ({ relatedTarget }) => {
    const isLeft = relatedTarget instanceof Node && !dom.contains(relatedTarget)
    if (isLeft && view.state.field(shownLine) === at) view.dispatch({ effects: showMarks.of(null) })
  })
  return { dom, mount: () => requestAnimationFrame(() => dom.focus()) }
}

function drawMark(view: EditorView, { kind, words, draw, acts }: Mark, close: () => void): HTMLElement {
  const item = document.createElement('li')
  item.dataset.kind = kind
  item.append(draw === null ? Object.assign(document.createElement('p'), { textContent: words }) : draw(view))
  for (const { name, run } of acts) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button button-small'
    button.textContent = name
    button.onclick = () => {
      close()
      run(view)
    }
    item.append(button)
  }
  return item
}
