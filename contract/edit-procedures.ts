import { eventIterator, oc, type } from '@orpc/contract'
import type { Result } from '../core/problem.ts'
import type { ConvergeState } from './converge.ts'
import { type Impact, impactInput } from './dangers.ts'
import {
  type EditState,
  type EditSummary,
  editIdInput,
  editTargetSchema,
  type LiveObject,
  liveInput,
  type OpenedEdit,
  releaseInput,
  reportInput,
} from './edit.ts'
import type { HeldElsewhere } from './held-elsewhere.ts'
import { dryRunInput, type LiveDryRun } from './live-dry-run.ts'
import { manifestInput, type OpenedManifest } from './manifest.ts'
import { missingInput, type Names, namesInput, type Part, partsInput, portsInput } from './names.ts'
import type { OwnersState } from './owners.ts'
import {
  type CommandView,
  type RevealedValue,
  type Review,
  revealCommandInput,
  revealInput,
  reviewInput,
  type Submitted,
  submitInput,
} from './review.ts'
import { editSchemaInput, type KindFields, kindSchemaInput, type SchemaState } from './schema.ts'

/** What the page may ask of open edits and of manifests, and of what may be written in them. */
export const editProcedures = {
  edit: {
    /** Opens an object for editing, or takes up the edit that is already open for it. */
    open: oc.input(editTargetSchema).output(type<Result<OpenedEdit>>()),
    /** Takes up an open edit by its id. */
    resume: oc.input(editIdInput).output(type<Result<OpenedEdit>>()),
    /** All open edits, oldest first. */
    list: oc.output(type<readonly EditSummary[]>()),
    /** The state beside the text, now and whenever it changes, until the edit is discarded. */
    watch: oc.input(editIdInput).output(eventIterator(type<EditState>())),
    /** Tells the host what was typed. Answers the version now held; `text-behind` asks for the whole text. */
    report: oc.input(reportInput).output(type<Result<{ readonly textVersion: number }>>()),
    /** What is live, so that the page can compare its text with it and move it onto it: `object-gone`, `object-replaced` where it is not there. */
    live: oc.input(liveInput).output(type<Result<LiveObject>>()),
    /** What the edit's version of the kind does not show of the object; null where that is nothing. */
    heldElsewhere: oc.input(editIdInput).output(type<Result<HeldElsewhere | null>>()),
    /** Makes the plan from that text and dry-runs it. Sends nothing that lasts. */
    review: oc.input(reviewInput).output(type<Result<Review>>()),
    /** Who owns the fields of the object as it is live, and who keeps it, now and whenever that changes. */
    owners: oc.input(editIdInput).output(eventIterator(type<OwnersState>())),
    /**
     * What the server says of that text before any review. Waits for its turn; called off, it asks nothing. `text-behind`,
     * `plan-stale` during a submit, and what is wrong with the text.
     */
    dryRun: oc.input(dryRunInput).output(type<Result<LiveDryRun>>()),
    /** One masked value of a review, for the person to see for a while. `plan-stale` once the review is another one. */
    reveal: oc.input(revealInput).output(type<Result<RevealedValue>>()),
    /** The command of a review with a Secret's values in it. `plan-stale` as above. */
    revealCommand: oc.input(revealCommandInput).output(type<Result<Pick<CommandView, 'posix' | 'powershell'>>>()),
    /** What that text would do to other objects, as far as it is found within seconds. `text-behind`, and what is wrong with the text. */
    impact: oc.input(impactInput).output(type<Result<Impact>>()),
    /** Sends the reviewed plan. */
    submit: oc.input(submitInput).output(type<Result<Submitted>>()),
    /** What becomes of the last submit, until its object is settled and beyond; null before there is one. Watched as long as it is read. */
    converge: oc.input(editIdInput).output(eventIterator(type<ConvergeState | null>())),
    /** Lets a submit under way wait for nothing any longer; what has been sent is not taken back, and its answer still told. */
    stopSubmit: oc.input(editIdInput).output(type<void>()),
    /** Drops the edit and its text. */
    discard: oc.input(editIdInput).output(type<void>()),
    /** Lets go of an edit whose opening is not wanted any more: dropped, unless its text says something or another page has taken it up since. */
    release: oc.input(releaseInput).output(type<void>()),
    /** Begins a creation from the text of an edit whose object is gone. */
    recreate: oc.input(editIdInput).output(type<Result<OpenedEdit>>()),
    /**
     * Goes on with a text as a manifest against the object that has its name: a creation that met `already-exists`, an
     * edit that met `object-replaced`. The text stays, without what the server gives; the edit that was is dropped.
     */
    againstLive: oc.input(editIdInput).output(type<Result<OpenedEdit>>()),
  },
  manifest: {
    /** Opens a local manifest against the object that it names. `resource-unknown`, `namespace-changed`, what is wrong with the text, and what reading may answer. */
    open: oc.input(manifestInput).output(type<Result<OpenedManifest>>()),
  },
  /** What clusters say of their kinds' fields. */
  schema: {
    /** Of an edit's kind; null where the server says nothing of it. What asking the server may answer. */
    ofEdit: oc.input(editSchemaInput).output(type<Result<KindFields | null>>()),
    /** How that stands, now and whenever it changes: a definition was changed or deleted, the cluster is back. */
    watch: oc.input(editSchemaInput).output(eventIterator(type<SchemaState>())),
    /** Of any kind that a cluster serves. */
    ofKind: oc.input(kindSchemaInput).output(type<Result<KindFields | null>>()),
  },
  /** What the fields of an edited object may name; never a Secret's values. What asking the server may answer. */
  names: {
    /** Other objects of a kind, as far as they may be listed. Kept some seconds. */
    list: oc.input(namesInput).output(type<Result<Names>>()),
    /** Keys of a ConfigMap or Secret, ports of a Service, as far as it may be read. */
    parts: oc.input(partsInput).output(type<Result<readonly Part[]>>()),
    /** Ports of the Pods or Services that labels select beside the object, as far as they may be listed. */
    ports: oc.input(portsInput).output(type<Result<readonly Part[]>>()),
    /** For each of these objects, in their order, whether it is known not to be there. */
    missing: oc.input(missingInput).output(type<Result<readonly boolean[]>>()),
  },
}
