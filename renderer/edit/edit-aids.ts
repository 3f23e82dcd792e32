import { dangers } from '../dangers/dangers-aid.ts'
import { liveDryRun } from '../dry-run/live-dry-run.ts'
import { marks } from '../marks/marks-aid.ts'
import { names } from '../names/names-aid.ts'
import { owners } from '../owners/owners-aid.ts'
import { ownersGutter } from '../owners/owners-gutter.ts'
import { schemaHelp } from '../schema/schema-help.ts'
import { textAids } from '../text/text-aids.ts'
import type { Aid } from './aids.ts'
import { textWatch } from './side/text-watch.ts'

/** All aids of an edit's editor, in the order of their precedence; a gutter stands where its aid stands. */
export const editAids: readonly Aid[] = [
  textWatch,
  ...textAids,
  owners,
  ownersGutter,
  schemaHelp,
  liveDryRun,
  dangers,
  names,
  ...marks,
]
