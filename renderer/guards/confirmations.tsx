import { useRef, useState } from 'react'
import type { ContextState } from '../../contract/app.ts'
import { ConfirmationField } from './confirmation-field.tsx'

/** What guards of several contexts want typed. */
export type TypedConfirmations = {
  readonly wanted: readonly string[]
  /** Whether all of it was. */
  readonly given: boolean
  readonly typed: Readonly<Record<string, string>>
  readonly type: (context: string, typed: string) => void
}

/** The confirmations that the guards of these contexts want before a write. */
export function useConfirmations(names: readonly string[], contexts: readonly ContextState[]): TypedConfirmations {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const wanted = names.filter(name => contexts.find(context => context.name === name)?.guard.confirm === true)
  return {
    wanted,
    given: wanted.every(name => typed[name]?.trim() === name),
    typed: Object.fromEntries(wanted.map(name => [name, typed[name] ?? ''])),
    type: (context, text) => setTyped(before => ({ ...before, [context]: text })),
  }
}

/** One field for each context whose guard wants its name typed. */
export function Confirmations({
  confirmations,
  onSubmit,
}: {
  readonly confirmations: TypedConfirmations
  readonly onSubmit: () => void
}) {
  return confirmations.wanted.map(context => (
    <One key={context} context={context} confirmations={confirmations} onSubmit={onSubmit} />
  ))
}

function One({
  context,
  confirmations,
  onSubmit,
}: {
  readonly context: string
  readonly confirmations: TypedConfirmations
  readonly onSubmit: () => void
}) {
  const field = useRef<HTMLInputElement>(null)
  const typed = confirmations.typed[context] ?? ''
  const type = (text: string) => confirmations.type(context, text)
  const confirmation = { wanted: true, typed, given: typed.trim() === context, type, field }
  return <ConfirmationField context={context} confirmation={confirmation} disabled={false} onSubmit={onSubmit} />
}
