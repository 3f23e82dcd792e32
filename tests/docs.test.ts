import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
]
const folders = /^(core|contract|electron|renderer|assets|scripts|tests|docs)\//

describe.each(documents)('%s', name => {
  const text = readFileSync(join(root, name), 'utf8')

  test('holds no marks of a merge that was left half done', () => {
    expect(text.split('\n').filter(line => /^(<{7}|={7}$|>{7})/.test(line))).toEqual([])
  })

  test('names only files that are there', () => {
    const named = [...text.matchAll(/`([\w./*<>-]+)`/g)].map(match => match[1] ?? '')
    const paths = named.filter(path => folders.test(path) && !/[*<>]/.test(path))
    expect(paths.filter(path => !existsSync(join(root, path)))).toEqual([])
  })

  test('holds no marks of a merge', () => {
    expect(text.split('\n').filter(line => /^(<{7} |={7}$|>{7} )/.test(line))).toEqual([])
  })

  test('links only to what is there', () => {
    const targets = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(match => match[1] ?? '')
    const local = targets.filter(target => !/^https?:/.test(target))
    expect(local.filter(target => !existsSync(join(root, name, '..', target)))).toEqual([])
  })
})

test('a file that the architecture names without its folder is in a folder that its row names', () => {
  const rows = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| '))
  const lost = rows.flatMap(row => {
    const named = [...row.matchAll(/`([\w./-]+)`/g)].map(match => match[1] ?? '')
    const near = named.filter(path => folders.test(path)).map(path => path.slice(0, path.lastIndexOf('/') + 1))
    const bare = named.filter(path => /^[\w.-]+\.\w+$/.test(path))
    return bare.filter(file => !near.some(folder => existsSync(join(root, folder, file))))
  })
  expect(rows.length).toBeGreaterThan(50)
  expect(lost).toEqual([])
})

test('each promise is held by a test, or says that it is not yet', () => {
  const rows = readFileSync(join(root, 'docs/promises.md'), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| '))
  const promises = rows.slice(1).filter(row => !row.startsWith('| **') && !row.startsWith('|---'))
  expect(promises.length).toBeGreaterThan(20)
  expect(promises.filter(row => !/`tests\/|not yet/.test(row))).toEqual([])
})

test('every dependency has its line', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const text = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
  const told = (name: string) =>
    text.includes(`\`${name}\``) || (name.startsWith('@codemirror/') && text.includes('`@codemirror/*`'))
  expect(Object.keys(dependencies).filter(name => !told(name))).toEqual([])
})
