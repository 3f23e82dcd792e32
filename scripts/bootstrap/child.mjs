import { spawn } from 'node:child_process'
import { watchParents } from './parents.mjs'

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program to its end and answers its exit code. A signal to this process is passed on, and this process outlives
 * the program: so npm, a terminal or a supervisor sees everything ended when it sees this process end. With `leash`,
 * the program has an IPC channel, whose end tells it that this process is gone, however that went.
 * @param {string} path
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: 'inherit' | 'stderr', leash?: boolean, input?: 'inherit' | 'ignore' }} [options]
 * @returns {Promise<number>}
 */
export function runToEnd(path, args, options = {}) {
  const { cwd, env, output = 'inherit', input = 'inherit', leash = false } = options
  return new Promise((resolve, reject) => {
    const stdout = output === 'stderr' ? 2 : 'inherit'
    const child = spawn(path, args, {
      cwd,
      env,
      stdio: [input, stdout, 'inherit', ...(leash ? [/** @type {const} */ ('ipc')] : [])],
    })
    /** @param {NodeJS.Signals} signal */
    const passOn = signal => child.kill(signal)
    for (const signal of signals) process.on(signal, passOn)
    const unwatch = watchParents(() => child.kill('SIGTERM'))
    const forget = () => {
      unwatch()
      for (const signal of signals) process.off(signal, passOn)
    }
    child.once('error', error => {
      forget()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      forget()
      resolve(code ?? (signal === null ? 1 : exitCodeOf(signal)))
    })
  })
}

/** What a shell answers for a program that a signal ended. @param {NodeJS.Signals} signal */
function exitCodeOf(signal) {
  const numbers = /** @type {Record<string, number>} */ ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 })
  return 128 + (numbers[signal] ?? 0)
}
