import { diffObjects } from '../../core/diff.ts'
import { type Fragment, mergeFragment } from '../../core/fragment.ts'
import type { Choice } from '../../core/merge.ts'
import { formatPath, type Path } from '../../core/path.ts'
import { type Conflict, ok, type Result } from '../../core/problem.ts'
import type { TextChange } from '../../core/session.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import { itemKeyIn, objectOfYaml, type SchemaText, schemaOf } from '../edit/text-objects.ts'

/** What stands where the object and a fragment say different things, by the path as `formatPath` writes it. */
export type FragmentChoices = Readonly<Record<string, Choice>>

/** A fragment that is to be merged into a text. */
export type FragmentTask = {
  readonly kind: 'fragment'
  readonly text: string
  readonly schema: SchemaText | null
  readonly fragment: Fragment
  readonly choices: FragmentChoices
}

/** How that changes the text: the paths that come in or become another, and where the two differ. */
export type FragmentChange = {
  readonly changes: readonly TextChange[]
  readonly paths: readonly string[]
  readonly conflicts: readonly Conflict[]
}

/** Merges a fragment into a text in place. Fails with what is wrong with the text, and with what `mergeFragment` fails with. */
export function mergeIntoText({ text, schema: shown, fragment, choices }: FragmentTask): Result<FragmentChange> {
  const mine = objectOfYaml(text)
  if (!mine.ok) return { ok: false, problem: mine.problems[0] ?? { code: 'yaml-empty' } }
  const schema = schemaOf(shown)
  const choose = (path: Path) => choices[formatPath(path)] ?? null
  const merged = mergeFragment(mine.value, fragment, schema, choose)
  if (!merged.ok) return merged
  const { object, conflicts } = merged.value
  const changes = editYaml(text, object, itemKeyIn(object, schema))
  if (!changes.ok) return changes
  const paths = diffObjects(mine.value, object, schema).map(({ path }) => formatPath(path))
  return ok({ changes: changes.value, paths, conflicts })
}
