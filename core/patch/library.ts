// The npm package's main entry: all but JSON Patch, which would take it over its size limit.
export { type Json, type JsonObject, parseJson, printJson } from '../json.ts'
export { formatPath, type ItemIdentity, type Path, type Step } from '../path.ts'
export type { Conflict, PatchProblem, Result } from '../problem.ts'
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
