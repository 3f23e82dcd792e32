import type { KindFields, SchemaState } from '../../contract/schema.ts'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { openFields } from '../../core/fields/open-fields.ts'
import { parseJson } from '../../core/json.ts'
import { answer, backOff, type Client, HostGone } from '../app/client.ts'
import { pause } from '../app/pause.ts'

/** What is known of the fields of an edit's kind. What was known stays while it is asked for again. */
export type EditSchema =
  | Exclude<SchemaState, { kind: 'known' }>
  | { readonly kind: 'known'; readonly fields: KindFields; readonly root: FieldSchema }

/** An edit's schema as one of the aids follows it. */
export type FollowedSchema = { readonly current: () => EditSchema; readonly stop: () => void }

type Follower = {
  readonly listeners: Set<() => void>
  readonly end: AbortController
  current: EditSchema
}

const asking: EditSchema = { kind: 'asking' }
const followers = new Map<string, Follower>()

/**
 * Follows the schema of an edit's kind; `onChange` hears whenever it is another one. All that follow one edit share
 * what was read, and it is read for as long as somebody does.
 */
export function followSchema(client: Client, edit: string, onChange: () => void): FollowedSchema {
  const follower = followers.get(edit) ?? begin(client, edit)
  const listener = () => onChange()
  follower.listeners.add(listener)
  return {
    current: () => follower.current,
    stop() {
      if (!follower.listeners.delete(listener) || follower.listeners.size > 0) return
      follower.end.abort()
      if (followers.get(edit) === follower) followers.delete(edit)
    },
  }
}

function begin(client: Client, edit: string): Follower {
  const follower: Follower = { listeners: new Set(), end: new AbortController(), current: asking }
  followers.set(edit, follower)
  follow(client, edit, follower).catch(error => {
    if (!follower.end.signal.aborted) throw error
  })
  return follower
}

async function follow(client: Client, edit: string, follower: Follower): Promise<void> {
  const { signal } = follower.end
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      for await (const state of await client.schema.watch({ edit }, { signal })) {
        attempt = 1
        const next = await read(client, edit, state, follower.current)
        if (signal.aborted) return
        if (next === follower.current) continue
        follower.current = next
        for (const listener of [...follower.listeners]) listener()
      }
      // The edit was discarded.
      return
    } catch (error) {
      if (!(error instanceof HostGone)) throw error
      await pause(backOff(attempt), signal)
    }
  }
}

async function read(client: Client, edit: string, state: SchemaState, before: EditSchema): Promise<EditSchema> {
  if (state.kind !== 'known') return state
  if (before.kind === 'known' && before.fields.version === state.version) return before
  const fields = await answer(client.schema.ofEdit({ edit }))
  if (!fields.ok) return before.kind === 'known' ? before : { kind: 'failed', problem: fields.problem }
  return fields.value === null ? { kind: 'none' } : openSchema(fields.value)
}

/** The fields of a kind, opened; none where the document cannot be read. */
export function openSchema(fields: KindFields): EditSchema {
  const document = parseJson(fields.document)
  const root = document.ok ? openFields(document.value, fields.name) : null
  return root === null ? { kind: 'none' } : { kind: 'known', fields, root }
}
