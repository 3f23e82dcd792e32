import type { IpcMain, IpcMainEvent, MessagePortMain, WebFrameMain } from 'electron'
import { isOurs } from './origin.ts'

/** What the preload asks with, and what it hands the page. */
export const channel = 'patchbay-host'

/** The pages that hold a port to the host. */
export type Pages = {
  /** Gives every page another port: the host was started anew. */
  readonly reconnect: () => void
}

/** Gives a port to each of our own pages that asks for one: to nobody else, and to no frame inside a page. */
export function connectPages(ipc: Pick<IpcMain, 'on'>, connect: () => MessagePortMain): Pages {
  const frames = new Set<WebFrameMain>()
  const give = (frame: WebFrameMain) => frame.postMessage(channel, null, [connect()])
  ipc.on(channel, (event: IpcMainEvent) => {
    const frame = event.senderFrame
    if (frame === null || !isOurPage(frame)) return
    forgetGone(frames)
    frames.add(frame)
    give(frame)
  })
  return {
    reconnect() {
      forgetGone(frames)
      for (const frame of frames) give(frame)
    },
  }
}

function isOurPage(frame: Pick<WebFrameMain, 'url' | 'parent'>): boolean {
  return frame.parent === null && isOurs(frame.url)
}

function forgetGone(frames: Set<WebFrameMain>): void {
  for (const frame of frames) if (frame.isDestroyed()) frames.delete(frame)
}
