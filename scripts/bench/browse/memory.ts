import { readFileSync, writeFileSync } from 'node:fs'

/** What a process holds in memory, in megabytes: now, and at most since it began or `forgetPeak`. Linux only. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024
  return { now: of('VmRSS'), peak: of('VmHWM') }
}

/** Lets a process's peak begin at what it holds now. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** The most that a short-lived process held, watched until it ends: the kernel keeps the peak, so only its last moments may be missed. */
export function followPeak(pid: number): () => number {
  let peak = 0
  const timer = setInterval(() => {
    try {
      // One that ends has no memory any more, and says so by leaving the lines out.
      peak = Math.max(peak, memoryOf(pid).peak || 0)
    } catch {
      clearInterval(timer)
    }
  }, 5)
  return () => {
    clearInterval(timer)
    return peak
  }
}

/** The seconds of processor time that a process and its threads have used so far. */
export function processorTimeOf(pid: number): number {
  // The fields after the name, which is in brackets and may hold spaces; the clock ticks 100 times a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
