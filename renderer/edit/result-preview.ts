import { mergeThreeWay } from '../../core/merge.ts'
import { equalPath, formatPath, type Path } from '../../core/path.ts'
import { changeText } from '../../core/session.ts'
import { readYaml } from '../../core/yaml.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import { placeOf } from './others.ts'
import type { SettleTask } from './settle.ts'
import { itemKeyIn, objectOfJson, objectOfYaml, schemaOf } from './text-objects.ts'

/** The same as to settle a text, to see at the places `at` what would come of it. */
export type PreviewTask = Omit<SettleTask, 'kind'> & { readonly kind: 'preview'; readonly at: readonly Path[] }

/** Some lines of a text around a field, with their numbers, counted from 1; `own` are the field's own ones. */
export type Excerpt = {
  readonly path: string
  readonly lines: readonly { readonly number: number; readonly text: string; readonly own: boolean }[]
}

const [linesAround, mostLines] = [2, 14]

/** How the text will stand at each of some places, with mine where nothing is decided. Null when the text cannot be read. */
export function previewResult(task: PreviewTask): readonly Excerpt[] | null {
  const mine = objectOfYaml(task.text)
  if (!mine.ok) return null
  const schema = schemaOf(task.schema)
  const decide = (path: Path) => task.decisions.find(made => equalPath(made.path, path))?.choice ?? 'mine'
  const merge = mergeThreeWay(objectOfJson(task.base), mine.value, objectOfJson(task.live), schema, decide)
  if (!merge.ok) throw new Error('what was decided is decided')
  const edited = editYaml(task.text, merge.merged, itemKeyIn(merge.merged, schema))
  if (!edited.ok) return null
  const text = changeText(task.text, edited.value)
  const reading = readYaml(text)
  if (!reading.ok) return null
  const lines = text.split('\n')
  return task.at.map(path => {
    const { from, to, around } = placeOf(path, merge.merged, { ranges: reading.ranges, schema })
    const first = lineAt(text, from)
    const last = around ? first : lineAt(text, to)
    const shown = [Math.max(first - linesAround, 0), Math.min(last + linesAround + 1, first + mostLines)] as const
    const numbered = lines.slice(...shown).map((line, index) => {
      const number = shown[0] + index
      return { number: number + 1, text: line, own: !around && number >= first && number <= last }
    })
    return { path: formatPath(path), lines: numbered }
  })
}

/** The line of an offset, counted from 0; the end of a block scalar is on its last line. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, text.charAt(offset - 1) === '\n' ? offset - 1 : offset).split('\n').length - 1
}
