import { printJson } from '../../../../core/json.ts'
import {
  type ApplyAs,
  conflictsOfApply,
  createApplyConfiguration,
  mergeApplyConfiguration,
  type OwnerConflict,
} from '../../../../core/patch/index.ts'
import { viewObject } from '../../../../core/view.ts'
import { impossible, missedBy } from './patches.ts'
import type { Attempt, WriteTarget, WriteWays } from './ways.ts'

/** Server-side apply has a field manager of its own: a patch and an apply of one name conflict with each other. */
export function applyManager(fieldManager: string): string {
  return `${fieldManager}-apply`
}

/** An attempt at server-side apply, with the owners that the server would refuse it for. */
export type ApplyAttempt = Attempt & { readonly conflicts: readonly OwnerConflict[] }

/** The configuration of a server-side apply; always with live's uid and version, since it would create what is gone. */
export function tryApply(target: WriteTarget, { schema, fieldManager }: WriteWays): ApplyAttempt {
  const { ref, live, merged } = target
  const as: ApplyAs = { manager: applyManager(fieldManager), subresource: ref.subresource ?? null, schema }
  const configuration = createApplyConfiguration(live.object, merged, as)
  if (!configuration.ok) return { ...impossible('apply', configuration.problem), conflicts: [] }
  const made = mergeApplyConfiguration(live.object, configuration.value, as)
  const shown = made.ok ? { ...made, value: viewObject(made.value, target.view) } : made
  return {
    strategy: 'apply',
    missed: missedBy(shown, merged, schema),
    body: () => printJson(configuration.value),
    conflicts: made.ok ? conflictsOfApply(live.object, made.value, as) : [],
  }
}
