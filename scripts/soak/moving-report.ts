import { editMoving } from './moving.ts'

/** 30 edits of an object that is rewritten 5 and 20 times a second, 200 ms away; beside them the guard by version alone. */
export async function soakMoving({ count }: { readonly count: number | null }): Promise<boolean> {
  const edits = count ?? 30
  let held = true
  console.log(
    '| writes a second | guard | saved | by value | other ends | writes meanwhile | seconds |\n|---|---|---|---|---|---|---|',
  )
  for (const writesPerSecond of [5, 20]) {
    for (const guard of [null, 'version'] as const) {
      const moved = await editMoving({ edits, writesPerSecond, delay: 200, guard })
      const ends = [...new Set(moved.problems)].join(', ')
      const cells = [
        writesPerSecond,
        guard ?? 'own choice',
        `${moved.saved} of ${edits}`,
        moved.byValue,
        ends,
        moved.writes,
      ]
      console.log(`| ${cells.join(' | ')} | ${moved.seconds.toFixed(0)} |`)
      if (moved.kept !== moved.saved)
        console.log(`LOST: ${moved.saved - moved.kept} of those saved are not in the object.`)
      held &&= moved.kept === moved.saved && (guard !== null || moved.saved === edits)
    }
  }
  return held
}
