import { ok, type Problem, type Result } from '../../core/problem.ts'
import { applyQuickEdit } from '../../core/quick/apply.ts'
import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import type { TextChange } from '../../core/session.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import { itemKeyIn, objectOfYaml, type SchemaText, schemaOf } from '../edit/text-objects.ts'

/** A change that is made in a text by operations on it. */
export type ChangeTask = {
  readonly kind: 'change'
  readonly text: string
  readonly schema: SchemaText | null
  readonly edit: QuickEdit
}

/** What of a text has to change so that it says the object with a quick edit in it; nothing where it says that already. */
export function changeText({ text, schema, edit }: ChangeTask): Result<readonly TextChange[]> {
  const mine = objectOfYaml(text)
  if (!mine.ok) return { ok: false, problem: mine.problems[0] ?? ({ code: 'yaml-empty' } satisfies Problem) }
  const applied = applyQuickEdit(mine.value, edit)
  if (!applied.ok) return applied
  if (applied.value === mine.value) return ok([])
  return editYaml(text, applied.value, itemKeyIn(applied.value, schemaOf(schema)))
}
