// The npm package's third entry.
export { type ApplyAs, createApplyConfiguration } from './apply.ts'
export { conflictsOfApply, type OwnerConflict } from './apply-conflicts.ts'
export { mergeApplyConfiguration } from './apply-merge.ts'
