import type { Ask, Row, Scope, Source, ViewState } from '../../contract/browse.ts'
import type { Problem } from '../../core/problem.ts'

const columns = [
  ['Name', 'string', 0],
  ['Ready', 'string', 0],
  ['Status', 'string', 0],
  ['Restarts', 'string', 0],
  ['Age', 'string', 0],
  ['IP', 'string', 1],
  ['Node', 'string', 1],
] as const

/** The rows of a list over the contexts that work, `count` of each. */
export function rowsOf(
  scope: Scope,
  contexts: Readonly<Record<string, Problem | null>>,
  count: number,
  now: number,
): Row[] {
  const statuses = [
    'Running',
    'Running',
    'Running',
    'Running',
    'Pending',
    'CrashLoopBackOff',
    'Completed',
    'Terminating',
  ]
  const names = scope.contexts.length === 0 ? Object.keys(contexts) : scope.contexts
  const namespaces = scope.namespaces.length === 0 ? ['default', 'shop', 'payments'] : scope.namespaces
  return names
    .filter(context => contexts[context] === null)
    .flatMap(context =>
      Array.from({ length: count }, (_, n): Row => {
        const name = `${scope.resource.slice(0, -1)}-${String(n).padStart(5, '0')}`
        const status = statuses[n % statuses.length] ?? ''
        return {
          key: `${context}/${name}`,
          context,
          namespace: namespaces[n % namespaces.length] ?? null,
          name,
          uid: `uid-${n}`,
          created: new Date(now - n * n * 1700 - 5000).toISOString(),
          changed: new Date(now - n * 900 - 2000).toISOString(),
          changedBy: n % 3 === 0 ? 'kubectl-edit' : 'kubelet',
          changedIn: n % 3 === 0 ? null : 'status',
          deleting: status === 'Terminating',
          cells: [
            name,
            status === 'Running' ? '1/1' : '0/1',
            status,
            n % 7,
            'old',
            `10.0.${n % 250}.7`,
            `node-${n % 4}`,
          ],
          labels: [],
        }
      }),
    )
}

function matching(rows: readonly Row[], ask: Ask): Row[] {
  const words = ask.filter.split(/\s+/).filter(word => word !== '' && !/^(changed|by):/.test(word))
  return rows
    .filter(row => words.every(word => `${row.name} ${row.cells[2]}`.includes(word)))
    .map(row => ({ ...row, labels: ask.labels.map(key => (key === 'app' ? `app-of-${row.uid}` : null)) }))
}

/** The rows with these keys, or all, that the filter lets pass. */
export function chosen(rows: readonly Row[], ask: Ask, keys: readonly string[] | null): readonly Row[] {
  return matching(rows, ask).filter(row => keys?.includes(row.key) ?? true)
}

/** A list's state, filtered, sorted and cut as asked. */
export function viewState(
  version: number,
  scope: Scope,
  ask: Ask,
  rows: readonly Row[],
  contexts: Readonly<Record<string, Problem | null>>,
): ViewState {
  const { sort, window } = ask
  const matched = matching(rows, ask)
  if (sort !== null) {
    const cell = (row: Row) =>
      sort.column === 'Age'
        ? (row.created ?? '')
        : String(row.cells[columns.findIndex(([name]) => name === sort.column)])
    matched.sort((a, b) => (cell(a) < cell(b) ? -1 : cell(a) > cell(b) ? 1 : 0) * (sort.descending ? -1 : 1))
  }
  const names = scope.contexts.length === 0 ? Object.keys(contexts) : scope.contexts
  const sources = names.map((context): Source => {
    const problem = contexts[context] ?? null
    const state = problem === null ? 'live' : 'failed'
    return {
      context,
      namespace: null,
      state,
      problem,
      rows: problem === null ? rows.filter(row => row.context === context).length : 0,
      expected: null,
    }
  })
  return {
    version,
    columns: columns.map(([name, type, priority]) => ({
      name,
      type,
      format: '',
      description: `The pod's ${name}.`,
      priority,
    })),
    sources,
    total: rows.length,
    matched: matched.length,
    window: { start: window.start, rows: matched.slice(window.start, window.start + window.count) },
    labelKeys: [{ key: 'app', count: rows.length }],
    filterProblem: null,
  }
}
