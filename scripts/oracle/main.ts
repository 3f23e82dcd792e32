import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { say } from '../bootstrap/say.mjs'
import { runApplies } from './applies.ts'
import { OracleFailure, openOracle } from './open.ts'
import { tableRow } from './row.ts'
import { type Failure, type OracleReport, runOracle } from './run.ts'
import { runTexts } from './texts.ts'

// `npm run oracle -- PAIRS [--texts | --applies] [--seed N] [--first N]`: compares core/patch and core/yaml with Kubernetes' own code;
// with --texts the reading and printing of as many YAML texts alone, with --applies as many server-side applies.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    texts: { type: 'boolean', default: false },
    applies: { type: 'boolean', default: false },
    seed: { type: 'string' },
    first: { type: 'string', default: '0' },
  },
})
const pairs = Number(positionals[0] ?? 20_000)
const seed = Number(values.seed ?? randomInt(2 ** 32))
const first = Number(values.first)
if (![pairs, seed, first].every(Number.isSafeInteger)) {
  say('How many pairs? npm run oracle -- PAIRS [--texts | --applies] [--seed N] [--first N]')
  process.exit(2)
}

// Ctrl-C, or the end of whoever started this, ends the run after the batch that it is at, with its report.
const interrupted = new AbortController()
for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(event, () => interrupted.abort())
try {
  await main()
} catch (error) {
  if (!(error instanceof OracleFailure) && !interrupted.signal.aborted) throw error
  say(error instanceof OracleFailure ? error.message : 'Interrupted before the oracle was ready.')
  process.exitCode = 1
} finally {
  // Listened to, the channel would keep this process.
  if (process.connected) process.disconnect()
}

async function main(): Promise<void> {
  const oracle = await openOracle({ onBuild: () => say('Building the oracle …'), signal: interrupted.signal })
  try {
    say(values.texts ? `${pairs} texts, seed ${seed}` : `${pairs} pairs of ${oracle.schemas.size} kinds, seed ${seed}`)
    const began = performance.now()
    const rate = (done: number) => done / ((performance.now() - began) / 1000)
    let told = began
    const common = {
      seed,
      first,
      signal: interrupted.signal,
      onFailure: (failure: Failure) => console.log(`\n${tableRow(failure)}`),
      onProgress: (done: number) => {
        if (performance.now() - told < 5000) return
        told = performance.now()
        const left = (pairs - done) / rate(done)
        say(`${done} done, ${rate(done).toFixed(0)} a second, ${(left / 60).toFixed(1)} minutes left`)
      },
    }
    const report = values.texts
      ? await runTexts({ ...common, oracle: oracle.oracle, texts: pairs })
      : values.applies
        ? await runApplies({ ...common, ...oracle, applies: pairs })
        : await runOracle({ ...common, ...oracle, pairs })
    console.log(summary(report))
    say(`${report.pairs} ${values.texts ? 'texts' : 'pairs'}, ${rate(report.pairs).toFixed(0)} a second, seed ${seed}`)
    process.exitCode = report.failures.length === 0 && report.pairs === pairs ? 0 : 1
  } finally {
    await oracle.end()
  }
}

function summary({ tallies }: OracleReport): string {
  const rows = [...tallies].map(
    ([check, { equal, refused, accepted, failed }]) => `| ${[check, equal, refused, accepted, failed].join(' | ')} |`,
  )
  return ['', '| check | equal | both refuse | differ as meant | differ |', '|---|---|---|---|---|', ...rows].join('\n')
}
