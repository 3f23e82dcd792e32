import { useEffect, useState } from 'react'
import type { ShellText } from '../../contract/share.ts'
import { HostGone } from '../app/client.ts'
import { saveFile } from '../parts/save-file.ts'

/** How the last copy went; `what` is what was copied, in words. */
export type Said = { readonly how: 'copied' | 'saved' | 'failed' | 'gone'; readonly what: string }

/** Copies and saves texts, and tells for a while how it went. */
export type Copying = {
  readonly said: Said | null
  readonly copy: (what: string, read: () => Promise<string>) => void
  readonly save: (what: string, file: string, type: string, read: () => Promise<readonly string[]>) => void
}

const saidFor = 4_000

export function useCopying(): Copying {
  const [said, setSaid] = useState<Said | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), saidFor)
    return () => clearTimeout(timer)
  }, [said])

  async function tell(what: string, how: 'copied' | 'saved', act: () => Promise<void>): Promise<void> {
    try {
      await act()
      setSaid({ how, what })
    } catch (error) {
      // The browser refuses with a DOMException: the page has not the focus, or may not.
      if (error instanceof HostGone) setSaid({ how: 'gone', what })
      else if (error instanceof DOMException) setSaid({ how: 'failed', what })
      else throw error
    }
  }
  return {
    said,
    copy: (what, read) => void tell(what, 'copied', async () => navigator.clipboard.writeText(await read())),
    save: (what, file, type, read) => void tell(what, 'saved', async () => saveFile(await read(), file, type)),
  }
}

/** The form of a command that this machine's shells read. */
export function shellForm(command: ShellText): string {
  return navigator.platform.startsWith('Win') ? command.powershell : command.posix
}

/** All pieces of a stream. */
export async function gather<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const piece of pieces) all.push(piece)
  return all
}
