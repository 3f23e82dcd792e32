import type { WriteChoice } from './strategy.ts'

// Apart from the parsers: the page and the host's worker need this, and not the library that parses.

/** What a page asks for before the person chose anything. */
export const ownChoice: WriteChoice = {
  strategy: null,
  guard: null,
  force: false,
  lastApplied: false,
  changeCause: null,
}
