import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { HistoryFilter, HistoryFormat } from '../../contract/history.ts'
import { HostGone } from '../app/client.ts'
import { useClient } from '../app/use-host.ts'
import { Icon } from '../parts/icon.tsx'
import { saveFile } from '../parts/save-file.ts'

const acts = [
  ['copyJsonl', 'jsonl'],
  ['copyPosix', 'posix'],
  ['copyPowershell', 'powershell'],
  ['saveJsonl', 'jsonl'],
  ['savePosix', 'posix'],
  ['savePowershell', 'powershell'],
] as const satisfies readonly (readonly [string, HistoryFormat])[]

const endings: Readonly<Record<HistoryFormat, string>> = { jsonl: 'jsonl', posix: 'sh', powershell: 'ps1' }

/** Copies or saves entries: the given ones, or all that pass the filter. */
export function ExportMenu({
  entries,
  filter,
  empty = false,
}: {
  readonly entries: readonly string[] | null
  readonly filter: HistoryFilter
  readonly empty?: boolean
}) {
  const { t } = useTranslation('history')
  const client = useClient()
  const [said, setSaid] = useState<'copied' | 'saved' | 'failed' | 'gone' | null>(null)

  async function run(id: string): Promise<void> {
    const [act, format] = acts.find(([one]) => one === id) ?? acts[0]
    const saves = act.startsWith('save')
    setSaid(null)
    try {
      const input = { entries: entries === null ? null : [...entries], filter, format }
      const pieces: string[] = []
      for await (const piece of await client.history.export(input)) pieces.push(piece)
      if (saves) saveFile(pieces, `patchbay-history.${endings[format]}`)
      else await navigator.clipboard.writeText(pieces.join(''))
      setSaid(saves ? 'saved' : 'copied')
    } catch (error) {
      if (error instanceof HostGone) return setSaid('gone')
      // Refused by the browser.
      if (error instanceof DOMException) return setSaid('failed')
      throw error
    }
  }

  return (
    <>
      <span className="history-said" role="status">
        {said !== null && t(`export.${said}`)}
      </span>
      <MenuTrigger>
        <Button className="button" isDisabled={empty}>
          {t('export.label')}
          <Icon name="chevron" />
        </Button>
        <Popover className="popover" placement="bottom end" offset={4}>
          <Menu className="menu" aria-label={t('export.label')} onAction={id => void run(String(id))}>
            {acts.map(([id]) => (
              <MenuItem key={id} id={id} className="menu-item">
                {t(`export.${id}`)}
              </MenuItem>
            ))}
          </Menu>
          <p className="history-export-note">
            {t(entries === null ? 'export.scopeAll' : 'export.scopeSelected')}. {t('export.masked')}
          </p>
        </Popover>
      </MenuTrigger>
    </>
  )
}
