import { expect, test } from 'vitest'
import type { OpenedEdit } from '../../../contract/edit.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Client } from '../../../renderer/app/client.ts'
import { createOpenTabs } from '../../../renderer/app/open-tabs.ts'
import { createRouter, type EditAddress, placeOf } from '../../../renderer/app/router.ts'
import { openedEdit } from '../stand-in-edit.ts'
import { fakeWindow } from './fake-window.ts'

const page = '/object/practice/apps/v1/deployments/default/web'

function edit(name: string): Extract<EditAddress, { kind: 'edit' }> {
  const { edit } = placeOf(`/edit/practice/apps/v1/deployments/default/${name}`)
  if (edit?.kind !== 'edit') throw new Error('that is the address of an edit')
  return edit
}

function opened(name: string, lease = 1): OpenedEdit {
  return { ...openedEdit(`edit of ${name}`, edit(name).target), lease }
}

/** A page at an address, whose host answers when it is told to; and what was asked of it. */
async function startAt(address: string) {
  const calls: string[] = []
  const waiting: PromiseWithResolvers<Result<OpenedEdit>>[] = []
  const ask = (call: string) => {
    calls.push(call)
    waiting.push(Promise.withResolvers())
    return waiting.at(-1)?.promise
  }
  const client = {
    edit: {
      open: ({ name }: { name: string }) => ask(`open ${name}`),
      resume: ({ edit }: { edit: string }) => ask(`resume ${edit}`),
      release: async ({ edit, lease }: { edit: string; lease: number }) => void calls.push(`release ${edit} ${lease}`),
    },
  }
  const router = createRouter(fakeWindow(address).window)
  // It asks for nothing else.
  const tabs = createOpenTabs({ client: client as unknown as Client, ready: async () => undefined }, router)
  await new Promise(setImmediate)
  const drawn: string[] = []
  router.subscribe(() => drawn.push(router.drawn().edit?.kind ?? 'none'))
  return {
    router,
    tabs,
    calls,
    drawn,
    line: () =>
      tabs
        .tabs()
        .map(({ title, content }) => `${title}:${content.kind}`)
        .join(' '),
    answer: async (at: number, result: Result<OpenedEdit>) => {
      waiting[at]?.resolve(result)
      await new Promise(setImmediate)
    },
  }
}

test('an edit is asked for before anything is drawn, and drawn with its text', async () => {
  const { router, calls, drawn, line, answer } = await startAt(page)
  router.showEdit(edit('web'))
  expect([calls, drawn, line()]).toEqual([['open web'], [], 'web:object'])
  await answer(0, ok(opened('web')))
  expect([drawn, line()]).toEqual([['edit'], 'web:object web:open'])
})

test('a text that does not come at once leaves room for the word that it is being opened', async () => {
  const { router, tabs, line, answer } = await startAt(page)
  const seen = Promise.withResolvers<void>()
  tabs.subscribe(seen.resolve)
  router.showEdit(edit('web'))
  await seen.promise
  expect([router.drawn().edit?.kind, line()]).toEqual(['edit', 'web:object web:opening'])
  await answer(0, { ok: false, problem: { code: 'edit-unknown' } })
  expect(line()).toBe('web:object web:failed')
})

test('asked twice, it is opened once; and an edit that is there is not asked for', async () => {
  const { router, calls, line, answer } = await startAt(page)
  router.showEdit(edit('web'))
  router.showEdit(edit('web'))
  router.showEdit(edit('api'))
  router.showEdit(edit('web'))
  await answer(0, ok(opened('web')))
  await answer(1, ok(opened('api')))
  router.showEdit(edit('api'))
  expect(calls).toEqual(['open web', 'open api'])
  expect(line()).toBe('web:object web:open api:open')
})

test('an edit whose tab is closed meanwhile is let go, and does not come back', async () => {
  const { router, tabs, calls, line, answer } = await startAt('/edit/practice/apps/v1/deployments/default/web')
  const [tab] = tabs.tabs()
  if (tab === undefined) throw new Error('an address that is opened has a tab')
  tabs.close(tab)
  router.hideEdit()
  // Opened again, before the first answer has come: that one is not the edit that is wanted.
  router.showEdit(edit('web'))
  await answer(0, ok(opened('web', 1)))
  expect([calls, line()]).toEqual([['open web', 'open web', 'release edit of web 1'], ''])
  await answer(1, ok(opened('web', 2)))
  expect([calls.length, line()]).toEqual([3, 'web:open'])
})

test('what rests in the host is taken up by its id', async () => {
  const { router, tabs, calls } = await startAt(page)
  const { edit: id, context, ref, origin } = opened('web')
  const rest = { changed: true, resting: 1, recreating: false }
  tabs.step({ kind: 'listed', edits: [{ edit: id, context, ref, origin, ...rest }] })
  router.showEdit(edit('web'))
  expect(calls).toEqual(['resume edit of web'])
})

test('a list that is shown beside a failed edit does not ask for that anew', async () => {
  const { router, calls, answer } = await startAt('/edit/practice/apps/v1/deployments/default/web')
  await answer(0, { ok: false, problem: { code: 'edit-unknown' } })
  const { list } = placeOf('/list/practice/apps/v1/deployments/default')
  if (list === null) throw new Error('that is the address of a list')
  router.showList(list)
  expect(calls).toEqual(['open web'])
})
