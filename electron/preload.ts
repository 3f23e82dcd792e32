import { type IpcRendererEvent, ipcRenderer } from 'electron'

// Hands the page its port to the host, and nothing else. The page listens from its first script on, so it has seen
// the document loaded when it is asked for.
ipcRenderer.on('patchbay-host', (event: IpcRendererEvent) => {
  window.postMessage('patchbay-host', window.location.origin, [...event.ports])
})
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('patchbay-host'))
