/**
 * Reports on stderr what was thrown where nobody is left to catch it. Expected failures are values, so it is a bug; its
 * message may quote an object's text, so only its place is shown.
 */
export function reportBug(error: unknown): void {
  if (!(error instanceof Error) || error.name === 'AbortError') return
  const places = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  process.stderr.write(`A bug in Patchbay (${error.name}):\n${places.slice(0, 8).join('\n')}\n`)
}

/** Lets a piece of work go on that nobody waits for: what it throws is reported, unless its signal has ended it. */
export function inBackground(work: Promise<unknown>, signal: AbortSignal): void {
  work.catch(error => {
    if (!signal.aborted) reportBug(error)
  })
}
