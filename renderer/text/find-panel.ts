import './find-panel.css'
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  search,
  selectMatches,
  setSearchQuery,
} from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { type EditorView, type Panel, runScopeHandlers, type ViewUpdate } from '@codemirror/view'
import { isInScope, searchScope, selectedScope, setSearchScope } from './find-scope.ts'
import { findMatches, type Matches, numberOf } from './match-count.ts'

/** Milliseconds after the last change of the text before matches are counted anew. */
const pause = 150

/** Find and replace in a panel above the text. */
export function findReplace(): Extension {
  return [searchScope, search({ top: true, createPanel: view => new FindPanel(view) })]
}

/** The panel. Its words are the editor's phrases. */
class FindPanel implements Panel {
  readonly dom = document.createElement('div')
  readonly top = true
  readonly #view: EditorView
  readonly #find = field('search')
  readonly #replace = field('replace')
  readonly #matchCase = toggle('Aa', () => this.#commit())
  readonly #wholeWord = toggle('ab', () => this.#commit())
  readonly #regexp = toggle('.*', () => this.#commit())
  readonly #inSelection = toggle('▤', () => this.#scope())
  readonly #count = document.createElement('output')
  /** Buttons with a sign, and those with words, by their phrases. */
  readonly #signs: readonly (readonly [HTMLButtonElement, string])[]
  readonly #worded: readonly (readonly [HTMLButtonElement, string])[]
  #matches: Matches | null = null
  #counting = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(view: EditorView) {
    this.#view = view
    const act = (command: (view: EditorView) => boolean) => () => void command(view)
    const [previous, next] = [button('↑', act(findPrevious)), button('↓', act(findNext))]
    const all = button('', act(selectMatches))
    const [one, every] = [button('', act(replaceNext)), button('', act(replaceAll))]
    const close = button('×', act(closeSearchPanel))
    close.className = 'find-close'
    for (const worded of [all, one, every]) worded.className = 'button button-small'
    this.#wholeWord.classList.add('find-whole-word')
    this.#worded = [
      [all, 'all'],
      [one, 'replace'],
      [every, 'replace all'],
    ]
    this.#signs = [
      [previous, 'previous'],
      [next, 'next'],
      [close, 'close'],
      [this.#matchCase, 'match case'],
      [this.#wholeWord, 'by word'],
      [this.#regexp, 'regexp'],
      [this.#inSelection, 'in selection'],
    ]
    this.dom.className = 'cm-search find-panel'
    const finding = row(
      box(this.#find, this.#matchCase, this.#wholeWord, this.#regexp, this.#inSelection),
      previous,
      next,
      all,
      this.#count,
    )
    const replacing = row(box(this.#replace), one, every)
    replacing.hidden = view.state.readOnly
    this.dom.append(finding, replacing, close)
    this.dom.onkeydown = event => this.#press(event)
    this.#find.setAttribute('main-field', 'true')
    for (const input of [this.#find, this.#replace]) input.oninput = () => this.#commit()
    this.#speak()
    this.#show(getSearchQuery(view.state))
  }

  mount(): void {
    this.#find.select()
  }

  update(update: ViewUpdate): void {
    for (const { effects } of update.transactions) {
      for (const effect of effects) if (effect.is(setSearchQuery)) this.#show(effect.value)
    }
    const { startState, state } = update
    if (startState.facet(EditorState.phrases) !== state.facet(EditorState.phrases)) this.#speak()
    if (startState.field(searchScope) !== state.field(searchScope)) {
      press(this.#inSelection, state.field(searchScope) !== null)
    }
    if (update.docChanged) this.#recount(pause)
    else if (update.selectionSet) this.#writeCount()
  }

  destroy(): void {
    clearTimeout(this.#timer)
    this.#counting.abort()
  }

  #commit(): void {
    const query = this.#query()
    if (!query.eq(getSearchQuery(this.#view.state))) this.#view.dispatch({ effects: setSearchQuery.of(query) })
  }

  #query(): SearchQuery {
    return new SearchQuery({
      search: this.#find.value,
      replace: this.#replace.value,
      caseSensitive: isPressed(this.#matchCase),
      wholeWord: isPressed(this.#wholeWord),
      regexp: isPressed(this.#regexp),
      test: inScope,
    })
  }

  /** Searches within what is selected, or in the whole text again. */
  #scope(): void {
    const { state } = this.#view
    const scope = isPressed(this.#inSelection) ? selectedScope(state) : null
    press(this.#inSelection, scope !== null)
    this.#view.dispatch({ effects: [setSearchScope.of(scope), setSearchQuery.of(this.#query())] })
  }

  #show(query: SearchQuery): void {
    if (this.#find.value !== query.search) this.#find.value = query.search
    if (this.#replace.value !== query.replace) this.#replace.value = query.replace
    press(this.#matchCase, query.caseSensitive)
    press(this.#wholeWord, query.wholeWord)
    press(this.#regexp, query.regexp)
    this.#find.setAttribute('aria-invalid', String(query.search !== '' && !query.valid))
    this.#recount(0)
  }

  #recount(delay: number): void {
    clearTimeout(this.#timer)
    this.#counting.abort()
    this.#counting = new AbortController()
    const { signal } = this.#counting
    this.#timer = setTimeout(async () => {
      const query = getSearchQuery(this.#view.state)
      const matches = query.valid ? await findMatches(query, this.#view.state, signal) : null
      if (signal.aborted) return
      this.#matches = matches
      this.#writeCount()
    }, delay)
  }

  #writeCount(): void {
    const { state } = this.#view
    this.#count.textContent = countWords(state, getSearchQuery(state), this.#matches)
    this.#count.toggleAttribute('data-none', this.#matches?.places.length === 0)
  }

  #speak(): void {
    const { state } = this.#view
    const name = (element: HTMLElement, phrase: string) => {
      element.setAttribute('aria-label', state.phrase(phrase))
      element.title = state.phrase(phrase)
    }
    for (const [element, phrase] of this.#signs) name(element, phrase)
    for (const [element, phrase] of this.#worded) element.textContent = state.phrase(phrase)
    name(this.#find, 'Find')
    name(this.#replace, 'Replace')
    this.#find.placeholder = state.phrase('Find')
    this.#replace.placeholder = state.phrase('Replace')
  }

  #press(event: KeyboardEvent): void {
    if (runScopeHandlers(this.#view, event, 'search-panel') || this.#act(event)) event.preventDefault()
  }

  /** Does what a key of the panel's own does; false where it is none. */
  #act({ key, shiftKey, altKey, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
    if (altKey && key === 'c') this.#matchCase.click()
    else if (altKey && key === 'r') this.#regexp.click()
    else if (key !== 'Enter') return false
    else if (target === this.#find && altKey) selectMatches(this.#view)
    else if (target === this.#find) (shiftKey ? findPrevious : findNext)(this.#view)
    else if (target === this.#replace) (ctrlKey || metaKey ? replaceAll : replaceNext)(this.#view)
    else return false
    return true
  }
}

// One function, so that queries of equal words are equal.
function inScope(_: string, state: EditorState, from: number, to: number): boolean {
  return isInScope(state, from, to)
}

function countWords(state: EditorState, query: SearchQuery, matches: Matches | null): string {
  if (query.search === '') return ''
  if (!query.valid) return state.phrase('not a regular expression')
  if (matches === null) return ''
  const { places, more } = matches
  if (places.length === 0) return state.phrase('no match')
  const number = numberOf(places, state.selection.main.from)
  const count = `${places.length}${more ? '+' : ''}`
  return number === null ? state.phrase('$ matches', count) : state.phrase('$1 of $2', number, count)
}

function field(name: string): HTMLInputElement {
  const input = document.createElement('input')
  input.name = name
  input.spellcheck = false
  input.autocomplete = 'off'
  return input
}

function button(text: string, run: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = text
  made.onclick = run
  return made
}

/** A toggle shows a sign, which is no part of its name. */
function toggle(sign: string, run: () => void): HTMLButtonElement {
  const made = button('', () => {
    press(made, !isPressed(made))
    run()
  })
  made.dataset.sign = sign
  press(made, false)
  return made
}

function press(element: HTMLElement, on: boolean): void {
  element.setAttribute('aria-pressed', String(on))
}

function isPressed(element: HTMLElement): boolean {
  return element.getAttribute('aria-pressed') === 'true'
}

function row(...parts: readonly HTMLElement[]): HTMLElement {
  return part('find-row', parts)
}

function box(...parts: readonly HTMLElement[]): HTMLElement {
  return part('find-box', parts)
}

function part(name: string, parts: readonly HTMLElement[]): HTMLElement {
  const made = document.createElement('div')
  made.className = name
  made.append(...parts)
  return made
}
