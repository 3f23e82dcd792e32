import '../../../../renderer/styles/tokens.css'
import '../../../../renderer/styles/base.css'
import '../../../../renderer/styles/parts.css'
import '../../../../renderer/styles/buttons.css'
import '../../../../renderer/styles/fields.css'
import '../../../../renderer/styles/marks.css'
import '../../../../renderer/styles/problems.css'
import '../../../../renderer/styles/menus.css'
import '../../../../renderer/styles/overlays.css'
import '../../../../renderer/styles/dialogs.css'
import '../../../../renderer/guards/guards.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import type { GuardState } from '../../../../contract/guard.ts'
import { CommandsContext, createCommands } from '../../../../renderer/app/commands.ts'
import { createMessages, languageOf } from '../../../../renderer/app/i18n.ts'
import { createRouter, RouterContext } from '../../../../renderer/app/router.ts'
import { AppContext, HostContext } from '../../../../renderer/app/use-host.ts'
import { useKeys } from '../../../../renderer/app/use-keys.ts'
import { KindsContext } from '../../../../renderer/browse/use-kinds.ts'
import { EditTab } from '../../../../renderer/edit/edit-tab.tsx'
import { QuickProvider } from '../../../../renderer/quick/quick-provider.tsx'
import { createStandIn } from '../../stand-in-host.ts'
import type { StandIn } from '../stand-in.ts'
import { scenes } from './scenes.ts'

/** How the cluster is guarded, by `?guard=`. */
const guards: Readonly<Record<string, Partial<GuardState>>> = {
  confirm: { colour: 'red', confirm: true },
  locked: { colour: 'purple', writes: 'after-unlock' },
}

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

const guard = guards[query.get('guard') ?? '']
const takeIn = query.get('takeIn') === 'at-once' ? 'at-once' : 'on-request'
const editorKeys = query.get('keys') === 'vim' ? 'vim' : 'standard'
const app = createStandIn({
  rows: 0,
  settings: { takeIn, editorKeys },
  ...(guard && { guards: { practice: guard } }),
}).state()

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
        onAlarm={() => undefined}
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
        <AppContext value={app}>
          <RouterContext value={createRouter(window)}>
            <KindsContext value={{ kinds: [], problem: null, sources: [], again: () => undefined }}>
              <QuickProvider>
                <Page />
              </QuickProvider>
            </KindsContext>
          </RouterContext>
        </AppContext>
      </I18nextProvider>
    </CommandsContext>
  </HostContext>,
)
