import type { i18n } from 'i18next'
import type { KnownKeeper } from '../../contract/owners.ts'
import type { Keeper } from '../../core/keepers.ts'

/** What is to be said of somebody who keeps a field: who, what will likely happen to a change, and where it belongs. */
export type Saying = {
  readonly who: string
  readonly will: string
  /** Whether it leaves the value as it is for now. */
  readonly paused: boolean
  readonly places: readonly KnownKeeper[]
}

/** Whoever writes for an object's controller owner is that one: its own page is the place for a change. */
export function keeperOfField(keeper: Keeper, known: readonly KnownKeeper[]): Keeper {
  return keeper === 'controller' && known.some(one => one.keeper === 'owner') ? 'owner' : keeper
}

/** Whether a keeper does not compare a field, in `formatPath`'s words, with its source: it does not see that this changes. */
export function isIgnored(keeper: Keeper, known: readonly KnownKeeper[], path: string): boolean {
  const ignores = known.find(one => one.keeper === keeper)?.ignores ?? null
  return ignores?.paths.some(one => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`)) === true
}

/** Says it of some fields, which are all ignored or none. `manager` is the name in managedFields; null where they are nobody's yet. */
export function sayKeeper(
  messages: Pick<i18n, 't'>,
  keeper: Keeper,
  manager: string | null,
  known: readonly KnownKeeper[],
  paths: readonly string[] = [],
): Saying {
  const places = known.filter(one => one.keeper === keeper || (keeper === 'crossplane' && one.keeper === 'owner'))
  const [first] = places
  const object = first?.object ?? null
  const named = { name: object === null ? '' : `${object.kind} ${object.name}`, ...first?.replicas }
  const title = messages.t(`owners:keeper.${keeper}`, { manager: manager ?? '' })
  const ignored = paths.length > 0 && paths.every(path => isIgnored(keeper, known, path))
  const habit = first?.replicas ? 'between' : ignored ? ignoring(first) : first?.habit
  return {
    who:
      manager === null || title.toLowerCase().includes(manager.toLowerCase())
        ? title
        : messages.t('owners:whoAs', { title, manager }),
    will: messages.t(`owners:will.${keeper}`, {
      ...named,
      interval: first?.interval ?? '',
      ...(habit ? { context: habit } : {}),
    }),
    paused: ignored || first?.habit === 'paused' || first?.habit === 'left-alone',
    places,
  }
}

/** A suspended keeper does not look at all, whatever it would ignore. */
function ignoring(known: KnownKeeper | undefined): string {
  if (known?.habit === 'paused' || known?.habit === 'left-alone') return known.habit
  return known?.ignores?.respected === true ? 'ignored-always' : 'ignored'
}

/** What a keeper's places are, in words beside their links: a release and its chart, a repository and the path in it. */
export function placeWords(messages: Pick<i18n, 't'>, { release, git }: KnownKeeper): readonly string[] {
  const { t } = messages
  const words: string[] = []
  if (release !== null && release.name !== '') {
    words.push(t('owners:place.release', { name: release.name, namespace: release.namespace }))
  }
  if (release !== null && release.chart !== '') words.push(t('owners:place.chart', { chart: release.chart }))
  if (git !== null) words.push([git.url, git.path, git.revision].filter(part => part !== '').join('  '))
  return words
}

/** Whether anything can be said of where a keeper has its values from. */
export function isSomewhere(messages: Pick<i18n, 't'>, known: KnownKeeper): boolean {
  return known.object !== null || placeWords(messages, known).length > 0
}
