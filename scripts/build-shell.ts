import { runBuilder } from './builder.ts'

/** Builds Electron's main, preload and host with electron-vite, to where package.json's `main` names it: a second or two, so always anew. Throws BuildFailed. */
export async function buildShell(onBuild: () => void, signal?: AbortSignal): Promise<void> {
  onBuild()
  const failure = 'Electron’s part of Patchbay could not be built.'
  await runBuilder('electron-vite/bin/electron-vite.js', [], { failure, signal })
}
