import { benchBrowse } from './bench/browse.ts'
import { benchEdit } from './bench/edit.ts'
import { benchEditor } from './bench/editor.ts'
import { benchPatch } from './bench/patch.ts'
import { writeSection } from './bench/report.ts'
import { benchYaml } from './bench/yaml.ts'

/** The benches by name. Each runs ours and what it is compared with side by side, and gives a section of the report. */
const benches = { edit: benchEdit, patch: benchPatch, yaml: benchYaml } as const

const [name = '', ...words] = process.argv.slice(2)
const bench = Object.entries(benches).find(([known]) => known === name)?.[1]
if (name === 'browse') {
  await benchBrowse(words)
} else if (name === 'editor') {
  await benchEditor(words)
} else if (bench !== undefined) {
  const section = await bench()
  writeSection(name, section)
  console.log(section)
} else {
  console.error(`Which one? npm run bench -- ${Object.keys(benches).join('|')}|browse|editor`)
  process.exit(2)
}
