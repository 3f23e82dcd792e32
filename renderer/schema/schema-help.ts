import './schema-help.css'
import { Compartment } from '@codemirror/state'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { i18n } from 'i18next'
import type { KindFields } from '../../contract/schema.ts'
import type { DryRunState } from '../dry-run/state.ts'
import type { Aid, AidPlace } from '../edit/aids.ts'
import { putFindings } from '../edit/findings.ts'
import { completing } from './completing.ts'
import { type EditSchema, type FollowedSchema, followSchema } from './edit-schema.ts'
import { schemaDiagnostics } from './finding-words.ts'
import type { SchemaFinding } from './judge.ts'
import type { Language } from './language.ts'
import { isLarge } from './own-size.ts'
import { type SchemaNote, sayOfSchema, schemaNote } from './schema-note.ts'
import type { ServerSchema, ServerWords } from './schema-server.ts'
import type { LinkState } from './server-link.ts'

/** Milliseconds from the last key to the check: what follows must fit into the rest of 300. */
const pauseMs = 120

/** Completion, documentation and checks from the cluster's schema. Starts after the first paint, away from the page's thread. */
export const schemaHelp: Aid = {
  wanted: settings => settings.schemaHelp,
  extension: place => {
    const slot = new Compartment()
    return [slot.of([]), completing, schemaNote, ViewPlugin.define(view => startHelping(view, place, slot))]
  },
}

function startHelping(view: EditorView, place: AidPlace, slot: Compartment) {
  let ended = false
  let language: Language | null = null
  /** Whether the text was too large for a server when it was looked at last. */
  let large = false
  let link: LinkState = 'running'
  let schema: EditSchema = { kind: 'asking' }
  let reloaded = false
  /** In the text as it is; empty once it is typed on. */
  let lastFound: readonly SchemaFinding[] = []
  let accepted = false
  let checks = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let followed: FollowedSchema | null = null
  // Nothing of this before the text is on screen.
  const beginning = requestAnimationFrame(() => {
    timer = setTimeout(() => {
      followed = followSchema(place.client, place.opened.edit, () => void follow())
      void follow()
    })
  })

  async function follow(): Promise<void> {
    const next = followed?.current() ?? schema
    if (next === schema || next.kind === 'asking') return
    // What was known stays in use while the cluster is away.
    if (next.kind === 'failed') return
    reloaded = next.kind === 'known' && schema.kind === 'known'
    schema = next
    if (next.kind === 'none') language?.setSchema(null)
    else await start(next.fields)
    if (ended || next !== schema) return
    tell()
    checkSoon(0)
  }

  /** Gives the schema to what serves a text of this size: a worker of its own, or for a large one the page's. */
  async function start(fields: KindFields): Promise<void> {
    const wanted = isLarge(view.state.doc)
    const before = language
    const next = before !== null && wanted === large ? before : await makeLanguage(wanted)
    // Another one may have begun meanwhile.
    if (ended || language !== before) return next === language ? undefined : next.end()
    if (next !== before) {
      before?.end()
      language = next
      large = wanted
      link = 'running'
      view.dispatch({ effects: slot.reconfigure(next.extension) })
    }
    next.setSchema(serverSchema(fields, place.messages))
  }

  async function makeLanguage(wanted: boolean): Promise<Language> {
    if (wanted) return (await import('./own-language.ts')).startOwnLanguage(view)
    return (await import('./language.ts')).startLanguage({ onState, onAnew: () => checkSoon(0) })
  }

  function onState(next: LinkState): void {
    link = next
    if (language !== null) tell()
  }

  function tell(): void {
    if (!ended) sayOfSchema(view, noteOf())
  }

  function noteOf(): SchemaNote | null {
    const { t } = place.messages
    if (link === 'stopped') {
      return {
        words: t('schema:note.stopped'),
        action: { label: t('schema:note.retry'), run: () => language?.retry() },
      }
    }
    if (schema.kind === 'none') return { words: t('schema:note.none', { kind: place.opened.ref.kind }) }
    return reloaded ? { words: t('schema:note.reloaded', { kind: place.opened.ref.kind }) } : null
  }

  function checkSoon(milliseconds: number): void {
    checks += 1
    clearTimeout(timer)
    timer = setTimeout(() => void check(), milliseconds)
  }

  async function check(): Promise<void> {
    const asked = checks
    if (schema.kind === 'known' && language !== null && isLarge(view.state.doc) !== large) await start(schema.fields)
    const found = schema.kind === 'known' ? await language?.check() : []
    if (ended || asked !== checks || found === undefined || found === null) return
    lastFound = found
    draw()
  }

  function draw(): void {
    accepted = isAccepted(place.state().dryRun)
    const root = schema.kind === 'known' ? schema.fields.name : ''
    const drawn = schemaDiagnostics(lastFound, { root, accepted, messages: place.messages })
    putFindings(view, 'schema', drawn)
  }

  // The server's word counts, also where it comes after the schema's.
  const unsubscribe = place.subscribe(() => {
    if (isAccepted(place.state().dryRun) !== accepted && lastFound.length > 0) draw()
  })

  return {
    update({ docChanged }: ViewUpdate): void {
      if (!docChanged || schema.kind === 'asking') return
      lastFound = []
      checkSoon(pauseMs)
      // Whoever types on has read it.
      if (reloaded)
        queueMicrotask(() => {
          reloaded = false
          tell()
        })
    },
    destroy(): void {
      ended = true
      cancelAnimationFrame(beginning)
      clearTimeout(timer)
      unsubscribe()
      followed?.stop()
      language?.end()
      queueMicrotask(() => putFindings(view, 'schema', []))
    },
  }
}

/** Whether the server takes the very text that stands there. */
function isAccepted({ standing, told }: DryRunState): boolean {
  return standing === 'current' && (told?.kind === 'accepted' || told?.kind === 'unchanged')
}

function serverSchema({ document, name }: KindFields, messages: i18n): ServerSchema {
  return { document, name, words: fieldWords(messages) }
}

/** The words around what a schema says of a field, in the page's language. */
export function fieldWords({ t }: i18n): ServerWords {
  return {
    required: t('schema:field.required'),
    default: t('schema:field.default'),
    deprecated: t('schema:field.deprecated'),
    values: t('schema:field.values'),
  }
}
