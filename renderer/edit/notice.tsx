import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'

/** A notice with its tone, and what can be done about it. */
export function Notice({
  tone,
  role,
  lead,
  action,
  children,
}: {
  readonly tone: 'info' | 'warn' | 'bad'
  readonly role?: 'status' | 'alert'
  readonly lead?: string
  readonly action?: { readonly label: string; readonly run: () => void }
  readonly children: ReactNode
}) {
  return (
    <div className={`notice ${tone}`}>
      {/* Of what changes in it later (decisions in a table) only that is announced. */}
      <div {...(role === undefined ? {} : { role, 'aria-atomic': false })}>
        {lead !== undefined && <p className="notice-lead">{lead}</p>}
        {children}
      </div>
      {action !== undefined && (
        <Button className="button" onPress={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  )
}
