import type { Standing } from './standing.ts'

// Each is told from the others without its colour.
const shapes: Readonly<Record<Standing, string>> = {
  ready: 'M5 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7Z',
  slow: 'M5 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7ZM5 3v2.2l1.5 1',
  old: 'M1.75 1.75h6.5v6.5h-6.5Z',
  connecting: 'M5 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7Z',
  login: 'M5 .9 9.1 5 5 9.1.9 5Z',
  credentials: 'M5 .9 9.1 5 5 9.1.9 5ZM5 3v2.4M5 6.9v.1',
  forbidden: 'M5 1.2a3.8 3.8 0 1 1 0 7.6a3.8 3.8 0 1 1 0-7.6ZM3.2 5h3.6',
  unreachable: 'M2 2l6 6M8 2l-6 6',
  broken: 'M5 1.2 9.3 8.8H.7ZM5 4v2M5 7.4v.1',
  sleeping: 'M5 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7Z',
}

/** How a context stands, as a small shape in its colour; the word stands beside it, or is hidden there. */
export function StandingShape({ standing, title }: { readonly standing: Standing; readonly title?: string }) {
  return (
    <span className="standing" data-standing={standing} title={title}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d={shapes[standing]} />
      </svg>
    </span>
  )
}
