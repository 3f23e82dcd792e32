import type { OpenedEdit } from '../../contract/edit.ts'
import type { HistoryRow } from '../../contract/history.ts'
import type { ObjectTarget } from '../../contract/object.ts'
import { printJson } from '../../core/json.ts'
import { ok, type Result } from '../../core/problem.ts'
import { answer, type Host } from '../app/client.ts'
import type { EditSnapshot } from '../edit/edit-shared.ts'
import { objectOfYaml } from '../edit/text-objects.ts'
import type { Comparand } from './compare-task.ts'

/** What an edit's text is compared with. */
export type CompareWith =
  | { readonly kind: 'live' | 'base' | 'applied' }
  /** Another object, or this one in another version or context. */
  | { readonly kind: 'object'; readonly target: ObjectTarget }
  /** What stood there before a submit of the history, or after it. */
  | { readonly kind: 'history'; readonly entry: HistoryRow; readonly side: 'before' | 'after' }
  /** A text from the clipboard, or from a file of that name. */
  | { readonly kind: 'text'; readonly name: string | null; readonly text: string }

/** Both sides as they were read; `mine` is the masked text in the place of the person's own, null as a rule. */
export type Sides = { readonly theirs: Comparand; readonly mine: Comparand | null }

/** Reads the other side. */
export async function readSides(
  client: Host['client'],
  opened: OpenedEdit,
  { base }: EditSnapshot,
  text: string,
  wanted: CompareWith,
): Promise<Result<Sides>> {
  switch (wanted.kind) {
    case 'base':
      return ok({ theirs: { kind: 'object', json: base ?? '{}' }, mine: null })
    case 'text':
      return ok({ theirs: { kind: 'text', text: wanted.text }, mine: null })
    case 'live':
    case 'applied': {
      const live = await answer(client.edit.live({ edit: opened.edit, read: true }))
      if (!live.ok) return live
      return ok({
        theirs: { kind: wanted.kind === 'live' ? 'object' : 'applied', json: live.value.base },
        mine: null,
      })
    }
    case 'object': {
      const said = opened.secret ? objectOfYaml(text) : null
      const secret = said?.ok ? printJson(said.value) : null
      const compared = await answer(client.compare.withText({ object: wanted.target, secret }))
      if (!compared.ok) return compared
      const { left, right } = compared.value
      return ok({
        theirs: { kind: 'object', json: left },
        mine: right === null ? null : { kind: 'object', json: right },
      })
    }
    case 'history': {
      const entry = await answer(client.history.read({ entry: wanted.entry.id }))
      return entry.ok ? ok({ theirs: { kind: 'text', text: entry.value[wanted.side] }, mine: null }) : entry
    }
  }
}
