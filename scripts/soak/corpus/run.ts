import type { JsonObject } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { makeSkeleton } from '../../../core/skeleton.ts'
import { starts } from '../../../core/skeleton-starts.ts'
import { readYaml } from '../../../core/yaml.ts'
import { createSchemas } from '../../../electron/host/schemas/schemas.ts'
import { openPractice } from '../../../tests/electron/host/clusters/practice-clusters.ts'
import { until } from '../../../tests/electron/host/until.ts'
import { practiceForTests } from '../../../tests/practice/setup.ts'
import { kubectl } from '../../practice/kubectl.ts'
import { judgeKind, type Verdict } from './corpus.ts'
import { loose, ruled, samplesOf } from './definitions.ts'
import type { Mutation } from './mutations.ts'

/**
 * Lets the server and both sources of schema help judge edits of an object of every kind that new objects are offered for,
 * and of two custom kinds. `choose` says which edits of each.
 */
export async function runCorpus(
  choose: (all: readonly Mutation[]) => readonly Mutation[],
): Promise<readonly Verdict[]> {
  const practice = await practiceForTests()
  const host = await openPractice(practice)
  const schemas = createSchemas()
  const group = `corpus-${process.pid}.example.com`
  const definitions = [ruled(group), loose(group)]
  const ground = { cluster: host.cluster(), schemas, namespace: 'default', signal: host.signal }
  try {
    for (const definition of definitions) {
      await kubectl(practice, ['create', '-f', '-'], { input: JSON.stringify(definition) })
    }
    const verdicts: Verdict[] = []
    for (const object of builtIn()) verdicts.push(...(await judgeKind(ground, object, choose)))
    for (const object of samplesOf(group)) {
      const kind = { group, version: 'v1', kind: String(object.kind) }
      const states = schemas.watch(ground.cluster, { kind, through: kind }, host.signal)
      await until(states, state => state.kind === 'known')
      await states.return()
      verdicts.push(...(await judgeKind(ground, object, choose)))
    }
    return verdicts
  } finally {
    for (const { metadata } of definitions) {
      const name = isObject(metadata) ? String(metadata.name) : ''
      await kubectl(practice, ['delete', 'crd', name, '--wait=false', '--ignore-not-found'])
    }
    await host.end()
    await practice.stop()
  }
}

function builtIn(): readonly JsonObject[] {
  return Object.keys(starts).flatMap(key => {
    const [group = '', kind = ''] = key.split('/')
    const version = kind === 'HorizontalPodAutoscaler' ? 'v2' : 'v1'
    const reading = readYaml(makeSkeleton(null, { group, version, kind, namespace: null }))
    return reading.ok && isObject(reading.value) ? [reading.value] : []
  })
}
