import { serveMessages } from './shell/host-messages.ts'

// The entry of the host's process, which Electron's main process forks.
serveMessages(process.parentPort, code => process.exit(code))
