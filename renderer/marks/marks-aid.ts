import type { Aid } from '../edit/aids.ts'
import { lazily } from '../text/lazily.ts'
import { markPlace } from './marks.ts'
import { marksCard } from './marks-card.ts'

/** The marks of the gutters for ears and keys: walked through and shown by key, and said by a screen reader. */
export const marks: readonly Aid[] = [
  { wanted: () => true, extension: place => [markPlace.of(place), marksCard] },
  {
    wanted: settings => settings.speakMarks,
    extension: place => lazily(async () => (await import('./hear-marks.ts')).hearMarks(place)),
  },
]
