import { mapsAt, textAt } from '../conditions.ts'
import { podSpecOf } from '../containers.ts'
import type { Json, JsonObject } from '../json.ts'
import { isList, isObject } from '../object.ts'
import { ok, type Result } from '../problem.ts'
import { containerLists, mapContainers } from './images.ts'
import { unfit, withList } from './places.ts'
import type { EnvSetting, QuickEditOf, Unfit } from './quick-edit.ts'

/**
 * As `kubectl set env`: a variable that is there keeps its place and takes the new value, wherever it came from before;
 * new ones come last, in the order given. `no-container` where the object has none of those that are named.
 */
export function setEnv(object: JsonObject, { containers, set, remove }: QuickEditOf<'env'>): Result<JsonObject, Unfit> {
  const spec = podSpecOf(object)
  if (spec === null) return unfit('no-template')
  const isChosen = (container: JsonObject, list: (typeof containerLists)[number]) =>
    containers === null ? list === 'containers' : containers.includes(textAt(container, 'name'))
  const there = containerLists.flatMap(list => mapsAt(spec, list).filter(container => isChosen(container, list)))
  if (there.length === 0) return unfit('no-container', (containers ?? []).join(', '))
  return ok(
    mapContainers(object, (container, list) =>
      isChosen(container, list) ? changed(container, set, remove) : container,
    ),
  )
}

function changed(container: JsonObject, set: readonly EnvSetting[], remove: readonly string[]): JsonObject {
  const { env } = container
  const before = isList(env) ? env : []
  const settings = new Map(set.map(setting => [setting.name, setting]))
  const kept = before.flatMap(entry => {
    const name = isObject(entry) ? textAt(entry, 'name') : ''
    const setting = settings.get(name)
    if (setting !== undefined) return [entryOf(setting)]
    return remove.includes(name) ? [] : [entry]
  })
  const names = before.map(entry => (isObject(entry) ? textAt(entry, 'name') : ''))
  const added = [...settings.values()].filter(({ name }) => !names.includes(name)).map(entryOf)
  return withList(container, ['env'], [...kept, ...added])
}

function entryOf(setting: EnvSetting): Json {
  if ('value' in setting) return { name: setting.name, value: setting.value }
  const { name, from, of, key } = setting
  const field = from === 'configMap' ? 'configMapKeyRef' : 'secretKeyRef'
  return { name, valueFrom: { [field]: { name: of, key } } }
}
