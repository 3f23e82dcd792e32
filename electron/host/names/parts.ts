import type { Part, PartsAsk } from '../../../contract/names.ts'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { fieldOf } from '../../../core/object.ts'

/** What of an object can be named elsewhere. Of data the keys alone: what they hold stays here. */
export function partsOf(object: JsonObject, of: PartsAsk['of']): readonly Part[] {
  if (of === 'data') {
    const keys = ['data', 'binaryData'].flatMap(field => Object.keys(mapAt(object, field)))
    return [...new Set(keys)].sort().map(text => ({ text, note: '' }))
  }
  if (of === 'listeners') {
    return mapsAt(mapAt(object, 'spec'), 'listeners').map(listener => ({
      text: textAt(listener, 'name'),
      note: [textAt(listener, 'protocol'), String(fieldOf(listener, 'port') ?? '')].join(' '),
    }))
  }
  return mapsAt(mapAt(object, 'spec'), 'ports').flatMap(port => {
    const [name, number] = [textAt(port, 'name'), String(fieldOf(port, 'port') ?? '')]
    const [text, note] = of === 'port-names' ? [name, number] : [number, name]
    return text === '' ? [] : [{ text, note }]
  })
}
