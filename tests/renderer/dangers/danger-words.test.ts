import { describe, expect, test } from 'vitest'
import { dangerIds } from '../../../core/dangers/danger.ts'
import { findDangers } from '../../../core/dangers/find.ts'
import { immutableFields } from '../../../core/immutable-fields.ts'
import type { JsonObject } from '../../../core/json.ts'
import { applyMergePatch } from '../../../core/patch/index.ts'
import { createMessages } from '../../../renderer/app/i18n.ts'
import { dangerTitle, dangerWords } from '../../../renderer/dangers/danger-words.ts'
import { objectIn, rowsOf } from '../../core/table-rows.ts'

const rows = [...rowsOf('dangers.yaml'), ...rowsOf('immutable-fields.yaml')]

describe.each(['en', 'zh-CN'] as const)('dangers in %s', language => {
  const messages = createMessages(language)

  test.each(rows)('%s', (_name, { object, patch }: JsonObject) => {
    const before = object === null ? null : objectIn(object)
    const after = applyMergePatch(before ?? {}, objectIn(patch))
    if (!after.ok) throw new Error(after.problem.code)
    for (const { id, facts } of findDangers(before, after.value, null)) {
      expect(dangerWords(messages, id, facts)).not.toMatch(/^words\.|\{\{|^$/)
    }
  })

  test('each has a name', () => {
    for (const id of dangerIds) expect(dangerTitle(messages, id)).not.toMatch(/^titles\./)
  })

  test('each way of being immutable has its sentence', () => {
    const ways = new Set(
      ['Pod', 'Service', 'PersistentVolumeClaim', 'ConfigMap']
        .flatMap(kind => immutableFields('', kind))
        .map(({ when }) => when),
    )
    for (const when of [...ways, 'while-running', 'unless-indexed', 'by-rule']) {
      expect(dangerWords(messages, 'immutable-field', { field: 'f', when, message: 'm' })).toMatch(/f|Job/)
    }
  })
})
