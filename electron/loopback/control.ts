import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import * as z from 'zod'
import { targetWordsSchema } from '../host/target-words.ts'
import { sendText } from './notices.ts'

/** Where a second start of the same profile asks the running host. */
export const controlPath = '/control'

const requestSchema = z.object({
  /** The person's target, as typed; null for none. */
  target: targetWordsSchema.nullable(),
  /** True where a browser may be opened. */
  open: z.boolean(),
})
/** What a second start asks for. */
export type ControlRequest = z.infer<typeof requestSchema>

const answerSchema = z.discriminatedUnion('kind', [
  /** A page that is open shows it. */
  z.object({ kind: z.literal('shown') }),
  /** No page is open, or none may be opened: an address with a token. */
  z.object({ kind: z.literal('address'), address: z.string() }),
  /** The target names nothing: a sentence for the terminal. */
  z.object({ kind: z.literal('refused'), reason: z.string() }),
])
/** What the running host did. */
export type ControlAnswer = z.infer<typeof answerSchema>

/** The running host's side: its secret, and what it does when asked. */
export type Control = {
  readonly secret: string
  readonly answer: (request: ControlRequest) => Promise<ControlAnswer>
}

const fileSchema = z.object({ port: z.number().int().min(1).max(65535), secret: z.string().min(32) })

/** Writes the control file, readable by this user alone. */
export function writeControlFile(profile: string, port: number, secret: string): void {
  const path = controlFile(profile)
  // `mode` counts only for a file that is made anew.
  rmSync(path, { force: true })
  writeFileSync(path, JSON.stringify({ port, secret }), { mode: 0o600, flag: 'wx' })
}

/** Takes the control file away. */
export function removeControlFile(profile: string): void {
  rmSync(controlFile(profile), { force: true })
}

/** Asks the host that runs in a profile. Null when there is none that answers. */
export async function askRunningHost(profile: string, request: ControlRequest): Promise<ControlAnswer | null> {
  const file = readControlFile(profile)
  if (file === null) return null
  try {
    const response = await fetch(`http://127.0.0.1:${file.port}${controlPath}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${file.secret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(20_000),
    })
    const parsed = answerSchema.safeParse(response.ok ? await response.json() : null)
    return parsed.success ? parsed.data : null
  } catch {
    // Nobody listens there any more, or somebody else does: either way no host of ours answers.
    return null
  }
}

/** Answers a request to `controlPath`; only who could read the control file is heard. */
export function handleControl(request: IncomingMessage, response: ServerResponse, control: Control): void {
  // Pages always send an Origin with a POST; a second start never does.
  const isPage = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined
  if (isPage || request.method !== 'POST' || !isSecret(request.headers.authorization, control.secret)) {
    sendText(response, 403, 'Not for you.')
    return
  }
  answerControl(request, control).then(
    answer => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer)),
    () => sendText(response, 500, 'Patchbay could not do that.'),
  )
}

async function answerControl(request: IncomingMessage, control: Control): Promise<ControlAnswer> {
  return control.answer(requestSchema.parse(await json(request)))
}

function isSecret(header: string | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return header !== undefined && timingSafeEqual(digest(header), digest(`Bearer ${secret}`))
}

function readControlFile(profile: string): z.infer<typeof fileSchema> | null {
  let text: string
  try {
    text = readFileSync(controlFile(profile), 'utf8')
  } catch {
    // Not there: no host runs here.
    return null
  }
  const parsed = fileSchema.safeParse(tryParse(text))
  return parsed.success ? parsed.data : null
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Half written: its host is only just starting.
    return null
  }
}

function controlFile(profile: string): string {
  return join(profile, 'control.json')
}
