import type { DatabaseSync } from 'node:sqlite'
import { defaultSettings, type Settings, settingsSchema } from '../../../contract/app.ts'
import type { Row } from './object-columns.ts'

/** Settings to replace; what is undefined or not named stays. */
export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }

/** The settings in a database. Writing throws what SQLite throws: it belongs into `writeAll`. */
export type SettingsRows = {
  /** What the person chose, with the default for whatever was never chosen or cannot be read. */
  readonly read: () => Settings
  readonly write: (part: SettingsChange) => void
}

/** The settings in a database. */
export function settingsIn(database: DatabaseSync): SettingsRows {
  const read = database.prepare('SELECT name, value FROM settings')
  const write = database.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  return {
    read: () => readSettings(read.all()),
    write(part) {
      for (const [name, value] of Object.entries(part)) if (value !== undefined) write.run(name, JSON.stringify(value))
    },
  }
}

// One value that no longer parses (by hand, or from another version) costs that setting, not the others.
function readSettings(rows: readonly Row[]): Settings {
  const kept: Record<string, unknown> = {}
  for (const { name, value } of rows) {
    if (typeof name !== 'string' || typeof value !== 'string') continue
    const part = settingsSchema.partial().safeParse({ [name]: parsed(value) })
    if (part.success) Object.assign(kept, part.data)
  }
  return settingsSchema.parse({ ...defaultSettings, ...kept })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no setting is null, so this one is dropped.
    return null
  }
}
