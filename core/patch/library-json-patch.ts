// The npm package's second entry.
export { type Operation, operationLimit, printJsonPatch } from './json-patch.ts'
export { applyJsonPatch } from './json-patch-apply.ts'
export { createJsonPatch, type JsonPatchOptions } from './json-patch-create.ts'
export { guardJsonPatch, type JsonPatchGuard } from './json-patch-guard.ts'
