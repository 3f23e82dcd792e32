import { type FSWatcher, realpathSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Calls back, some time after, when any of these files was made, changed, replaced or removed. */
export function followFiles(named: readonly string[], onChange: () => void): { end(): void } {
  let timer: NodeJS.Timeout | null = null
  const soon = () => {
    // A file is often truncated, then written: read it when it has come to rest.
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(onChange, 100)
  }
  // Folders are watched, not files: kubectl and editors replace the file, and it may not be there yet.
  const files = named.flatMap(file => [file, targetOf(file)])
  const watchers: FSWatcher[] = []
  for (const folder of new Set(files.map(file => dirname(file)))) {
    const names = new Set(files.filter(file => dirname(file) === folder).map(file => basename(file)))
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name === null || names.has(name)) soon()
      })
      watcher.on('error', () => watcher.close())
      watchers.push(watcher)
    } catch {
      // No such folder: nothing there to follow until the next start.
    }
  }
  return {
    end() {
      if (timer !== null) clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

// A link's own folder does not hear of changes to the file behind it.
function targetOf(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    // Not there yet: its name is all there is to follow.
    return file
  }
}
