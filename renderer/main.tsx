import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/buttons.css'
import './styles/fields.css'
import './styles/marks.css'
import './styles/problems.css'
import './styles/menus.css'
import './styles/overlays.css'
import './styles/frame.css'
import './styles/sidebar.css'
import './styles/tabs.css'
import './styles/start.css'
import './styles/dialogs.css'
import './browse/list-bar.css'
import './browse/list-body.css'
import './browse/grid.css'
import './browse/columns-panel.css'
import './contexts/contexts.css'
import './access/access.css'
import './guards/guards.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { connectHost } from './app/client.ts'
import { createCommands } from './app/commands.ts'
import { createMessages, languageOf } from './app/i18n.ts'
import { createOpenTabs } from './app/open-tabs.ts'
import { createRouter } from './app/router.ts'
import { pageTransport } from './app/transports.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no #root')

const host = connectHost(pageTransport(window), new AbortController().signal)
const router = createRouter(window)
const page = {
  host,
  router,
  openTabs: createOpenTabs(host, router),
  commands: createCommands(),
  messages: createMessages(languageOf('system', navigator.languages)),
}

createRoot(root).render(<App page={page} />)
