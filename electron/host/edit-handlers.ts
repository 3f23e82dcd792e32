import { implement } from '@orpc/server'
import { editProcedures } from '../../contract/edit-procedures.ts'
import type { Clusters } from './clusters/clusters.ts'
import type { Edits } from './editing/edits.ts'
import type { OtherNames } from './names/names.ts'
import { type Schemas, servedAs } from './schemas/schemas.ts'
import { never } from './streams.ts'

/** What the procedures of open edits work on. */
export type EditParts = {
  readonly clusters: Clusters
  readonly edits: Edits
  readonly names: OtherNames
  readonly schemas: Schemas
}

/** Puts edits, and what is known of their kinds and names, behind the contract. */
export function editHandlers({ clusters, edits, names, schemas }: EditParts) {
  const os = implement(editProcedures)
  return {
    edit: {
      open: os.edit.open.handler(({ input }) => edits.open(input)),
      resume: os.edit.resume.handler(({ input }) => edits.resume(input.edit)),
      list: os.edit.list.handler(() => edits.list()),
      watch: os.edit.watch.handler(({ input, signal = never }) => edits.watch(input.edit, signal)),
      report: os.edit.report.handler(({ input }) => edits.report(input)),
      live: os.edit.live.handler(({ input, signal = never }) => edits.live(input.edit, input.read, signal)),
      heldElsewhere: os.edit.heldElsewhere.handler(({ input, signal = never }) =>
        edits.heldElsewhere(input.edit, signal),
      ),
      review: os.edit.review.handler(({ input, signal = never }) => edits.review(input.edit, input, signal)),
      owners: os.edit.owners.handler(({ input, signal = never }) => edits.owners(input.edit, signal)),
      impact: os.edit.impact.handler(({ input, signal = never }) =>
        edits.impact(input.edit, input.textVersion, signal),
      ),
      dryRun: os.edit.dryRun.handler(({ input, signal = never }) => edits.dryRun(input.edit, input, signal)),
      submit: os.edit.submit.handler(({ input }) => edits.submit(input)),
      converge: os.edit.converge.handler(({ input, signal = never }) => edits.converge(input.edit, signal)),
      reveal: os.edit.reveal.handler(({ input }) => edits.reveal(input)),
      revealCommand: os.edit.revealCommand.handler(({ input }) => edits.revealCommand(input)),
      stopSubmit: os.edit.stopSubmit.handler(({ input }) => edits.stopSubmit(input.edit)),
      discard: os.edit.discard.handler(({ input }) => edits.discard(input.edit)),
      release: os.edit.release.handler(({ input }) => edits.release(input.edit, input.lease)),
      recreate: os.edit.recreate.handler(({ input }) => edits.recreate(input.edit)),
      againstLive: os.edit.againstLive.handler(({ input, signal = never }) => edits.againstLive(input.edit, signal)),
    },
    manifest: {
      open: os.manifest.open.handler(({ input, signal = never }) => edits.openManifest(input, signal)),
    },
    schema: {
      ofEdit: os.schema.ofEdit.handler(async ({ input, signal = never }) => {
        const edit = edits.find(input.edit)
        if (!edit.ok) return edit
        return schemas.read(edit.value.cluster, servedAs(edit.value.session.ref, input.version), signal)
      }),
      watch: os.schema.watch.handler(async function* ({ input, signal = never }) {
        const edit = edits.find(input.edit)
        if (!edit.ok) return
        const { cluster, session, life } = edit.value
        const served = servedAs(session.ref, input.version)
        yield* schemas.watch(cluster, served, AbortSignal.any([signal, life.signal]))
      }),
      ofKind: os.schema.ofKind.handler(async ({ input: { context, ...kind }, signal = never }) => {
        const cluster = clusters.cluster(context)
        return cluster.ok ? schemas.read(cluster.value, { kind, through: kind }, signal) : cluster
      }),
    },
    names: {
      list: os.names.list.handler(async ({ input: { edit: id, ...ask }, signal = never }) => {
        const edit = edits.find(id)
        return edit.ok ? names.list(edit.value, ask, signal) : edit
      }),
      parts: os.names.parts.handler(async ({ input: { edit: id, ...ask }, signal = never }) => {
        const edit = edits.find(id)
        return edit.ok ? names.parts(edit.value, ask, signal) : edit
      }),
      ports: os.names.ports.handler(async ({ input: { edit: id, ...ask }, signal = never }) => {
        const edit = edits.find(id)
        return edit.ok ? names.ports(edit.value, ask, signal) : edit
      }),
      missing: os.names.missing.handler(async ({ input: { edit: id, objects }, signal = never }) => {
        const edit = edits.find(id)
        return edit.ok ? names.missing(edit.value, objects, signal) : edit
      }),
    },
  }
}
