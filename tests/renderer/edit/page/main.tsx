import '../../../../renderer/styles/tokens.css'
import '../../../../renderer/styles/base.css'
import '../../../../renderer/styles/parts.css'
import '../../../../renderer/styles/dialogs.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { CommandsContext, createCommands } from '../../../../renderer/app/commands.ts'
import { createMessages, languageOf } from '../../../../renderer/app/i18n.ts'
import { HostContext } from '../../../../renderer/app/use-host.ts'
import { useKeys } from '../../../../renderer/app/use-keys.ts'
import { EditTab } from '../../../../renderer/edit/edit-tab.tsx'
import type { StandIn } from '../stand-in.ts'
import { scenes } from './scenes.ts'

/** `?scene=plain&lang=en&theme=light`: one edit on a stand-in of the host. */
const query = new URLSearchParams(location.search)
const scene = scenes[query.get('scene') ?? 'plain']
const root = document.getElementById('root')
if (scene === undefined || root === null) throw new Error('no such scene')

const standIn = scene()
const language = query.get('lang') === 'zh-CN' ? 'zh-CN' : languageOf('en', [])
document.documentElement.lang = language
document.documentElement.dataset.theme = query.get('theme') ?? 'light'

declare global {
  interface Window {
    standIn: StandIn
  }
}
window.standIn = standIn

function Page() {
  useKeys()
  const [opened, setOpened] = useState(standIn.opened)
  const [closed, setClosed] = useState(false)
  const [changed, setChanged] = useState(false)
  if (closed) return <main>closed</main>
  return (
    <main style={{ blockSize: '100vh' }} data-changed={changed}>
      <h1 className="visually-hidden">Patchbay</h1>
      <EditTab
        key={opened.edit}
        opened={opened}
        active
        onChanged={setChanged}
        onMoved={setOpened}
        onClosed={() => setClosed(true)}
      />
    </main>
  )
}

createRoot(root).render(
  <HostContext value={standIn.host}>
    <CommandsContext value={createCommands()}>
      <I18nextProvider i18n={createMessages(language)}>
        <Page />
      </I18nextProvider>
    </CommandsContext>
  </HostContext>,
)
