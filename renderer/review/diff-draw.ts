import { type Diff2HtmlConfig, html } from 'diff2html'
import { type DiffFile, type DiffLine, LineType } from 'diff2html/lib/types'
import type { Layer } from '../../contract/review.ts'
import type { Diff, Layers, Slice, Stretch } from './diff-model.ts'
import type { Reveals } from './reveals.ts'

/** How a diff is drawn, and the words that stand in it. */
export type DiffLook = {
  readonly split: boolean
  readonly caption: string
  readonly heads: { readonly line: string; readonly before: string; readonly after: string; readonly layer: string }
  readonly layerNames: { readonly [L in Layer]: string }
  readonly signs: { readonly removed: string; readonly added: string }
}

// diff2html pairs the lines of a change and marks the words that differ; its own matching takes seconds on bad blocks.
const settings: Diff2HtmlConfig = {
  drawFileList: false,
  matching: 'none',
  diffStyle: 'word',
  maxLineLengthHighlight: 1000,
  renderNothingWhenEmpty: false,
}

/** A slice as one table: diff2html's lines in rows of ours, with the layer of each line. */
export function drawSlice(
  diff: Diff,
  slice: Slice,
  layers: Layers,
  look: DiffLook,
  reveals: Reveals | null,
): HTMLTableElement {
  const file = fileOf(diff, slice.stretches)
  const drawn = parse(html([file], { ...settings, outputFormat: look.split ? 'side-by-side' : 'line-by-line' }))
  const table = document.createElement('table')
  table.className = look.split ? 'diff split' : 'diff unified'
  table.append(caption(look.caption), head(look))
  const body = table.createTBody()
  const bodies = [...drawn.querySelectorAll('tbody')]
  const sides = bodies.map(side => [...side.rows].map(lineOf).filter(line => line !== null))
  const [left = [], right = left] = sides
  let former: Layer | null = null
  for (const [index, line] of left.entries()) {
    const other = look.split ? (right[index] ?? null) : line
    const layer = layerOf(line.before, other?.after ?? null, layers)
    const row = look.split ? splitRow(line, other, reveals) : unifiedRow(line, look, reveals)
    if (layer !== null) row.dataset.layer = layer
    row.append(layerCell(layer, layer === former, look))
    former = layer
    body.append(row)
  }
  return table
}

/** diff2html's lines carry their sign as the first character. */
function fileOf({ before, after }: Diff, stretches: readonly Stretch[]): DiffFile {
  const lines: DiffLine[] = []
  for (const { same, beforeFrom, beforeTo, afterFrom, afterTo } of stretches) {
    for (let line = beforeFrom; line < beforeTo; line += 1) {
      if (same) {
        const newNumber = afterFrom + line - beforeFrom + 1
        lines.push({ type: LineType.CONTEXT, oldNumber: line + 1, newNumber, content: ` ${before[line] ?? ''}` })
      } else
        lines.push({
          type: LineType.DELETE,
          oldNumber: line + 1,
          newNumber: undefined,
          content: `-${before[line] ?? ''}`,
        })
    }
    if (same) continue
    for (let line = afterFrom; line < afterTo; line += 1) {
      lines.push({ type: LineType.INSERT, oldNumber: undefined, newNumber: line + 1, content: `+${after[line] ?? ''}` })
    }
  }
  const [first] = stretches
  const block = { oldStartLine: first?.beforeFrom ?? 0, newStartLine: first?.afterFrom ?? 0, header: '', lines }
  const counts = { addedLines: 0, deletedLines: 0, isCombined: false, isGitDiff: false }
  return { ...counts, oldName: 'yaml', newName: 'yaml', language: 'yaml', blocks: [block] }
}

function parse(markup: string): DocumentFragment {
  const template = document.createElement('template')
  // diff2html escapes all content; the only raw part is the header of a block that is too big, which we never give.
  template.innerHTML = markup
  return template.content
}

type DrawnLine = {
  readonly kind: 'same' | 'removed' | 'added' | 'empty'
  readonly before: number | null
  readonly after: number | null
  readonly content: Element | null
}

/** What diff2html says in a row; null for its block headers. */
function lineOf(row: HTMLTableRowElement): DrawnLine | null {
  const [numbers, code] = row.cells
  if (numbers === undefined || code === undefined || numbers.classList.contains('d2h-info')) return null
  const kind = kindOf(numbers)
  const content = code.querySelector('.d2h-code-line-ctn')
  const unified = numbers.querySelector('.line-num1') !== null
  const own = numberIn(numbers)
  if (!unified) return { kind, before: kind === 'added' ? null : own, after: kind === 'removed' ? null : own, content }
  return {
    kind,
    before: numberIn(numbers.querySelector('.line-num1')),
    after: numberIn(numbers.querySelector('.line-num2')),
    content,
  }
}

