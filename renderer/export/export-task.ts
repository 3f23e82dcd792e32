import { type KustomizeForm, type KustomizePatch, kustomizePatch } from '../../core/export/kustomize.ts'
import { appliedIn, manifestOf, type NotExported } from '../../core/export/manifest.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Problem } from '../../core/problem.ts'
import { encodeSecret } from '../../core/secret-data.ts'
import { printYaml } from '../../core/yaml.ts'
import { objectOfYaml, type SchemaText, schemaOf } from '../edit/text-objects.ts'

/** An object to be written for Git. Texts are YAML or JSON. */
export type ExportTask = {
  readonly kind: 'export'
  readonly text: string
  /** What it was before my change; null where there is none. */
  readonly base: string | null
  readonly schema: SchemaText | null
  readonly form: KustomizeForm | null
  /** Whether a Secret's values are written, too. */
  readonly values: boolean
}

/** Its manifest, what is not in it, and my change as a patch; null where nothing changes. */
export type Exported =
  | {
      readonly ok: true
      readonly manifest: string
      readonly leftOut: readonly NotExported[]
      readonly patch: KustomizePatch | null
    }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Writes it. */
export function exportText({ text, base, schema: schemaText, form, values }: ExportTask): Exported {
  const edited = objectOfYaml(text)
  if (!edited.ok) return edited
  const before = base === null ? null : objectOfYaml(base)
  if (before?.ok === false) return before
  const from = before === null ? null : stored(before.value)
  const mine = stored(edited.value)
  const { object, leftOut } = manifestOf(mine, { values, applied: appliedIn(from ?? mine) })
  const patch = from === null ? null : kustomizePatch(from, mine, schemaOf(schemaText), { form, values })
  return { ok: true, manifest: printYaml(object), leftOut, patch }
}

/** A Secret as the server has it: how its text shows the values is a matter of the text. */
function stored(object: JsonObject): JsonObject {
  const encoded = encodeSecret(object)
  return encoded.ok ? encoded.value : object
}
