import type { Aid } from '../edit/aids.ts'
import { softWrap } from './soft-wrap.ts'
import { statusLine } from './status-line.ts'

/** What makes the text of an edit comfortable, as far as the settings want it. */
export const textAids: readonly Aid[] = [
  { wanted: ({ softWrap: wanted }) => wanted, extension: () => softWrap() },
  { wanted: () => true, extension: place => statusLine(place) },
]
