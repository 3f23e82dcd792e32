import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { soakCorpus } from './soak/corpus-report.ts'
import { soakKill } from './soak/kill-report.ts'
import { soakMoving } from './soak/moving-report.ts'
import { soakWriters } from './soak/writers-report.ts'

// `npm run soak -- NAME [COUNT] [--seed N]`: what `npm test` does for a moment, for long. Each prints what it did and
// answers whether it held.
const soaks: Readonly<
  Record<string, (options: { readonly count: number | null; readonly seed: number }) => Promise<boolean>>
> = {
  corpus: soakCorpus,
  kill: soakKill,
  moving: soakMoving,
  writers: soakWriters,
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } })
const [name = '', given] = positionals
const soak = Object.hasOwn(soaks, name) ? soaks[name] : undefined
const count = given === undefined ? null : Number(given)
const seed = Number(values.seed ?? randomInt(2 ** 32))
if (soak === undefined || !Number.isSafeInteger(count ?? 0) || !Number.isSafeInteger(seed)) {
  console.error(`Which one? npm run soak -- ${Object.keys(soaks).join('|')} [COUNT] [--seed N]`)
  process.exit(2)
}
const held = await soak({ count, seed })
// Nothing is left to wait for: a page's stream that nobody ended would keep the process.
process.exit(held ? 0 : 1)
