import { hoverTooltips, LSPClient } from '@codemirror/lsp-client'
import type { Extension } from '@codemirror/state'
import type { SchemaFinding } from './judge.ts'
import { safeHtml } from './safe-html.ts'
import type { ServerSchema } from './schema-server.ts'
import { serverCompletions } from './server-completions.ts'
import { type LinkState, linkServer, type ServerPort } from './server-link.ts'

/** What an editor has of a schema's server. */
export type Language = {
  /** Ties an editor to the server. */
  readonly extension: Extension
  readonly setSchema: (schema: ServerSchema | null) => void
  /** What the schema refuses in the text as it is now; null where the server does not say. Places are those of the text at the answer. */
  readonly check: () => Promise<readonly SchemaFinding[] | null>
  readonly retry: () => void
  readonly end: () => void
}

/** One worker holds one text. */
const uri = 'k8s:///object.yaml'

/** The link answers every request sooner or later; this is only the library's own limit. */
const timeout = 600_000

const hoverTime = 400

/** Starts a server for one editor; `onState` hears how it stands, `onAnew` that another worker has taken its place. */
export function startLanguage(events: {
  readonly onState: (state: LinkState) => void
  readonly onAnew: () => void
}): Language {
  const client = new LSPClient({
    timeout,
    sanitizeHTML: safeHtml,
    notificationHandlers: { 'window/logMessage': () => true, 'window/showMessage': () => true },
  })
  const link = linkServer(startWorker, {
    onState: events.onState,
    onAnew: () => {
      client.disconnect()
      client.connect(link.transport)
      events.onAnew()
    },
  })
  client.connect(link.transport)

  return {
    extension: [client.plugin(uri, 'yaml'), hoverTooltips({ hoverTime }), serverCompletions],
    setSchema: link.setSchema,
    check: () => {
      client.sync()
      return client.withMapping(async mapping => {
        const params = { textDocument: { uri } }
        type Answer = { readonly items: readonly SchemaFinding[] } | null
        const answer = await client.request<typeof params, Answer>('textDocument/diagnostic', params)
        if (answer === null) return null
        return answer.items.map(({ from, to, said }) => ({
          from: mapping.mapPos(uri, from, 1),
          to: mapping.mapPos(uri, to, -1),
          said,
        }))
      })
    },
    retry: link.retry,
    end: () => {
      client.disconnect()
      link.end()
    },
  }
}

function startWorker(): ServerPort {
  return new Worker(new URL('./server-worker.ts', import.meta.url), { type: 'module', name: 'schema' })
}
