export { type Operation, operationLimit, printJsonPatch } from './json-patch.ts'
export { applyJsonPatch } from './json-patch-apply.ts'
export { createJsonPatch, type JsonPatchOptions } from './json-patch-create.ts'
export { guardJsonPatch, type JsonPatchGuard } from './json-patch-guard.ts'
export { applyMergePatch, createMergePatch, createThreeWayMergePatch } from './merge.ts'
export { openApiPatchSchema } from './openapi.ts'
export {
  type GroupVersionKind,
  patchMediaTypes,
  patchSchemaName,
  supportsDryRun,
  supportsFieldValidation,
} from './openapi-operations.ts'
export { prunePatchSchema } from './openapi-prune.ts'
export type { PatchSchema, PatchStrategy } from './schema.ts'
export { applyStrategicPatch } from './strategic-apply.ts'
export { createStrategicPatch } from './strategic-create.ts'
export { createThreeWayStrategicPatch } from './strategic-three-way.ts'
