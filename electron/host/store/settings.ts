import type { DatabaseSync } from 'node:sqlite'
import type * as z from 'zod'
import type { Row } from './object-columns.ts'

/** Values to replace; what is undefined or not named stays. */
export type Change<Values> = { readonly [Name in keyof Values]?: Values[Name] | undefined }

/** Named values in a database. Writing throws what SQLite throws: it belongs into `writeAll`. */
export type SettingsRows<Values> = {
  /** What was written, with the default for whatever never was or cannot be read. */
  readonly read: () => Values
  readonly write: (part: Change<Values>) => void
}

/** The values of a schema in a database. Schemas may share it where they share no name. */
export function settingsIn<Shape extends z.ZodRawShape>(
  database: DatabaseSync,
  schema: z.ZodObject<Shape>,
  defaults: z.infer<z.ZodObject<Shape>>,
): SettingsRows<z.infer<z.ZodObject<Shape>>> {
  const read = database.prepare('SELECT name, value FROM settings')
  const write = database.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  // One value that no longer parses (by hand, or from another version) costs that setting, not the others.
  const readRows = (rows: readonly Row[]) => {
    const kept: Record<string, unknown> = {}
    for (const { name, value } of rows) {
      if (typeof name !== 'string' || typeof value !== 'string') continue
      const part = schema.partial().safeParse({ [name]: parsed(value) })
      if (part.success) Object.assign(kept, part.data)
    }
    return schema.parse({ ...defaults, ...kept })
  }
  return {
    read: () => readRows(read.all()),
    write(part) {
      for (const [name, value] of Object.entries(part)) if (value !== undefined) write.run(name, JSON.stringify(value))
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no setting is null, so this one is dropped.
    return null
  }
}
