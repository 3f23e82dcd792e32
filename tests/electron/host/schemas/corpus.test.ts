import { expect, it } from 'vitest'
import { falseErrors, tally } from '../../../../scripts/soak/corpus/corpus.ts'
import { runCorpus } from '../../../../scripts/soak/corpus/run.ts'
import { seeded } from '../../../../scripts/soak/random.ts'
import { seed } from '../../../seed.ts'

const ofEachKind = 8

it('what the server takes is called an error by neither source, and most of what it refuses is found before', async () => {
  const random = seeded(seed)
  const verdicts = await runCorpus(all => all.filter((_, index) => index === 0 || random() * all.length < ofEachKind))
  const asTheyAre = verdicts.filter(({ mutation, refused }) => mutation.what === 'as it is' && refused !== null)
  expect(asTheyAre).toEqual([])
  expect(falseErrors(verdicts)).toEqual([])
  for (const { caught, of } of Object.values(tally(verdicts))) expect(caught).toBeGreaterThan(of / 2)
})
