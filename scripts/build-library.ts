import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './bootstrap/root.mjs'
import { BuildFailed } from './builder.ts'

const sources = join(root, 'core')
/** The package's entries by what follows its name in an import. Each is to stay under 25 kB minified. */
export const entries = {
  '.': 'patch/library',
  './apply': 'patch/library-apply',
  './json-patch': 'patch/library-json-patch',
} as const

/**
 * Builds `core/patch` with the files of `core` that it imports as an npm package into a folder, which is emptied: plain
 * JavaScript and declarations, file by file. Compiled without the types of Node and of browsers: a global of either is an
 * error. Throws BuildFailed.
 */
export function buildLibrary(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  compile(folder)
  copyFileSync(join(sources, 'patch', 'README.md'), join(folder, 'README.md'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
}

function compile(folder: string): void {
  const program = ts.createProgram(
    Object.values(entries).map(entry => join(sources, `${entry}.ts`)),
    {
      rootDir: sources,
      outDir: folder,
      declaration: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts'],
      types: [],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      rewriteRelativeImportExtensions: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
    },
  )
  const emitted = program.emit(undefined, (path, text) => {
    // The compiler rewrites the imports of scripts only.
    ts.sys.writeFile(path, path.endsWith('.d.ts') ? text.replace(/(from '\.\.?\/[^']+)\.ts'/g, "$1.js'") : text)
  })
  const found = [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics]
  if (found.length === 0) return
  const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' }
  throw new BuildFailed('The patch library could not be built.', ts.formatDiagnostics(found, host))
}

function manifest() {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    name: 'kubernetes-patch',
    version,
    description:
      'Creates and applies Kubernetes patches (strategic merge, JSON merge, JSON Patch) as Kubernetes’ own Go code does.',
    keywords: ['kubernetes', 'patch', 'strategic merge patch', 'json merge patch', 'json patch'],
    license,
    type: 'module',
    sideEffects: false,
    exports: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, exported(entry)])),
    engines: { node: '>=20' },
  }
}

function exported(entry: string) {
  return { types: `./${entry}.d.ts`, default: `./${entry}.js` }
}
