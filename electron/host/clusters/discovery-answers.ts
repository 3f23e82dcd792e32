import type { Kinds, ResourceKind } from '../../../contract/browse.ts'
import { type Json, type JsonObject, parseJson } from '../../../core/json.ts'
import { isList, isObject } from '../../../core/object.ts'
import { type Cluster, request } from './connection.ts'

/** The kinds of an APIGroupDiscoveryList (v2 or v2beta1), null when the document is something else. Stale versions are failed groups. */
export function readAggregated(document: Json): Kinds | null {
  if (!isObject(document) || document.kind !== 'APIGroupDiscoveryList') return null
  const kinds: ResourceKind[] = []
  const failedGroups = new Set<string>()
  for (const item of objects(document.items)) {
    const group = text(isObject(item.metadata) ? item.metadata.name : '')
    objects(item.versions).forEach((version, index) => {
      if (version.freshness === 'Stale') failedGroups.add(group)
      for (const resource of objects(version.resources))
        kinds.push(aggregatedKind(resource, { group, version: text(version.version), preferred: index === 0 }))
    })
  }
  return { kinds, failedGroups: [...failedGroups] }
}

type GroupVersion = { readonly group: string; readonly version: string; readonly preferred: boolean }

function aggregatedKind(resource: JsonObject, of: GroupVersion): ResourceKind {
  const subresources = objects(resource.subresources).map(one => ({
    name: text(one.subresource),
    verbs: texts(one.verbs),
  }))
  return {
    ...of,
    resource: text(resource.resource),
    kind: text(isObject(resource.responseKind) ? resource.responseKind.kind : ''),
    singular: text(resource.singularResource),
    shortNames: texts(resource.shortNames),
    categories: texts(resource.categories),
    namespaced: resource.scope === 'Namespaced',
    verbs: texts(resource.verbs),
    subresources,
  }
}

/** The kinds behind an APIVersions or APIGroupList document: a request for each group version, 8 at a time. */
export async function plainKinds(cluster: Cluster, document: Json, signal: AbortSignal): Promise<Kinds> {
  const wanted = groupVersions(document)
  const answers: (readonly ResourceKind[] | null)[] = []
  for (let start = 0; start < wanted.length; start += 8) {
    const some = wanted.slice(start, start + 8)
    answers.push(...(await Promise.all(some.map(one => resourceList(cluster, one, signal)))))
  }
  const failed = wanted.filter((_, index) => answers[index] === null).map(one => one.group)
  return { kinds: answers.flatMap(kinds => kinds ?? []), failedGroups: [...new Set(failed)] }
}

function groupVersions(document: Json): GroupVersion[] {
  if (!isObject(document)) return []
  if (document.kind === 'APIVersions')
    return texts(document.versions).map((version, index) => ({ group: '', version, preferred: index === 0 }))
  return objects(document.groups).flatMap(group => {
    const preferred = isObject(group.preferredVersion) ? group.preferredVersion.version : null
    return objects(group.versions).map(one => {
      const version = text(one.version)
      return { group: text(group.name), version, preferred: version === preferred }
    })
  })
}

async function resourceList(
  cluster: Cluster,
  of: GroupVersion,
  signal: AbortSignal,
): Promise<readonly ResourceKind[] | null> {
  const path = of.group === '' ? `/api/${of.version}` : `/apis/${of.group}/${of.version}`
  const asked = { verb: 'get', group: of.group, resource: path, namespace: null, name: null }
  const answer = await request(cluster, { method: 'GET', path, asked, signal })
  const parsed = answer.ok ? parseJson(answer.value.body) : null
  if (!parsed?.ok || !isObject(parsed.value)) return null
  const resources = objects(parsed.value.resources)
  // Subresources stand in the same list, as `pods/status`.
  const main = resources.filter(one => !text(one.name).includes('/'))
  return main.map(one => plainKind(one, resources, of))
}

function plainKind(resource: JsonObject, all: readonly JsonObject[], of: GroupVersion): ResourceKind {
  const name = text(resource.name)
  const below = all.filter(one => text(one.name).startsWith(`${name}/`))
  return {
    ...of,
    resource: name,
    kind: text(resource.kind),
    singular: text(resource.singularName),
    shortNames: texts(resource.shortNames),
    categories: texts(resource.categories),
    namespaced: resource.namespaced === true,
    verbs: texts(resource.verbs),
    subresources: below.map(one => ({ name: text(one.name).slice(name.length + 1), verbs: texts(one.verbs) })),
  }
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isObject) : []
}

function texts(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter(one => typeof one === 'string') : []
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
