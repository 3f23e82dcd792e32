import { useEffect } from 'react'
import { commandFor, useCommandSet } from './commands.ts'

/** True where bare keys are text: in fields, in the editor, in lists and menus with type-ahead, in an open dialog. */
function takesBareKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  return (
    target.closest(
      'input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=listbox], [role=menu], [role=dialog]',
    ) !== null
  )
}

/** Runs commands by their keys, wherever the focus is, unless the focused part has used the key itself. */
export function useKeys(): void {
  const commands = useCommandSet()
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return
      const { target } = event
      const isInside = (selector: string) => target instanceof Element && target.closest(selector) !== null
      const command = commandFor(commands.all(), event, takesBareKeys(target), isInside)
      if (command === null) return
      event.preventDefault()
      // A key that is held down must not do twice what is done once: another review may stand there by then.
      if (event.repeat && (event.ctrlKey || event.metaKey)) return
      command.run()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [commands])
}
