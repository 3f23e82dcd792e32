import { Facet } from '@codemirror/state'
import type { Command } from '@codemirror/view'

/** What says in words what stands at the cursor, once it is loaded. */
export const sayAtCursor = Facet.define<Command>()

/** Says in words what the value at the cursor means. */
export const sayInWords: Command = view => view.state.facet(sayAtCursor).some(say => say(view))
