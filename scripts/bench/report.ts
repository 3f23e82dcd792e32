import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/root.mjs'

const file = join(root, 'docs', 'benchmarks.md')

/** Puts a bench's section in the place of its old one in `docs/benchmarks.md`. */
export function writeSection(name: string, section: string): void {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`]
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmarks\n'
  const fresh = `${begin}\n${section.trim()}\n${end}`
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  const next =
    from < 0 || to < from
      ? `${text.trimEnd()}\n\n${fresh}\n`
      : text.slice(0, from) + fresh + text.slice(to + end.length)
  writeFileSync(file, next)
}
