import './pick-list.css'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'

/** What a field above the list does with it by its keys. */
export type PickListHandle = { readonly press: (event: KeyboardEvent) => void }

/** A short list to choose from: Up, Down and Enter choose, from within it or from the field above. */
export function PickList<Item extends object>({
  ref,
  label,
  items,
  keyOf,
  onPick,
  children,
}: {
  readonly ref?: Ref<PickListHandle>
  readonly label: string
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string | number
  readonly onPick: (item: Item) => void
  readonly children: (item: Item) => ReactNode
}) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  // Other items begin at the first one, which is the best.
  const [chosen, setChosen] = useState({ of: items, at: 0 })
  const at = chosen.of === items ? chosen.at : 0

  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const item = items[at]
    if (by !== 0) {
      const next = Math.min(items.length - 1, Math.max(0, at + by))
      setChosen({ of: items, at: next })
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && item !== undefined) onPick(item)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  function click({ target }: MouseEvent): void {
    const option = target instanceof Element ? target.closest('[data-option]') : null
    const item = option === null ? undefined : items[Number(option.getAttribute('data-option'))]
    if (item !== undefined) onPick(item)
  }
  useImperativeHandle(ref, () => ({ press }))

  return (
    <div
      className="pick-list"
      role="listbox"
      aria-label={label}
      aria-activedescendant={items.length > 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      ref={list}
      onKeyDown={press}
      onClick={click}
    >
      {items.map((item, index) => (
        <div
          key={keyOf(item)}
          id={`${id}-${index}`}
          data-option={index}
          className="pick-option"
          role="option"
          aria-selected={index === at}
          // The list has the focus and tells its active option.
          tabIndex={-1}
        >
          {children(item)}
        </div>
      ))}
    </div>
  )
}
