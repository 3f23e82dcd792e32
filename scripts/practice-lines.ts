import { say } from './bootstrap/say.mjs'
import type { Progress } from './practice/failure.ts'

const words: Readonly<Record<Progress['step'], string>> = {
  download: 'Downloading the practice cluster',
  build: 'Building the practice cluster (once, some minutes)',
  start: 'Starting the practice cluster',
  seed: 'Filling the practice cluster',
}

/** Says how far the practice cluster is: each new step, and each tenth of a long one, on a line. */
export function createProgressLines(print: (line: string) => void = say): (progress: Progress) => void {
  let last = ''
  return ({ step, what, done, total }) => {
    const tenth = done !== undefined && total ? `${Math.floor((done / total) * 10) * 10}%` : ''
    const key = `${step} ${tenth}`
    if (key === last) return
    last = key
    print(`${words[step]}${tenth ? `: ${tenth}` : ''} (${what})`)
  }
}
