/**
 * A re-creation that was begun and not brought to its end: the app ended meanwhile, it was stopped, or it failed half-way.
 * `standing` is what the object tells of it. `under-way`: it goes on now; `untouched`: nothing was deleted; `deleting`: the old
 * object is on its way out, held by `held`; `deleted`: it is gone, and nothing stands in its place; `created`: the new one is
 * there; `taken`: somebody else's is; `unknown`: the object was not read yet. `begun` in milliseconds since 1970.
 */
export type Recreation = {
  readonly begun: number
  readonly standing: 'under-way' | 'untouched' | 'deleting' | 'deleted' | 'created' | 'taken' | 'unknown'
  readonly held: readonly string[]
}
