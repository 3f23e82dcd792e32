import { serveMessages, type ToServer } from './language-messages.ts'
import { createSchemaServer } from './schema-server.ts'

/** The worker of one editor: yaml-language-server, away from the page's thread, in a policy that has no network. */
const serve = serveMessages(createSchemaServer(), message => self.postMessage(message))
self.addEventListener('message', (event: MessageEvent<ToServer>) => serve(event.data))
