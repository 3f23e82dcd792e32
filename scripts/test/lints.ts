import { writeSync } from 'node:fs'
import type { Outcome } from './outcome.ts'
import { runTool, type ToolAnswer } from './tool.ts'

/** A check of the sources that is right or wrong as a whole: it counts as one test. */
export type Lint = {
  readonly name: string
  readonly tool: string
  readonly args: readonly string[]
  /** A sentence on why its success cannot be believed, null when it can. */
  readonly doubt?: (output: string) => string | null
}

/** All of them. */
export const lints: readonly Lint[] = [
  { name: 'biome', tool: 'node_modules/@biomejs/biome/bin/biome', args: ['ci', '--colors=off'] },
  { name: 'types', tool: 'node_modules/typescript/bin/tsc', args: ['--noEmit', '--pretty', 'false'] },
  {
    name: 'layers',
    tool: 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['core', 'contract', 'electron', 'renderer', 'scripts', 'tests', '--config', '.dependency-cruiser.cjs'],
    doubt: doubtLayers,
  },
  { name: 'unused', tool: 'node_modules/knip/bin/knip.js', args: ['--no-progress', '--no-config-hints'] },
]

/** Runs one, showing its output where it fails. */
export async function runLint(lint: Lint, signal: AbortSignal): Promise<Outcome> {
  const began = performance.now()
  const answer = await runTool(lint.tool, lint.args, { signal, keep: true, env: { NO_COLOR: '1' } })
  const failure = whyFailed(lint, answer)
  if (failure !== null) writeSync(1, `\n${lint.name}: ${failure}\n${answer.output}\n`)
  const seconds = (performance.now() - began) / 1000
  return {
    suite: lint.name,
    passed: failure === null ? 1 : 0,
    failures: failure === null ? [] : [failure],
    skips: [],
    seconds,
    files: [],
  }
}

function whyFailed(lint: Lint, answer: ToolAnswer): string | null {
  if (answer.code !== 0) return `found something (exit code ${answer.code})`
  return lint.doubt?.(answer.output) ?? null
}

/** dependency-cruiser is content with sources that it cannot read: it must have seen modules, and many. */
export function doubtLayers(output: string): string | null {
  const seen = /\((\d+) modules, (\d+) dependencies cruised\)/.exec(output)
  if (seen === null) return 'does not say how many modules it has seen'
  return Number(seen[1]) > 50 && Number(seen[2]) > 100 ? null : `has seen ${seen[1]} modules only`
}
