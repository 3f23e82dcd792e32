import type { App } from 'electron'
import type { TargetWords } from '../host/target-words.ts'
import { handOverSchema } from './messages.ts'

/**
 * Takes the profile for this instance. False where another one runs in it: that one has the target by then, and this one
 * should quit. `onTarget` hears what later instances hand over; null is a start without a target.
 */
export function takeInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  target: TargetWords | null,
  onTarget: (target: TargetWords | null) => void,
): boolean {
  if (!app.requestSingleInstanceLock({ target })) return false
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const parsed = handOverSchema.safeParse(data)
    onTarget(parsed.success ? parsed.data.target : null)
  })
  return true
}
