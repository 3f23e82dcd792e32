/** How much a search may do before it asks: time, objects read, objects found. */
export type Budget = {
  /** Results that are kept, and found ones after which it pauses. */
  readonly kept: number
  readonly found: number
  /** Kinds asked of each cluster, null for all. */
  readonly kinds: number | null
  begin(): void
  isSpent(): boolean
  /** Counts objects that were read. */
  spend(objects: number): void
  objects(): number
  /** From now on only what was found counts. */
  lift(): void
  onChange(listener: () => void): void
  end(): void
}

const budgets = {
  glance: { ms: 2_000, objects: 50_000, kept: 12, found: 2_000, kinds: 24 },
  whole: { ms: 10_000, objects: 200_000, kept: 500, found: 10_000, kinds: null },
} as const

/** A budget that runs from `begin` on. */
export function startBudget(kind: keyof typeof budgets): Budget {
  const { ms, objects: most, ...rest } = budgets[kind]
  let read = 0
  let lifted = false
  let over = false
  let timer: NodeJS.Timeout | null = null
  let tell: () => void = () => undefined
  return {
    ...rest,
    begin() {
      timer = setTimeout(() => {
        over = true
        tell()
      }, ms)
    },
    isSpent: () => !lifted && (over || read >= most),
    spend(objects) {
      read += objects
    },
    objects: () => read,
    lift() {
      lifted = true
      tell()
    },
    onChange(listener) {
      tell = listener
    },
    end() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
