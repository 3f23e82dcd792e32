/**
 * What an edit in one served version of a kind cannot see: fields that the object has when it is read in the version that
 * is stored (where that is not known, in the preferred one). A write may lose them.
 */
export type HeldElsewhere = {
  /** The other version, and whether the object is stored in it for certain. */
  readonly version: string
  readonly stored: boolean
  /** As `formatPath` writes them, without `status`; the first hundred. */
  readonly paths: readonly string[]
}
