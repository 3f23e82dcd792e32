/** How much a search may do before it asks: time, objects read, objects found. */
export type Budget = {
  /** How many of the best results are kept. */
  readonly kept: number
  /** Kinds asked of each cluster, null for all. */
  readonly kinds: number | null
  begin(): void
  /** Whether that many found objects, the objects read, or the time are enough. */
  isSpent(found: number): boolean
  /** Counts objects that were read. */
  spend(objects: number): void
  objects(): number
  /** From now on nothing is too much. */
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
  const { ms, objects: most, found: enough, ...rest } = budgets[kind]
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
    isSpent: found => !lifted && (over || read >= most || found >= enough),
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
