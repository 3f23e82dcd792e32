import { Compartment, type Extension } from '@codemirror/state'
import { ViewPlugin } from '@codemirror/view'
import { afterPaint } from '../app/pause.ts'

/**
 * An extension whose code is loaded once the editor is on screen: until then, and where it does not load, the editor goes
 * without. It ends with the view.
 */
export function lazily(load: () => Promise<Extension>): Extension {
  const slot = new Compartment()
  const loading = ViewPlugin.define(view => {
    let ended = false
    // The first paint comes first.
    const stop = afterPaint(async () => {
      const extension = await load()
      if (!ended) view.dispatch({ effects: slot.reconfigure(extension) })
    })
    return {
      destroy: () => {
        ended = true
        stop()
      },
    }
  })
  return [loading, slot.of([])]
}
