import * as z from 'zod'

/** The colours that mark a guarded cluster; the page has a light and a dark tone and a name for each. */
export const guardColours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const
export type GuardColour = (typeof guardColours)[number]

/**
 * How a cluster is guarded. `writes`: `allowed`; `after-unlock`, read-only until it is unlocked for a while; `never`.
 * `confirm`: each submit wants the context's name, typed.
 */
export const guardSchema = z.object({
  colour: z.enum(guardColours).nullable(),
  writes: z.enum(['allowed', 'after-unlock', 'never']),
  confirm: z.boolean(),
})
export type Guard = z.infer<typeof guardSchema>

/** What stands where nothing was chosen, and where a guard was declined. */
export const noGuard: Guard = { colour: null, writes: 'allowed', confirm: false }

/** How long an unlocked cluster stays so. A restart of the app locks it at once. */
export const unlockMinutes = 15

/** A context's guard as it stands now. Contexts that name one cluster share it. */
export type GuardState = Guard & {
  /** For how many milliseconds more writing is unlocked, counted from when this was told; null where it is not. */
  readonly unlockedFor: number | null
  /** True where nothing was chosen yet and the context's name, its cluster's or its server looks like production. */
  readonly offered: boolean
}

const context = z.string().min(1).max(500)
export const guardContextInput = z.object({ context })
export const setGuardInput = z.object({ context, guard: guardSchema })
