import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createMessages, languageOf } from '../../../renderer/app/i18n.ts'

const root = new URL('../../../', import.meta.url)
const namespaces = globSync('assets/messages/en/*.json', { cwd: root.pathname }).map(path => basename(path, '.json'))

function catalogue(language: string, namespace: string): Map<string, string> {
  const messages = new Map<string, string>()
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') messages.set(path, value)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`)
    }
  }
  walk(JSON.parse(readFileSync(new URL(`assets/messages/${language}/${namespace}.json`, root), 'utf8')), '')
  return messages
}

/** The values that a message is filled with, sorted. */
function holes(message: string): string[] {
  return [...message.matchAll(/\{\{\s*([\w]+)/g)].map(([, name]) => name ?? '').sort()
}

describe.each(namespaces)('the catalogue %s', namespace => {
  const en = catalogue('en', namespace)
  const zh = catalogue('zh-CN', namespace)

  test('holds the same keys in both languages', () => {
    // Chinese has no singular.
    const keys = [...en.keys()].filter(key => !key.endsWith('_one'))
    expect([...zh.keys()].sort()).toEqual(keys.sort())
  })

  test('fills in the same values in both languages', () => {
    // A singular may leave the number out in one of them.
    const plain = [...en].filter(([key]) => !/_(one|other)$/.test(key))
    for (const [key, message] of plain) expect([key, holes(zh.get(key) ?? '')]).toEqual([key, holes(message)])
  })

  test('says something in every message', () => {
    for (const [key, message] of [...en, ...zh]) expect([key, message.trim()]).not.toEqual([key, ''])
  })
})

test('every key that the page names is in its catalogue', () => {
  const known = new Map(namespaces.map(namespace => [namespace, [...catalogue('en', namespace).keys()]]))
  const missing: string[] = []
  let seen = 0
  for (const file of globSync('renderer/**/*.{ts,tsx}', { cwd: root.pathname })) {
    const source = readFileSync(new URL(file, root), 'utf8')
    const asked = [...source.matchAll(/useTranslation\(([^)]*)\)/g)].map(([, namespaces]) => namespaces ?? '')
    const used = new Set(asked.flatMap(namespaces => namespaces.match(/\w+/g) ?? []))
    for (const [, key = ''] of source.matchAll(/\bt\(\s*'([\w.:-]+)'/g)) {
      seen += 1
      const [, own, path = key] = /^(\w+):(.*)$/.exec(key) ?? []
      const places = own === undefined ? [...used] : [own]
      const found = places.some(namespace =>
        known.get(namespace)?.some(one => one === path || one.replace(/_(one|other)$/, '') === path),
      )
      if (!found && places.length > 0) missing.push(`${file}: ${key}`)
    }
  }
  expect(seen).toBeGreaterThan(80)
  expect(missing).toEqual([])
})

test.each([
  ['system', ['de-DE', 'zh-TW', 'en-US'], 'zh-CN'],
  ['system', ['en-GB', 'zh-CN'], 'en'],
  ['system', ['fr'], 'en'],
  ['zh-CN', ['en'], 'zh-CN'],
  ['en', ['zh'], 'en'],
] as const)('the setting %s with %s is %s', (setting, preferred, language) => {
  expect(languageOf(setting, preferred)).toBe(language)
})

test('the language switches live, and counts are written as it writes them', async () => {
  const messages = createMessages('en')
  expect(messages.t('browse:list.matched', { matched: 12, total: 15_000 })).toBe('12 of 15,000')
  expect(messages.t('browse:namespaces.several', { count: 1 })).toBe('1 namespace')
  await messages.changeLanguage('zh-CN')
  expect(messages.t('browse:namespaces.several', { count: 3 })).toBe('3 个命名空间')
})
