import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { typeName } from '../../core/fields/type-name.ts'
import { isObject } from '../../core/object.ts'
import type { ServerWords } from './schema-server.ts'

/** A field's documentation as an element: what it is, and what the schema says of it, as text alone. */
export function fieldDocument(
  { name, field, required }: { readonly name: string; readonly field: FieldSchema; readonly required: boolean },
  words: ServerWords,
): HTMLElement {
  const dom = element('div', '')
  dom.className = 'cm-lsp-documentation'
  const head = element('p', '')
  head.append(element('strong', name), ' ', element('code', typeName(field)))
  if (required) head.append(` · ${words.required}`)
  if (field.deprecated) head.append(` · ${words.deprecated}`)
  const isTelling = field.default !== undefined && field.default !== '' && !isObject(field.default)
  if (isTelling) head.append(` · ${words.default} `, element('code', JSON.stringify(field.default)))
  const paragraphs = field.description.split(/\n\s*\n/).filter(text => text.trim() !== '')
  dom.append(head, ...paragraphs.map(text => element('p', text)))
  if (field.enum !== null) {
    const values = element('ul', '')
    values.append(...field.enum.map(value => element('li', String(value))))
    dom.append(element('p', words.values), values)
  }
  return dom
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
