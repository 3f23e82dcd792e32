const paths = {
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM10.6 10.6 14 14',
  star: 'm8 1.9 1.9 3.9 4.2.6-3 3 .7 4.2L8 11.6l-3.8 2 .7-4.2-3-3 4.2-.6L8 1.9Z',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  close: 'm4 4 8 8M12 4l-8 8',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  expand: 'M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-4.2 4.2M2.5 13.5l4.2-4.2',
  shrink: 'M13.5 6.5h-4v-4M2.5 9.5h4v4M9.5 6.5l4-4M6.5 9.5l-4 4',
  sidebar: 'M2.5 3h11v10h-11zM6 3v10',
  gear: 'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 1.8v1.7M8 12.5v1.7M14.2 8h-1.7M3.5 8H1.8M12.4 3.6l-1.2 1.2M4.8 11.2l-1.2 1.2M12.4 12.4l-1.2-1.2M4.8 4.8 3.6 3.6',
  keyboard: 'M1.8 4h12.4v8H1.8zM4 6.5h.1M6.6 6.5h.1M9.3 6.5h.1M11.9 6.5h.1M5 9.5h6',
  help: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM6.2 6.2c0-1 .8-1.7 1.8-1.7s1.8.7 1.8 1.6c0 1.3-1.8 1.4-1.8 2.6M8 11.2v.1',
  up: 'M8 13V3.5M4 7.5l4-4 4 4',
  down: 'M8 3v9.5M4 8.5l4 4 4-4',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  warning: 'M8 2.2 14.5 13.5h-13L8 2.2ZM8 6.5v3.2M8 11.6v.1',
  back: 'M13 8H3.5M7.5 4l-4 4 4 4',
  forward: 'M3 8h9.5M8.5 4l4 4-4 4',
  pin: 'M9.8 1.8 14.2 6.2l-1.4.7-2.3 2.3-.6 3.3-6.4-6.4 3.3-.6L9.1 3.2zM6.2 9.8 2.2 13.8',
  upload: 'M8 10.5V2.5M4.5 6 8 2.5 11.5 6M2.5 10.5v3h11v-3',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  unlock: 'M4 7.5h8v6H4zM5.5 7.5V4.8a2.5 2.5 0 0 1 4.8-1',
  shield: 'M8 1.8 13 3.6v4c0 3.2-2.2 5.4-5 6.6-2.8-1.2-5-3.4-5-6.6v-4L8 1.8Z',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  clock: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 4.5V8l2.6 1.6',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  object: 'm8 1.8 5.5 3.1v6.2L8 14.2l-5.5-3.1V4.9L8 1.8ZM2.5 4.9 8 8l5.5-3.1M8 8v6.2',
  bookmark: 'M4 2.5h8v11l-4-3-4 3z',
  inbox: 'M2 9.5 4 3h8l2 6.5v3.5H2zM2 9.5h3.4l1 1.7h3.2l1-1.7H14',
  refresh: 'M13 5.5A5.5 5.5 0 1 0 13.4 9M13.3 2.5v3.3H10',
  key: 'M6.2 9.8a3.1 3.1 0 1 0 0-6.2 3.1 3.1 0 0 0 0 6.2ZM8.4 8.9l5.1 4.6M11.3 11.5l1.4-1.5',
  mask: 'M2.2 4.6c2 1 3.8-.6 5.8.4 2-1 3.8.6 5.8-.4.3 3-.4 6.6-3 6.6-1.4 0-1.9-1-2.8-1s-1.4 1-2.8 1c-2.6 0-3.3-3.6-3-6.6ZM5 7.3h1.6M9.4 7.3H11',
  group: 'M2.5 3.5h3M2.5 8h3M2.5 12.5h3M8 3.5h5.5M8 8h5.5M8 12.5h5.5',
} as const

/** The names of the drawings there are. */
export type IconName = keyof typeof paths

/** A small drawing beside a text or in a named button; it says nothing by itself. */
export function Icon({ name, filled = false }: { readonly name: IconName; readonly filled?: boolean }) {
  return (
    <svg className="icon" data-filled={filled || undefined} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
