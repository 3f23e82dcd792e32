import type { DocumentedField, Documenting } from '../../core/fields/json-schema.ts'
import { typeName } from '../../core/fields/type-name.ts'

/** The words around what a schema says, in the page's language. */
export type FieldWords = { readonly required: string; readonly default: string; readonly deprecated: string }

/** Writes documentation as Markdown that means nothing but the text that it was made of. */
export function fieldMarkdown(words: FieldWords): Documenting {
  return { field: documented => fieldText(documented, words), value: plain }
}

// Nobody reads more of it in passing, and drawing it holds up the page: the whole stands in the documentation beside the text.
const longestDescription = 6_000

function fieldText({ name, field, required, fallback, description }: DocumentedField, words: FieldWords): string {
  const type = typeName(field)
  const facts = [
    [...(name === '' ? [] : [`**${plain(name)}**`]), ...(type === '' ? [] : [code(type)])].join(' '),
    ...(required ? [plain(words.required)] : []),
    ...(field.deprecated ? [plain(words.deprecated)] : []),
    ...(fallback === undefined ? [] : [`${plain(words.default)} ${code(JSON.stringify(fallback))}`]),
  ]
  const isLong = description.length > longestDescription
  const shown = isLong ? `${description.slice(0, longestDescription)}…` : description
  const paragraphs = shown.split(/\n\s*\n/).map(paragraph)
  return [facts.join(' · '), ...paragraphs].filter(Boolean).join('\n\n')
}

/** Lines run on, but for those of a list. */
function paragraph(text: string): string {
  const lines = text.split('\n').map(line => line.trim())
  const isItem = (line: string) => /^[-*] /.test(line)
  return lines.map(line => (isItem(line) ? `\n- ${plain(line.slice(2))}` : plain(line))).join(' ')
}

/** Any ASCII punctuation may be escaped, and is: no mark, tag, entity or link can come of what a schema says. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&')
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}
