import type { CST } from 'yaml'

/**
 * The text of a block scalar as go-yaml reads it (libyaml's `scan_block_scalar`). The `yaml` package differs at the end:
 * in last lines of nothing but blanks, and where the text ends without a line break.
 */
export function blockText({ source, props, indent: parent }: CST.BlockScalar): string {
  const header = props.map(prop => (prop.type === 'block-scalar-header' ? prop.source : '')).join('')
  const lines = source.split(/\r?\n/)
  const hint = Number(/\d/.exec(header)?.[0] ?? 0)
  const indent = hint > 0 ? parent + hint : detectIndent(lines)
  const isFolded = header.startsWith('>')
  let text = ''
  let lineBreak = ''
  let emptyLines = 0
  let afterBlank = false
  for (const [index, line] of lines.entries()) {
    const nextBreak = index < lines.length - 1 ? '\n' : ''
    if (line.length <= indent && isBlank(line)) {
      emptyLines += nextBreak.length
      continue
    }
    const content = line.slice(indent)
    const startsBlank = /^[ \t]/.test(content)
    const folds = isFolded && lineBreak !== '' && !afterBlank && !startsBlank
    text += (folds ? (emptyLines === 0 ? ' ' : '') : lineBreak) + '\n'.repeat(emptyLines) + content
    lineBreak = nextBreak
    emptyLines = 0
    afterBlank = startsBlank
  }
  if (header.includes('-')) return text
  return text + lineBreak + (header.includes('+') ? '\n'.repeat(emptyLines) : '')
}

/** The indentation of the first line that holds something; blank lines before it may only be longer by mistake. */
function detectIndent(lines: readonly string[]): number {
  const first = lines.findIndex(line => !isBlank(line))
  const leading = first < 0 ? lines : lines.slice(0, first + 1)
  return Math.max(1, ...leading.map(line => line.length - line.replace(/^ +/, '').length))
}

function isBlank(line: string): boolean {
  return /^ *$/.test(line)
}
