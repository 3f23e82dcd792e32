import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { noncePlaceholder } from './security.ts'

/** One file of the built page. */
export type PageFile = { readonly body: Buffer; readonly type: string }

/** The built page, wholly in memory: what was built is what is served, though a new build may replace the folder. */
export type PageFiles = {
  /** The file at a path such as `/assets/main-1a2b.js`, undefined when there is none. */
  readonly get: (path: string) => PageFile | undefined
  /** `index.html` with this nonce. */
  readonly index: (nonce: string) => string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Reads a folder that `vite build` made. Throws where it holds no `index.html`. */
export function readPageFiles(folder: string): PageFiles {
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`No built page in ${folder}`)
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const body = readFileSync(path)
    const type = types[extname(path)] ?? 'application/octet-stream'
    files.set(path.slice(folder.length).split(sep).join('/').replace(/^\/*/, '/'), { body, type })
  }
  const template = readFileSync(join(folder, 'index.html'), 'utf8')
  // Only by `index`: the bare file would be a page without its nonce.
  files.delete('/index.html')
  return { get: path => files.get(path), index: nonce => withNonce(template, nonce) }
}

/** A built `index.html` with its nonce in place: each placeholder, and the meta element that the page's own style code reads. */
export function withNonce(template: string, nonce: string): string {
  const html = template.replaceAll(noncePlaceholder, nonce)
  if (/<meta[^>]*property="csp-nonce"/.test(html)) return html
  return html.replace(/<head>/, `<head><meta property="csp-nonce" nonce="${nonce}">`)
}

/** True for the paths of the app's addresses, which all get `index.html`: the page itself tells what they mean. */
export function isAppPath(path: string): boolean {
  return (
    ['/', '/history', '/search', '/create', '/compare'].includes(path) ||
    /^\/(object|edit|list|create|history|explain)\/./.test(path)
  )
}
