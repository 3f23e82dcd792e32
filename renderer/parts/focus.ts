/** `ref` of the field that a dialog or a form was asked for: typing begins there. Nothing that came unasked takes the focus. */
export function takeFocus(field: HTMLElement | null): void {
  field?.focus()
}

/** For what scrolls and may hold nothing to focus: Tab reaches it, so that the arrow keys scroll it. */
export const scrolls = { tabIndex: 0 } as const
