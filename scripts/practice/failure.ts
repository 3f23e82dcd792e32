/** An expected failure of the practice cluster: its message is one sentence that says what to do, fit for a terminal. */
export class PracticeFailure extends Error {
  override readonly name = 'PracticeFailure'
}

/** What the practice cluster is doing. `done` of `total` counts packages while building, and is absent elsewhere. */
export type Progress = {
  readonly step: 'download' | 'build' | 'start' | 'seed'
  readonly what: string
  readonly done?: number
  readonly total?: number
}

/** Told of each step as it begins; must not throw. */
export type OnProgress = (progress: Progress) => void
