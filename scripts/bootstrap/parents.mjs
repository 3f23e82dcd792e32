import { readFileSync } from 'node:fs'

// Often enough that nobody waits for it, seldom enough to cost nothing.
const pace = 500

/**
 * Under npm, calls `onGone` when npm or the shell that it runs scripts in has ended: npm passes a signal on to that shell,
 * which ends by it and tells nobody. Answers what stops the watch. Started by anything else, this process may outlive it.
 * @param {() => void} onGone
 * @returns {() => void}
 */
export function watchParents(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return () => {}
  const shell = process.ppid
  const npm = parentOf(shell)
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return
    clearInterval(timer)
    onGone()
  }, pace)
  timer.unref()
  return () => clearInterval(timer)
}

/** The parent of a process; null where the system does not tell (Linux does). @param {number} pid */
function parentOf(pid) {
  try {
    // The name before it is in parentheses and may hold anything; state and parent follow the last one.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return Number(parent)
  } catch {
    // Gone, or a system without /proc: its own end still shows as another parent of ours.
    return null
  }
}
