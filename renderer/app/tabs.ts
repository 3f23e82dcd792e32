import { formatAddress } from '../../contract/address.ts'
import type { EditSummary, OpenedEdit } from '../../contract/edit.ts'
import type { Problem } from '../../core/problem.ts'
import type { EditAddress, ObjectAddress } from './router.ts'

/** One open edit, or one object's page, in the tab bar. `address` is its key. `summary` is set where the host told of it before it was opened here. */
export type Tab = {
  readonly address: string
  readonly target: EditAddress
  readonly title: string
  readonly content:
    | { readonly kind: 'resting'; readonly edit: string }
    | { readonly kind: 'opening' }
    | { readonly kind: 'open'; readonly edit: OpenedEdit }
    | { readonly kind: 'failed'; readonly problem: Problem }
    /** An object's page; one that is not kept gives its place to the next one. */
    | { readonly kind: 'object'; readonly kept: boolean }
  readonly changed: boolean
  /** True where something happened to what was submitted, while another tab was on screen. */
  readonly alarm: boolean
  /** Null while a creation's is not known. */
  readonly context: string | null
  /** When its text was kept last, for one of an earlier run that nobody has looked at since; null for any other. */
  readonly resting: number | null
  /** Whether its object was being deleted and created again when the app ended. */
  readonly recreating: boolean
}

/** What can happen to the tabs. */
export type TabEvent =
  | { readonly kind: 'listed'; readonly edits: readonly EditSummary[] }
  | { readonly kind: 'opening'; readonly target: EditAddress }
  | { readonly kind: 'opened'; readonly target: EditAddress; readonly edit: OpenedEdit }
  | { readonly kind: 'failed'; readonly target: EditAddress; readonly problem: Problem }
  | { readonly kind: 'changed'; readonly edit: string; readonly changed: boolean }
  | { readonly kind: 'alarmed'; readonly edit: string; readonly alarm: boolean }
  | { readonly kind: 'moved'; readonly from: string; readonly edit: OpenedEdit }
  | { readonly kind: 'shown'; readonly target: ObjectAddress }
  | { readonly kind: 'kept'; readonly address: string }
  | { readonly kind: 'closed'; readonly address: string }

/** The key of the tab that shows an address: an object's page has one, whatever section and version it shows. */
export function tabAddress(target: EditAddress): string {
  if (target.kind !== 'object') return formatAddress(target)
  return formatAddress({ ...target, target: { ...target.target, version: '*' }, section: null })
}

/** The address of an edit that the host tells of. */
export function editAddress(edit: Pick<EditSummary, 'edit' | 'context' | 'ref' | 'origin'>): EditAddress {
  if (edit.origin !== 'edit') return { kind: 'create', edit: edit.edit }
  const { group, version, resource, namespace, name, subresource = null } = edit.ref
  return { kind: 'edit', target: { context: edit.context, group, version, resource, namespace, name, subresource } }
}

/** The edit's id, null while it is not known. */
export function editIdOf(tab: Tab): string | null {
  if (tab.content.kind === 'open') return tab.content.edit.edit
  return tab.content.kind === 'resting' ? tab.content.edit : null
}

/** The tabs after an event. Tabs keep their order; one address has one tab. */
export function stepTabs(tabs: readonly Tab[], event: TabEvent): readonly Tab[] {
  switch (event.kind) {
    case 'listed':
      return event.edits.reduce(addListed, tabs)
    case 'opening':
      return put(tabs, { ...blank(event.target), content: { kind: 'opening' } })
    case 'opened': {
      const changed = tabs.find(tab => tab.address === tabAddress(event.target))?.changed ?? false
      return put(tabs, { ...blank(event.target), content: { kind: 'open', edit: event.edit }, changed })
    }
    case 'failed':
      return put(tabs, { ...blank(event.target), content: { kind: 'failed', problem: event.problem } })
    case 'changed':
      return tabs.map(tab => (editIdOf(tab) === event.edit ? { ...tab, changed: event.changed } : tab))
    case 'alarmed':
      return tabs.map(tab => (editIdOf(tab) === event.edit ? { ...tab, alarm: event.alarm } : tab))
    case 'moved':
      return move(tabs, event.from, event.edit)
    case 'shown':
      return show(tabs, event.target)
    case 'kept':
      return tabs.map(tab => (isPage(tab, event.address) ? { ...tab, content: { kind: 'object', kept: true } } : tab))
    case 'closed':
      return tabs.filter(tab => tab.address !== event.address)
  }
}

function isPage(tab: Tab, address: string): boolean {
  return tab.address === address && tab.content.kind === 'object'
}

/** Puts an object's page into its own tab, else into that of a page that is not kept. */
function show(tabs: readonly Tab[], target: ObjectAddress): readonly Tab[] {
  const page: Tab = { ...blank(target), content: { kind: 'object', kept: false } }
  const own = tabs.find(tab => tab.address === page.address)
  if (own !== undefined) return tabs.map(tab => (tab === own ? { ...tab, target } : tab))
  const passing = tabs.find(tab => tab.content.kind === 'object' && !tab.content.kept)
  return passing === undefined ? [...tabs, page] : tabs.map(tab => (tab === passing ? page : tab))
}

function addListed(tabs: readonly Tab[], summary: EditSummary): readonly Tab[] {
  const target = editAddress(summary)
  const address = formatAddress(target)
  const known = tabs.find(tab => tab.address === address || editIdOf(tab) === summary.edit)
  if (known !== undefined) return tabs.map(tab => (tab === known ? { ...tab, changed: summary.changed } : tab))
  const content = { kind: 'resting', edit: summary.edit } as const
  const { changed, resting, recreating, context, ref } = summary
  const kept = { changed, alarm: false, resting, recreating, context }
  return [...tabs, { address, target, title: titleOf(ref), content, ...kept }]
}

/** What a tab is called by. Of one object several can be open: the subresource tells them apart. */
function titleOf(at: { readonly name: string; readonly subresource?: string | null }): string {
  return at.subresource && at.name ? `${at.name}/${at.subresource}` : at.name
}

function blank(target: EditAddress): Omit<Tab, 'content'> {
  const title = target.kind === 'create' ? '' : titleOf(target.target)
  const context = target.kind === 'create' ? null : target.target.context
  const nothing = { changed: false, alarm: false, resting: null, recreating: false }
  return { address: tabAddress(target), target, title, ...nothing, context }
}

function put(tabs: readonly Tab[], tab: Tab): readonly Tab[] {
  const titled = tab.content.kind === 'open' ? told(tab, tab.content.edit) : tab
  if (!tabs.some(other => other.address === tab.address)) return [...tabs, titled]
  return tabs.map(other => (other.address === tab.address ? titled : other))
}

/** The tab under the name and context that its edit has. */
function told(tab: Tab, edit: OpenedEdit): Tab {
  return { ...tab, title: titleOf(edit.ref) || tab.title, context: edit.context }
}

function move(tabs: readonly Tab[], from: string, edit: OpenedEdit): readonly Tab[] {
  const target = editAddress(edit)
  const moved = told({ ...blank(target), content: { kind: 'open', edit } }, edit)
  const place = tabs.findIndex(tab => editIdOf(tab) === from)
  if (place < 0) return put(tabs, moved)
  return tabs.flatMap((tab, index) => (index === place ? [moved] : tab.address === moved.address ? [] : [tab]))
}
