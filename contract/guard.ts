/** The colours that mark a guarded cluster; the page has a light and a dark tone and a name for each. */
export const guardColours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const
export type GuardColour = (typeof guardColours)[number]

/** Whether writes leave the host: always, only while unlocked, or not at all. Dry runs count, since webhooks run in them. */
export const guardWrites = ['allowed', 'after-unlock', 'never'] as const

/** How a cluster is guarded. `confirm`: each submit wants the context's name, typed. */
export type Guard = {
  readonly colour: GuardColour | null
  readonly writes: (typeof guardWrites)[number]
  readonly confirm: boolean
}

/** What stands where nothing was chosen, and where a guard was declined. */
export const noGuard: Guard = { colour: null, writes: 'allowed', confirm: false }

/** How long an unlocked cluster stays so. A restart of the app locks it at once. */
export const unlockMinutes = 15

/** A context's guard as it stands now. Contexts that name one cluster share it. */
export type GuardState = Guard & {
  /** Until when writing is unlocked, in milliseconds of the host's clock; null where it is not. */
  readonly unlockedUntil: number | null
  /** True where nothing was chosen yet and the context's name, its cluster's or its server looks like production. */
  readonly offered: boolean
}
