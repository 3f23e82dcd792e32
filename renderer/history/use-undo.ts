import { useState } from 'react'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { Undone } from '../../contract/history.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useClient } from '../app/use-host.ts'

/** An undo on its way. `asks` is what the person has to decide: how a creation is undone, or what becomes of a gone object. */
export type Undo = {
  readonly busy: boolean
  readonly problem: Problem | null
  /** True where the object says already what the undo would make it say. */
  readonly nothing: boolean
  readonly asks: Extract<Undone, { readonly kind: 'delete' | 'gone' }> | null
  readonly run: () => Promise<void>
  readonly recreate: () => Promise<void>
  readonly cancel: () => void
}

type State = Pick<Undo, 'busy' | 'problem' | 'nothing' | 'asks'>

const idle: State = { busy: false, problem: null, nothing: false, asks: null }

/** The undo of an entry; `onOpened` shows the edit that it ends in. */
export function useUndo(entry: string, onOpened: (edit: OpenedEdit) => void): Undo {
  const client = useClient()
  const [state, setState] = useState<State>(idle)

  async function run(): Promise<void> {
    setState({ ...idle, busy: true })
    const undone = await answer(client.history.undo({ entry }))
    if (!undone.ok) return setState({ ...idle, problem: undone.problem })
    const { value } = undone
    if (value.kind === 'nothing') return setState({ ...idle, nothing: true })
    if (value.kind !== 'opened') return setState({ ...idle, asks: value })
    setState(idle)
    onOpened(value.opened)
  }

  async function recreate(): Promise<void> {
    setState({ ...idle, busy: true })
    const opened = await answer(client.history.recreate({ entry }))
    setState(opened.ok ? idle : { ...idle, problem: opened.problem })
    if (opened.ok) onOpened(opened.value)
  }

  return { ...state, run, recreate, cancel: () => setState(idle) }
}
