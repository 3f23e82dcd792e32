import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkbench, unwrap, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('release')
})
afterAll(() => bench?.end())

test('an edit that is not wanted any more goes, unless it says something or another page has taken it up', async () => {
  const { opened: first } = await bench.open('configmaps.v1', 'backup-script')
  const isHeld = async () => (await bench.client.edit.list()).some(({ edit }) => edit === first.edit)

  const second = unwrap(await bench.client.edit.resume({ edit: first.edit }))
  await bench.client.edit.release({ edit: first.edit, lease: first.lease })
  expect(await isHeld()).toBe(true)
  await bench.client.edit.release({ edit: second.edit, lease: second.lease })
  expect(await isHeld()).toBe(false)

  const typed = await bench.open('configmaps.v1', 'backup-script')
  await typed.replace('0 3 * * *', '0 7 * * *')
  await bench.client.edit.release({ edit: typed.opened.edit, lease: typed.opened.lease })
  expect(unwrap(await bench.client.edit.resume({ edit: typed.opened.edit })).text).toContain('0 7 * * *')
  // What is gone can be let go of once more.
  await bench.client.edit.release({ edit: first.edit, lease: first.lease })
})
