import type { OpenedEdit } from '../../contract/edit.ts'
import type { Submitted } from '../../contract/review.ts'
import type { Problem, Result } from '../../core/problem.ts'
import { answer, type Client } from '../app/client.ts'
import type { EditShared } from './edit-shared.ts'
import { editing, type Flow } from './flow.ts'
import { changeSet } from './reporter.ts'
import { doTextTask } from './text-worker.ts'

/** The ways on which an edit goes on as another one. */
export type Onward = {
  /** As the edit of what was created. */
  readonly goOnAs: (result: Extract<Submitted, { kind: 'saved' }>) => Promise<void>
  /** Hands the text over, and goes on as the edit that the host makes of it. */
  readonly goOnWith: (begin: Client['edit']['recreate']) => Promise<void>
  /** Opens the object anew and brings the changes of the text over. */
  readonly reopen: () => Promise<void>
}

type OnwardParts = {
  readonly refuse: (problem: Problem) => void
  /** JSON of a base, with the values of a Secret as the text shows them. */
  readonly jsonAsShown: (json: string) => string
  readonly onMoved: (opened: OpenedEdit) => void
}

/** What was saved by an edit that goes on under another id: the tab that shows the new one says so. */
const flowsBefore = new WeakMap<OpenedEdit, Flow>()

/** How an edit begins: with the word that it was saved, where it goes on from another one. */
export function savedBefore(opened: OpenedEdit): Flow {
  return flowsBefore.get(opened) ?? editing
}

/** The ways on from one open edit. */
export function createOnward(
  { opened, client, state, text, reporter }: EditShared,
  { refuse, jsonAsShown, onMoved }: OnwardParts,
): Onward {
  const { edit } = opened

  async function goOnAs(result: Extract<Submitted, { kind: 'saved' }>): Promise<void> {
    const next = await answer(client.edit.resume({ edit: result.edit }))
    if (!next.ok) return refuse(next.problem)
    const saved: Flow = { ...editing, saved: { result, created: true, text: 'moved', kept: [] } }
    flowsBefore.set(next.value, saved)
    onMoved(next.value)
  }

  async function goOnWith(begin: Client['edit']['recreate']): Promise<void> {
    const flushed = await reporter().flush()
    const next: Result<OpenedEdit> = flushed.ok ? await answer(begin({ edit })) : flushed
    if (next.ok) onMoved(next.value)
    else refuse(next.problem)
  }

  async function reopen(): Promise<void> {
    const { group, version, resource, namespace, name, subresource = null } = opened.ref
    const target = { context: opened.context, group, version, resource, namespace, name, subresource }
    const next = await answer(client.edit.open(target))
    if (!next.ok) return refuse(next.problem)
    const { base, schema, lease, textVersion } = next.value
    const { base: from, secretData } = state()
    if (base === null || from === null) return onMoved(next.value)
    const onto = jsonAsShown(base)
    const task = { kind: 'move', from, fromJson: true, onto, schema } as const
    const move = await doTextTask({ ...task, text: text().toString() })
    if (!move.ok) return refuse(move.problems[0] ?? { code: 'edit-unknown' })
    const carried = changeSet(move.changes, text().length).apply(text()).toString()
    const report = {
      kind: 'retyped',
      edit: next.value.edit,
      lease,
      textVersion: textVersion + 1,
      text: carried,
      secretData,
    } as const
    const told = await answer(client.edit.report(report))
    if (!told.ok) return refuse(told.problem)
    reporter().end()
    onMoved({ ...next.value, base: onto, secretData, text: carried, textVersion: told.value.textVersion })
  }

  return { goOnAs, goOnWith, reopen }
}
