import { createRouterClient } from '@orpc/server'
import { expect, test } from 'vitest'
import type { EditSummary, OpenedEdit } from '../../../contract/edit.ts'
import { placeOf } from '../../../renderer/app/router.ts'
import { editAddress, stepTabs, type Tab, type TabEvent, tabAddress } from '../../../renderer/app/tabs.ts'
import { createStandIn } from '../stand-in-host.ts'

const client = createRouterClient(createStandIn({ rows: 0 }).router)

async function opened(name: string): Promise<OpenedEdit> {
  const target = {
    context: 'practice',
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    namespace: 'default',
    name,
    subresource: null,
  }
  const result = await client.edit.open(target)
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

function target(name: string) {
  const { edit } = placeOf(`/edit/practice/apps/v1/deployments/default/${name}`)
  if (edit === null) throw new Error('no edit')
  return edit
}

function after(...events: TabEvent[]): readonly Tab[] {
  return events.reduce(stepTabs, [])
}

/** The tabs in one line: name, content, `*` where changed. */
function line(tabs: readonly Tab[]): string {
  return tabs.map(tab => `${tab.title}:${tab.content.kind}${tab.changed ? '*' : ''}`).join(' ')
}

test('an address has one tab, from opening to open', async () => {
  const web = await opened('web')
  const opening = after({ kind: 'opening', target: target('web') }, { kind: 'opening', target: target('web') })
  expect(line(opening)).toBe('web:opening')
  expect(line(stepTabs(opening, { kind: 'opened', target: target('web'), edit: web }))).toBe('web:open')
})

test('a failure is told in the tab', () => {
  const tabs = after(
    { kind: 'opening', target: target('web') },
    { kind: 'failed', target: target('web'), problem: { code: 'host-gone' } },
  )
  expect(line(tabs)).toBe('web:failed')
})

test('the edits that the host holds rest until they are looked at, and keep an open tab open', async () => {
  const web = await opened('web')
  const api = await opened('api')
  const summaries: EditSummary[] = [web, api].map(({ edit, context, ref, origin }) => ({
    edit,
    context,
    ref,
    origin,
    changed: true,
    resting: null,
    recreating: false,
  }))
  const tabs = after({ kind: 'opened', target: target('web'), edit: web }, { kind: 'listed', edits: summaries })
  expect(line(tabs)).toBe('web:open* api:resting*')
})

test('a dirty dot comes and goes', async () => {
  const web = await opened('web')
  const open = after({ kind: 'opened', target: target('web'), edit: web })
  const changed = stepTabs(open, { kind: 'changed', edit: web.edit, changed: true })
  expect(line(changed)).toBe('web:open*')
  expect(line(stepTabs(changed, { kind: 'changed', edit: web.edit, changed: false }))).toBe('web:open')
})

test('an edit that goes on as another keeps its place and has no twin', async () => {
  const [web, api, cron] = [await opened('web'), await opened('api'), await opened('cron')]
  const tabs = after(
    { kind: 'opened', target: target('web'), edit: web },
    { kind: 'opened', target: target('api'), edit: api },
    { kind: 'opened', target: target('cron'), edit: cron },
    { kind: 'moved', from: web.edit, edit: { ...cron, edit: 'edit-9' } },
  )
  expect(line(tabs)).toBe('cron:open api:open')
  expect(tabs[0]?.content).toMatchObject({ edit: { edit: 'edit-9' } })
})

test('closing takes the tab away', async () => {
  const web = await opened('web')
  const tabs = after({ kind: 'opened', target: target('web'), edit: web })
  expect(stepTabs(tabs, { kind: 'closed', address: tabs[0]?.address ?? '' })).toEqual([])
})

test('a creation has an address of its own', async () => {
  const web = await opened('web')
  expect(editAddress(web)).toEqual(target('web'))
  expect(editAddress({ ...web, origin: 'create' })).toEqual({ kind: 'create', edit: web.edit })
})

test("an object's page passes its tab on to the next one, unless it is kept", () => {
  const page = (name: string, section = '') => {
    const { edit } = placeOf(`/object/practice/apps/v1/deployments/default/${name}${section}`)
    if (edit?.kind !== 'object') throw new Error('no page')
    return edit
  }
  const web = after({ kind: 'shown', target: page('web') }, { kind: 'shown', target: page('api') })
  expect(line(web)).toBe('api:object')
  const kept = stepTabs(web, { kind: 'kept', address: tabAddress(page('api')) })
  const two = stepTabs(kept, { kind: 'shown', target: page('web', '?section=yaml') })
  expect(line(two)).toBe('api:object web:object')
  expect(two[1]?.target).toEqual(page('web', '?section=yaml'))
  // Another section, or the same object in another version, is the same tab.
  const other = { ...page('api'), target: { ...page('api').target, version: 'v1beta1' } }
  expect(line(stepTabs(two, { kind: 'shown', target: other }))).toBe('api:object web:object')
})
