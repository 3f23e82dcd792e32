import type { ServerResponse } from 'node:http'
import type { Refusal } from './guard.ts'

const reasons: Readonly<Record<Refusal, string>> = {
  host: 'This name is not one that Patchbay answers to. Start it with --host NAME to allow one.',
  origin: 'Patchbay answers to its own page only.',
  site: 'Patchbay answers to its own page only.',
}

/** Ends a response as plain text. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${text}\n`)
}

/** Ends a response to somebody who may not ask at all. */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  sendText(response, 403, reasons[refusal])
}

/** Ends a response to a browser that has not come in: how to. The link is for those who came by a link from elsewhere. */
export function sendHowToEnter(response: ServerResponse, path: string): void {
  sendPage(response, 403, {
    title: 'Patchbay: not signed in',
    body: [
      '<h1>This browser is not signed in to Patchbay</h1>',
      '<p>Patchbay opens by an address that works once. Run <code>npm start</code> again and it opens here, or',
      '<code>npm start -- --no-open</code> and it prints a new address.</p>',
      `<p>Followed a link? <a href="${escapeHtml(path)}">Open it once more</a>: browsers sign in only from a page of Patchbay’s own.</p>`,
    ].join('\n'),
  })
}

/**
 * Ends a response by sending the browser on to `path`, as if from a page of ours: after a redirect that began on
 * another site (a launch file is one) browsers withhold a `SameSite=Strict` cookie.
 */
export function sendOnward(response: ServerResponse, path: string): void {
  const head = `<meta http-equiv="refresh" content="0;url=${escapeHtml(path)}">`
  sendPage(response, 200, {
    title: 'Patchbay',
    head,
    body: `<p><a href="${escapeHtml(path)}">Go on to Patchbay</a></p>`,
  })
}

type Page = { readonly title: string; readonly head?: string; readonly body: string }

function sendPage(response: ServerResponse, status: number, { title, head = '', body }: Page): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  })
  const top = `<meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${title}</title>${head}`
  response.end(`<!doctype html><html lang="en"><head>${top}</head><body>${body}</body></html>\n`)
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
}
