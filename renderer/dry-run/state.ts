import type { LiveDryRun } from '../../contract/live-dry-run.ts'

/**
 * What is known of the server's view of a text. `told` is its last word: of this very text where it is `current`; of an
 * earlier one while more is typed (`old`) or until the next answer is there (`asking`).
 */
export type DryRunState = {
  readonly standing: 'current' | 'old' | 'asking'
  readonly told: LiveDryRun | null
}

/** Before anything was asked. */
export const unasked: DryRunState = { standing: 'old', told: null }
