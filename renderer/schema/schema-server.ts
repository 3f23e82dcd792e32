import { TextDocument } from 'vscode-languageserver-textdocument'
import {
  type CompletionItem,
  type CompletionList,
  getLanguageService,
  type Hover,
  type Position,
} from 'yaml-language-server'
import { jsonSchemaOf } from '../../core/fields/json-schema.ts'
import type { Json } from '../../core/json.ts'
import { readyItems } from './completion-items.ts'
import { type FieldWords, fieldMarkdown } from './field-markdown.ts'
import { judge, type SchemaFinding } from './judge.ts'

/** A change of a text: what stands in a range, or the whole where there is none. */
export type ContentChange = Parameters<typeof TextDocument.update>[1][number]

/** The schema of a kind, as `edit.schema` gives it, and the words to document it with. */
export type ServerSchema = { readonly document: string; readonly name: string; readonly words: ServerWords }

export type ServerWords = FieldWords & { readonly values: string }

/** yaml-language-server for one text of one kind. It knows no network and no files. */
export type SchemaServer = {
  /** What the text is judged by from now on; null for nothing. */
  readonly setSchema: (schema: ServerSchema | null) => void
  readonly open: (text: string) => void
  readonly change: (changes: ContentChange[]) => void
  readonly complete: (position: Position) => Promise<CompletionList>
  readonly hover: (position: Position) => Promise<Hover | null>
  /** All that the schema refuses in the text as it stands. */
  readonly check: () => Promise<readonly SchemaFinding[]>
}

const schemaUri = 'k8s-schema:/kind'

/** yaml-language-server remembers what it parsed by address and version, beyond any one server: no two texts may share both. */
let versions = 0
const versionOf = (text: string) => TextDocument.create('k8s:/object.yaml', 'yaml', ++versions, text)

/** Makes a server, for one text: what is known of a version is forgotten with the worker, not before. */
export function createSchemaServer(): SchemaServer {
  let schema: Json = {}
  let words: ServerWords | null = null
  let document = versionOf('')
  let checked: { readonly version: number; readonly found: Promise<readonly SchemaFinding[]> } | null = null
  const service = getLanguageService({
    // A comment or a key of the text may name any address; whatever it names, the kind's own schema is the answer.
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: { resolveRelativePath: relative => relative },
    // Without this, completions have neither snippets nor documentation in Markdown.
    clientCapabilities: {
      textDocument: { completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } } },
    },
  })
  const configure = () =>
    service.configure({
      validate: true,
      hover: true,
      completion: true,
      customTags: [],
      // As near to kubectl's reading as there is; `judge` sees to the rest.
      yamlVersion: '1.1',
      disableDefaultProperties: true,
      hoverSchemaSource: false,
      schemas: [{ uri: schemaUri, fileMatch: ['*'], schema }],
    })
  configure()

  // Hovering parses as YAML 1.2 and leaves that behind for all else: a text is checked first.
  const check = () => {
    if (checked?.version !== document.version) checked = { version: document.version, found: judged(document) }
    return checked.found
  }
  /** On a blank line only a list's next item comes to its mind; fields come with their first letter. */
  const asIfBegun = async (list: CompletionList, position: Position) => {
    const offset = document.offsetAt(position)
    const text = document.getText()
    if (!/(^|\n)[ -]*$/.test(text.slice(0, offset)) || !/^ *(\n|$)/.test(text.slice(offset))) return list
    const begun = versionOf(`${text.slice(0, offset)}a${text.slice(offset)}`)
    const { items } = await service.doComplete(begun, { ...position, character: position.character + 1 }, false)
    const here = { start: position, end: position }
    const put = items.flatMap(item =>
      item.textEdit === undefined ? [] : [{ ...item, textEdit: { range: here, newText: item.textEdit.newText } }],
    )
    return { ...list, items: [...list.items, ...put] }
  }
  const judged = async (text: TextDocument) => judge(text, await service.doValidation(text, false))

  return {
    setSchema: next => {
      words = next?.words ?? null
      schema = (next && jsonSchemaOf(JSON.parse(next.document), next.name, fieldMarkdown(next.words))) ?? {}
      checked = null
      configure()
    },
    open: text => {
      document = versionOf(text)
    },
    change: changes => {
      document = TextDocument.update(document, changes, ++versions)
    },
    complete: async position => {
      const list = await service.doComplete(document, position, false)
      return readyItems(list.items.every(isItem) ? await asIfBegun(list, position) : list, document)
    },
    hover: async position => {
      await check()
      const hover = await service.doHover(document, position)
      return hover && saidInWords(hover, words)
    },
    check,
  }
}

/** A list's next item: what the protocol calls a value. */
function isItem({ label }: CompletionItem): boolean {
  return label.startsWith('- ')
}

/** A hover in the page's words; null where it says nothing. */
function saidInWords(hover: Hover, words: ServerWords | null): Hover | null {
  const { contents } = hover
  if (typeof contents !== 'object' || !('value' in contents) || contents.value === '') return null
  // What a schema says has no bare colon: `fieldMarkdown` escapes it.
  const value = contents.value.replace(/^Allowed Values:$/m, words?.values ?? '')
  return { ...hover, contents: { kind: 'markdown', value } }
}
