import { implement } from '@orpc/server'
import { contract } from '../../contract/contract.ts'
import { ok } from '../../core/problem.ts'

const os = implement(contract).object

/** The procedures of objects' pages, of a host that has seen none yet. */
export const standInObject = {
  watch: os.watch.handler(async function* () {}),
  text: os.text.handler(async function* () {}),
  reveal: os.reveal.handler(() => ok(null)),
  events: os.events.handler(async function* () {}),
  owned: os.owned.handler(async function* () {}),
  related: os.related.handler(async function* () {}),
  writers: os.writers.handler(async function* () {}),
  writerFields: os.writerFields.handler(() => ok(null)),
  versions: os.versions.handler(() => ok({ onlyHere: [], onlyThere: [], differing: [], storage: null })),
}
