import type { TimedCondition } from '../../core/moments.ts'
import { Ago } from './ago.tsx'

/** One condition: how it stands, since when, and its controller's words. */
export function ConditionRow({
  condition: { type, status, reason, message },
  time,
}: {
  readonly condition: Omit<TimedCondition, 'changed'>
  readonly time: string | null
}) {
  return (
    <li className="condition">
      <span className="condition-type">{type}</span>
      <span className="condition-status" data-status={status}>
        {status}
      </span>
      <span className="condition-why" lang="en">
        {reason}
        {message !== '' && <span className="condition-message">{message}</span>}
      </span>
      {time !== null && <Ago time={time} />}
    </li>
  )
}
