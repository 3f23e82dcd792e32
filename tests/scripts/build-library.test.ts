import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import ts from 'typescript'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/bootstrap/root.mjs'
import { buildLibrary, entries } from '../../scripts/build-library.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'patchbay-library-'))
/** Where somebody uses the packed library, away from the project. */
const user = join(folder, 'user')
const readme = readFileSync(join(root, 'core/patch/README.md'), 'utf8')
const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(match => match[1] ?? '')

async function npm(args: readonly string[], cwd: string): Promise<void> {
  // npm is a script there.
  const shell = process.platform === 'win32'
  await run('npm', [...args, '--offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd, shell })
}

beforeAll(async () => {
  buildLibrary(join(folder, 'built'))
  await npm(['pack', '--pack-destination', '..'], join(folder, 'built'))
  mkdirSync(user)
  writeFileSync(join(user, 'package.json'), '{ "private": true, "type": "module" }')
  const packed = readdirSync(folder).filter(name => name.endsWith('.tgz'))
  expect(packed).toHaveLength(1)
  await npm(['install', join('..', packed[0] ?? '')], user)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(examples.map((example, index) => [index + 1, example] as const))(
  'example %i of the README prints what it says',
  async (index, example) => {
    const file = join(user, `example-${index}.mjs`)
    writeFileSync(file, example)
    const { stdout } = await run(process.execPath, [file])
    const promised = [...example.matchAll(/^console\.log.*\n\/\/ (.*)$/gm)].map(match => match[1])
    expect(promised.length).toBeGreaterThan(0)
    expect(stdout.trimEnd().split('\n')).toEqual(promised)
  },
)

test.each([
  ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
] as const)('its declarations and the examples are right for TypeScript (%s)', (name, module, moduleResolution) => {
  const files = examples.map((example, index) => {
    const file = join(user, `${name}-${index}.mts`)
    writeFileSync(file, `declare const console: { log(...said: readonly unknown[]): void }\n${example}\nexport {}\n`)
    return file
  })
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module,
    moduleResolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    types: [],
    noEmit: true,
  })
  const found = ts.getPreEmitDiagnostics(program)
  expect(found.map(one => `${one.file?.fileName}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`)).toEqual(
    [],
  )
  expect(program.getSourceFiles().some(file => file.fileName.endsWith('kubernetes-patch/patch/library.d.ts'))).toBe(
    true,
  )
})

/** One or more of the package's entries as one script that leaves their functions in `library`. */
async function bundle(names: readonly string[]): Promise<string> {
  const entry = join(user, 'entry.js')
  writeFileSync(
    entry,
    names.map(name => `export * from '${join('kubernetes-patch', name).replaceAll('\\', '/')}'`).join('\n'),
  )
  const made = await build({
    configFile: false,
    root: user,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry, formats: ['iife'], name: 'library', fileName: 'library' } },
  })
  const [first] = Array.isArray(made) ? made : []
  const [chunk] = first?.output ?? []
  if (chunk?.type !== 'chunk') throw new Error('no bundle')
  return chunk.code
}

test.each(Object.keys(entries))('the entry %s is under 25 kB minified', async name => {
  const size = Buffer.byteLength(await bundle([name]))
  console.info(`kubernetes-patch, entry ${name}: ${size} bytes minified`)
  expect(size).toBeLessThan(25_000)
})

describe('bundled', () => {
  let script = ''
  beforeAll(async () => {
    script = await bundle(Object.keys(entries))
  })
  const use = `
    const { value } = library.parseJson('{"spec":{"id":9007199254740993,"a":1}}')
    const edited = { spec: { id: 9007199254740995n, a: 1 } }
    const patch = library.createJsonPatch(value, edited, { guarded: true })
    const result = library.applyJsonPatch(value, patch.value)
    library.printJson(library.createMergePatch(value, result.value).value)`

  test('needs nothing but the language', () => {
    expect(runInContext(`${script};${use}`, createContext({}))).toBe('{"spec":{"id":9007199254740995}}')
  })

  test('keeps the digits where JSON.parse does not give access to them', () => {
    expect(runInContext(`delete JSON.rawJSON;${script};${use}`, createContext({}))).toBe(
      '{"spec":{"id":9007199254740995}}',
    )
  })
})

test('depends on nothing, under the same licence', () => {
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
  const manifest = read(join(user, 'node_modules/kubernetes-patch/package.json'))
  expect(Object.keys(manifest).filter(key => /dependencies/i.test(key))).toEqual([])
  expect(manifest.license).toBe(read(join(root, 'package.json')).license)
})

test('the README lists the codes that it gives', () => {
  const sources = readdirSync(join(root, 'core/patch')).filter(name => name.endsWith('.ts'))
  const texts = [...sources.map(name => join('core/patch', name)), 'core/json.ts']
  const given = texts.flatMap(path => [...readFileSync(join(root, path), 'utf8').matchAll(/code: '([\w-]+)'/g)])
  const listed = [...readme.matchAll(/^\| `([\w-]+)`/gm)].map(match => match[1])
  expect(listed.sort()).toEqual([...new Set(given.map(match => match[1]))].sort())
})