function kindOf(cell: Element): DrawnLine['kind'] {
  if (cell.classList.contains('d2h-ins')) return 'added'
  if (cell.classList.contains('d2h-del')) return 'removed'
  return cell.classList.contains('d2h-code-side-emptyplaceholder') ? 'empty' : 'same'
}

function numberIn(element: Element | null): number | null {
  const text = element?.textContent?.trim() ?? ''
  return text === '' ? null : Number(text)
}

function unifiedRow(line: DrawnLine, look: DiffLook, reveals: Reveals | null): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.dataset.kind = line.kind
  row.append(numberCell(line.before), numberCell(line.after), codeCell(line, look.signs, buttonOf(reveals, line)))
  return row
}

function splitRow(left: DrawnLine, right: DrawnLine | null, reveals: Reveals | null): HTMLTableRowElement {
  const row = document.createElement('tr')
  const changed = left.kind !== 'same' || right?.kind !== 'same'
  row.dataset.kind = changed ? 'changed' : 'same'
  const [before, after] = [left.before, right?.after ?? null]
  row.append(
    numberCell(before),
    codeCell(left, null, before === null ? null : (reveals?.button('before', before) ?? null)),
    numberCell(after),
    codeCell(right, null, after === null ? null : (reveals?.button('after', after) ?? null)),
  )
  return row
}

/** In one column, an unchanged line stands for both sides. */
function buttonOf(reveals: Reveals | null, { before, after }: DrawnLine): HTMLButtonElement | null {
  if (reveals === null) return null
  const own = after === null ? null : reveals.button('after', after)
  return own ?? (before === null || after !== null ? null : reveals.button('before', before))
}

function numberCell(number: number | null): HTMLTableCellElement {
  const cell = document.createElement('td')
  cell.className = 'diff-number'
  cell.textContent = number === null ? '' : String(number)
  return cell
}

/** The code with its sign; in the unified view the sign also has a word for those who do not see it. */
function codeCell(
  line: DrawnLine | null,
  signs: DiffLook['signs'] | null,
  reveal: HTMLButtonElement | null,
): HTMLTableCellElement {
  const cell = document.createElement('td')
  const kind = line?.kind ?? 'empty'
  cell.className = 'diff-code'
  cell.dataset.kind = kind
  const sign = document.createElement('span')
  sign.className = 'diff-sign'
  sign.setAttribute('aria-hidden', 'true')
  sign.textContent = kind === 'removed' ? '−' : kind === 'added' ? '+' : ''
  cell.append(sign)
  if (signs !== null && (kind === 'removed' || kind === 'added')) cell.append(hiddenText(`${signs[kind]}: `))
  const code = document.createElement('code')
  code.append(...(line?.content?.childNodes ?? []))
  cell.append(code)
  if (reveal !== null) cell.append(reveal)
  return cell
}

function layerCell(layer: Layer | null, repeated: boolean, look: DiffLook): HTMLTableCellElement {
  const cell = document.createElement('td')
  cell.className = 'diff-layer'
  if (layer === null) return cell
  const name = look.layerNames[layer]
  if (repeated) cell.append(hiddenText(name))
  else {
    const mark = document.createElement('span')
    mark.className = 'layer-mark'
    mark.dataset.layer = layer
    mark.textContent = name
    cell.append(mark)
  }
  return cell
}

function layerOf(before: number | null, after: number | null, layers: Layers): Layer | null {
  return (
    (after === null ? null : layers.after.get(after)) ?? (before === null ? null : layers.before.get(before)) ?? null
  )
}

function hiddenText(text: string): HTMLSpanElement {
  const span = document.createElement('span')
  span.className = 'visually-hidden'
  span.textContent = text
  return span
}

function caption(text: string): HTMLTableCaptionElement {
  const element = document.createElement('caption')
  element.className = 'visually-hidden'
  element.textContent = text
  return element
}

function head({ split, heads }: DiffLook): HTMLTableSectionElement {
  const { line, before, after, layer } = heads
  const names = split ? [line, before, line, after, layer] : [`${before}: ${line}`, `${after}: ${line}`, after, layer]
  const section = document.createElement('thead')
  const row = section.insertRow()
  for (const name of names) {
    const cell = document.createElement('th')
    cell.scope = 'col'
    cell.append(hiddenText(name))
    row.append(cell)
  }
  return section
}
