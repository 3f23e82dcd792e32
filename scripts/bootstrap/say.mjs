/** Tells the person what is being done: one line on stderr, since stdout belongs to the app's own answer. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** A missing thing that cannot be installed here: its message is one sentence that says what to do. */
export class Missing extends Error {}

/**
 * Runs `main` and ends with its exit code; a `Missing` is said and ends with 1.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof Missing)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
