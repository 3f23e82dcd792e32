import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How a planted value may stand in a file: as it is, escaped, encoded or in another character set. */
export function formsOf(value: string): readonly Buffer[] {
  const bytes = Buffer.from(value)
  const texts = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    // Wherever in a longer text it begins, base64 has one of three forms; the ends depend on what is beside it.
    ...[0, 1, 2].map(before =>
      Buffer.concat([Buffer.alloc(before), bytes])
        .toString('base64')
        .slice(4, -4),
    ),
    bytes.toString('base64url').slice(0, -4),
  ]
  return [...new Set(texts)].flatMap(text => [Buffer.from(text), Buffer.from(text, 'utf16le')])
}

/** Where any form of the values stands in the files under a folder: `file: form`. */
export function findIn(folder: string, values: readonly string[]): readonly string[] {
  const forms = values.flatMap(formsOf)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .flatMap(entry => {
      const path = join(entry.parentPath, entry.name)
      return hits(readOr(path), forms).map(form => `${path}: ${form}`)
    })
}

/** Which forms of the values stand in a text. */
export function findInText(text: string, values: readonly string[]): readonly string[] {
  return hits(Buffer.from(text), values.flatMap(formsOf))
}

/** The arguments and the environment of every process that `is` accepts and of all that those have started. */
export function processTexts(is: (pid: number, command: string) => boolean): readonly string[] {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
  const parents = new Map(
    all.map(pid => [pid, Number(/^PPid:\s*(\d+)/m.exec(readOr(`/proc/${pid}/status`).toString())?.[1])]),
  )
  const command = (pid: number) => readOr(`/proc/${pid}/cmdline`).toString()
  const belongs = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (is(pid, command(pid)) || belongs(parents.get(pid)))
  return all.filter(belongs).map(pid => `${command(pid)}\n${readOr(`/proc/${pid}/environ`).toString()}`)
}

function hits(bytes: Buffer, forms: readonly Buffer[]): readonly string[] {
  return forms.filter(form => bytes.includes(form)).map(form => form.toString().replaceAll('\0', ''))
}

/** A file's bytes; none where it went away meanwhile, as a browser's files and processes do. */
function readOr(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    // Gone or not ours to read: nothing of the app's is there any more.
    return Buffer.alloc(0)
  }
}
