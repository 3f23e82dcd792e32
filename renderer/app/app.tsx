import type { i18n } from 'i18next'
import { useEffect } from 'react'
import { I18nextProvider } from 'react-i18next'
import type { AppState } from '../../contract/app.ts'
import { ContextDialogs } from '../contexts/context-dialogs.tsx'
import { DeleteProvider } from '../delete/delete-provider.tsx'
import { QuickProvider } from '../quick/quick-provider.tsx'
import type { Host } from './client.ts'
import { type Commands, CommandsContext } from './commands.ts'
import { Frame } from './frame.tsx'
import { languageOf } from './i18n.ts'
import type { OpenTabs } from './open-tabs.ts'
import { type Router, RouterContext } from './router.ts'
import { Splash } from './splash.tsx'
import { AppContext, HostContext, useStream } from './use-host.ts'

/** What one page is made of, created once by `renderer/main.tsx`. */
export type Page = {
  readonly host: Host
  readonly router: Router
  readonly openTabs: OpenTabs
  readonly commands: Commands
  readonly messages: i18n
}

/** The whole page. */
export function App({ page }: { readonly page: Page }) {
  return (
    <HostContext value={page.host}>
      <RouterContext value={page.router}>
        <CommandsContext value={page.commands}>
          <I18nextProvider i18n={page.messages}>
            <Started messages={page.messages} openTabs={page.openTabs} />
          </I18nextProvider>
        </CommandsContext>
      </RouterContext>
    </HostContext>
  )
}

function Started({ messages, openTabs }: Pick<Page, 'messages' | 'openTabs'>) {
  const { value: app } = useStream('app', (client, signal) => client.app.watch(undefined, { signal }))
  useLanguage(app, messages)
  useTheme(app)
  if (app === null) return <Splash />
  return (
    <AppContext value={app}>
      <ContextDialogs>
        <DeleteProvider>
          <QuickProvider>
            <Frame openTabs={openTabs} />
          </QuickProvider>
        </DeleteProvider>
      </ContextDialogs>
    </AppContext>
  )
}

function useLanguage(app: AppState | null, messages: i18n): void {
  const language = languageOf(app?.settings.language ?? 'system', navigator.languages)
  useEffect(() => {
    document.documentElement.lang = language
    void messages.changeLanguage(language)
  }, [language, messages])
}

function useTheme(app: AppState | null): void {
  const theme = app?.settings.theme ?? 'system'
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
}
