// Imports point one way (type imports included): renderer -> contract -> core, electron/host -> contract -> core,
// and what is around a host -> electron/host. Run by `npm test`.
const from = (name, path, allowed, comment, except = []) => ({
  name,
  comment,
  severity: 'error',
  from: { path, pathNot: except },
  to: { path: '^(core|contract|electron|renderer|scripts|tests)/', pathNot: allowed },
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    from('core-alone', '^core/', ['^core/'], 'core imports nothing of ours outside core'),
    from('contract-on-core', '^contract/', ['^contract/', '^core/'], 'the contract knows core alone'),
    from(
      'renderer-on-contract',
      '^renderer/',
      ['^renderer/', '^contract/', '^core/'],
      'the page speaks the contract only',
    ),
    from(
      'host-on-contract',
      '^electron/host/',
      ['^electron/host/', '^contract/', '^core/'],
      'the host knows neither of its shells',
    ),
    from(
      'pages-alone',
      '^electron/pages/',
      ['^electron/pages/', '^core/'],
      'what both shells serve knows neither of them',
    ),
    from(
      'loopback-without-shell',
      '^electron/loopback(/|\\.ts$)',
      ['^electron/(loopback|pages|host)(/|\\.ts$)', '^contract/', '^core/'],
      'the loopback shell and Electron’s know nothing of each other',
    ),
    from(
      'shell-without-loopback',
      '^electron/(shell/|(main|preload|host-process)\\.ts$)',
      ['^electron/(shell|pages|host)/', '^electron/command-line\\.mjs$', '^contract/', '^core/'],
      'the loopback shell and Electron’s know nothing of each other',
    ),
    {
      name: 'core-pure',
      comment: 'core runs anywhere: no Node, no Electron, no packages',
      severity: 'error',
      from: { path: '^core/' },
      to: { pathNot: '^(core|contract|electron|renderer|scripts|tests)/' },
    },
    {
      name: 'page-without-node',
      comment: 'the page runs in a sandbox',
      severity: 'error',
      from: { path: '^(renderer|contract)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-in-shell',
      comment: 'only the shell imports electron',
      severity: 'error',
      from: {
        path: '^(core|contract|renderer|electron|scripts)/',
        pathNot: '^electron/(shell/|(main|preload|host-process)\\.ts$)',
      },
      to: { path: '(^|/)node_modules/electron/' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|svg|png|json)$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
