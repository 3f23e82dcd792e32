import { falseErrors, tally } from './corpus/corpus.ts'
import { runCorpus } from './corpus/run.ts'
import { seeded } from './random.ts'

/** Edits of every kind, all of them or so many of each, judged by the server and by what helps with typing. */
export async function soakCorpus({
  count,
  seed,
}: {
  readonly count: number | null
  readonly seed: number
}): Promise<boolean> {
  const random = seeded(seed)
  const verdicts = await runCorpus(all => (count === null ? all : all.filter(() => random() * all.length < count)))
  console.log('| kind | edits | taken | refused |\n|---|---|---|---|')
  for (const kind of new Set(verdicts.map(verdict => verdict.kind))) {
    const of = verdicts.filter(verdict => verdict.kind === kind)
    const taken = of.filter(({ refused }) => refused === null).length
    console.log(`| ${kind} | ${of.length} | ${taken} | ${of.length - taken} |`)
  }
  for (const [name, { caught, of }] of Object.entries(tally(verdicts))) {
    console.log(`${name}: ${caught} of ${of} refusals that a schema can foresee were found before`)
  }
  const wrong = falseErrors(verdicts)
  for (const line of wrong) console.log(`WRONG: ${line}`)
  return wrong.length === 0
}
