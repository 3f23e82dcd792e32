import { join, resolve } from 'node:path'
import type { CommandLine } from '../command-line.mjs'
import type { HostOptions } from '../host/host.ts'

/** Where this instance keeps its state, by Electron's own folder for it; the practice cluster's apart from real ones'. */
export function profileOf(commandLine: CommandLine, userData: string, practice: boolean): string {
  if (commandLine.profile !== null) return resolve(commandLine.profile)
  return practice ? `${userData}-practice` : userData
}

/** The host's options. `practiceKubeconfig` is that of the practice cluster that `npm start` started, if it did. */
export function hostOptions(
  commandLine: CommandLine,
  more: { readonly version: string; readonly profile: string; readonly practiceKubeconfig: string | undefined },
): HostOptions {
  const { version, profile, practiceKubeconfig } = more
  const file = practiceKubeconfig ?? commandLine.kubeconfig
  return {
    version,
    // Beside what Chromium keeps there.
    profile: join(profile, 'host'),
    kubeconfig: file === null ? null : [resolve(file)],
    context: commandLine.context,
    actingAs: commandLine.as,
    practice: practiceKubeconfig !== undefined,
  }
}
