import { eventIterator, oc, type } from '@orpc/contract'
import * as z from 'zod'
import type { Result } from '../core/problem.ts'
import { type May, mayInput, type Rules, rulesInput } from './access.ts'
import { type AppState, type ConnectionState, settingsSchema } from './app.ts'
import {
  adjustInput,
  contextInput,
  type Kinds,
  type Namespaces,
  type Row,
  retryInput,
  type ViewState,
  viewExportInput,
  viewInput,
  viewRowsInput,
} from './browse.ts'
import { type Compared, compareObjectsInput, compareTextInput } from './compare.ts'
import { contextOnlyInput, impersonateInput, kubeconfigInput, namespaceInput, pluginInput } from './contexts.ts'
import type { ConvergeState } from './converge.ts'
import {
  type CopiedObject,
  type CreateCell,
  type CreateState,
  copyInput,
  createCellInput,
  createRunInput,
  createSendInput,
  createStopInput,
  type KeptCreation,
  keptCreationSchema,
  type Skeleton,
  skeletonInput,
} from './create.ts'
import { type Impact, impactInput } from './dangers.ts'
import { type DeleteState, deleteAdjustInput, deleteRunInput, deleteSendInput, deleteStopInput } from './delete.ts'
import {
  type EditState,
  type EditSummary,
  editIdInput,
  editTargetSchema,
  type LiveObject,
  liveInput,
  type OpenedEdit,
  reportInput,
} from './edit.ts'
import { type FoundFragments, fragmentOwnerInput, fragmentsInput, type TemplateOwner } from './fragment.ts'
import { guardContextInput, setGuardInput } from './guard-input.ts'
import type { HeldElsewhere } from './held-elsewhere.ts'
import type { HistoryEntry, HistoryState, Undone } from './history.ts'
import { historyEntryInput, historyExportInput, historyInput } from './history-input.ts'
import { type KindDetails, kindDetailsInput, type ServedKinds, servedInput } from './kinds.ts'
import { dryRunInput, type LiveDryRun } from './live-dry-run.ts'
import { manifestInput, type OpenedManifest } from './manifest.ts'
import { missingInput, type Names, namesInput, type Part, partsInput } from './names.ts'
import {
  type ObjectEvents,
  type ObjectState,
  type ObjectText,
  type OwnedState,
  objectInput,
  objectRevealInput,
  objectTextInput,
  ownedInput,
  type RelatedState,
  type VersionDifference,
  versionsInput,
  type Writer,
  type WriterFields,
  writerFieldsInput,
} from './object.ts'
import type { OwnersState } from './owners.ts'
import {
  type QuickState,
  quickAdjustInput,
  quickRevisionsInput,
  quickRunInput,
  quickSendInput,
  quickStopInput,
  type Revision,
} from './quick.ts'
import {
  type RecreateState,
  recreateAdjustInput,
  recreateRunInput,
  recreateSendInput,
  recreateStopInput,
} from './recreate.ts'
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
import { type SearchState, searchIdInput, searchInput } from './search.ts'
import { listCommandInput, objectCommandInput, type ShellText } from './share.ts'

/**
 * The one API between host and renderer. The host parses every input and refuses unknown shapes; expected
 * failures are `Result` values. Streams are conflated: the latest state wins and states may be skipped.
 */
export const contract = {
  app: {
    /** The frame's state, now and whenever it changes. */
    watch: oc.output(eventIterator(type<AppState>())),
    /** Replaces some of the settings. */
    saveSettings: oc.input(settingsSchema.partial()).output(type<void>()),
  },
  /** Guards belong to a context's cluster, whatever the context is called. Their states are in `app.watch`. */
  guards: {
    /** Chooses a guard; `noGuard` declines one. A cluster that is guarded anew begins locked. `context-unknown`, `not-kept`. */
    set: oc.input(setGuardInput).output(type<Result<void>>()),
    /** Lets writes out for `unlockMinutes`. `context-read-only` where the guard takes no unlocking. */
    unlock: oc.input(guardContextInput).output(type<Result<void>>()),
    /** Ends that at once. */
    lock: oc.input(guardContextInput).output(type<Result<void>>()),
  },
  /** What is done with contexts themselves. Their states are in `app.watch`. */
  contexts: {
    /** Asks a context's server again, now, whatever is known of it. */
    again: oc.input(contextOnlyInput).output(type<Result<ConnectionState>>()),
    /** Lets all of a context's requests act as somebody else, until the app ends; null ends it. */
    impersonate: oc.input(impersonateInput).output(type<Result<void>>()),
    /** Reads a further kubeconfig file, also in later sessions. `kubeconfig-invalid`, `not-kept`. */
    addKubeconfig: oc.input(kubeconfigInput).output(type<Result<void>>()),
    /** Reads a file that was added so no longer. `not-kept`. */
    removeKubeconfig: oc.input(kubeconfigInput).output(type<Result<void>>()),
    /** Lets a program that a foreign kubeconfig names run, also in later sessions. `not-kept`: only in this one. */
    allowPlugin: oc.input(pluginInput).output(type<Result<void>>()),
    /** Ends a plugin that runs, or refuses one that waits. */
    stopPlugin: oc.input(pluginInput).output(type<void>()),
    /** Keeps a namespace that was typed by hand, for all contexts of that cluster. `context-unknown`, `not-kept`. */
    rememberNamespace: oc.input(namespaceInput).output(type<Result<void>>()),
    /** Forgets it. */
    forgetNamespace: oc.input(namespaceInput).output(type<Result<void>>()),
  },
  /** What the person of a context may do, before it is tried. */
  access: {
    /** Answers many questions at once, in their order. Kept some minutes, and asked anew after a refusal. */
    may: oc.input(mayInput).output(type<readonly May[]>()),
    /** All that may be done in a namespace. */
    rules: oc.input(rulesInput).output(type<Result<Rules>>()),
  },
  browse: {
    /** The kinds that a context's cluster serves. */
    kinds: oc.input(contextInput).output(type<Result<Kinds>>()),
    /** The namespaces of a context's cluster. */
    namespaces: oc.input(contextInput).output(type<Result<Namespaces>>()),
    /** Opens a list; it lives as long as the stream is read. */
    view: oc.input(viewInput).output(eventIterator(type<ViewState>())),
    /** Another filter, order or window for an open list. False when no such list is open. */
    adjust: oc.input(adjustInput).output(type<boolean>()),
    /** Asks the sources that failed, or wait to be asked again, at once. False when no such list is open. */
    retry: oc.input(retryInput).output(type<boolean>()),
    /** Rows of an open list beyond its window, piece by piece, as they are when their piece is sent. No piece when no such list is open. */
    rows: oc.input(viewRowsInput).output(eventIterator(type<readonly Row[]>())),
    /**
     * The same as text, piece by piece: CSV as RFC 4180 has it, with a header, where no cell begins a formula; or a JSON
     * array of objects by column. At least one piece, none when no such list is open.
     */
    export: oc.input(viewExportInput).output(eventIterator(type<string>())),
  },
  kinds: {
    /** The kinds that the contexts' clusters serve, now and whenever one comes or goes. Followed as long as it is read. */
    watch: oc.input(servedInput).output(eventIterator(type<ServedKinds>())),
    /** Asks those clusters again; what changed is told to who watches. */
    refresh: oc.input(servedInput).output(type<void>()),
    /** What a kind's definition tells beyond discovery. `forbidden` where it may not be read. */
    details: oc.input(kindDetailsInput).output(type<Result<KindDetails>>()),
  },
  search: {
    /** Objects of all kinds by name, label, uid, address or image, as they are found. Ends its requests when it is no longer read. */
    find: oc.input(searchInput).output(eventIterator(type<SearchState>())),
    /** Lets a search go on whose budget was spent, to its end. False where no such search is open. */
    goOn: oc.input(searchIdInput).output(type<boolean>()),
  },
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
    /** Begins a creation from the text of an edit whose object is gone. */
    recreate: oc.input(editIdInput).output(type<Result<OpenedEdit>>()),
    /**
     * Goes on with a text as a manifest against the object that has its name: a creation that met `already-exists`, an
     * edit that met `object-replaced`. The text stays, without what the server gives; the edit that was is dropped.
     */
    againstLive: oc.input(editIdInput).output(type<Result<OpenedEdit>>()),
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
    /** For each of these objects, in their order, whether it is known not to be there. */
    missing: oc.input(missingInput).output(type<Result<readonly boolean[]>>()),
  },
  object: {
    /** The page of an object, now and whenever something of it changes; lives as long as it is read. */
    watch: oc.input(objectInput).output(eventIterator(type<ObjectState>())),
    /** The object as YAML, masked; null while it was not seen. */
    text: oc.input(objectTextInput).output(eventIterator(type<ObjectText | null>())),
    /** One masked value, for the person to see for a while; null where the object has it no more. */
    reveal: oc.input(objectRevealInput).output(type<Result<RevealedValue | null>>()),
    /** The events about it as they come. */
    events: oc.input(objectInput).output(eventIterator(type<ObjectEvents>())),
    /** What it hangs on and what hangs on it, as it is found and as it changes; ends its search when it is no longer read. */
    owned: oc.input(ownedInput).output(eventIterator(type<OwnedState>())),
    /** What it names, what names it, and what selects it, as it is found. */
    related: oc.input(objectInput).output(eventIterator(type<RelatedState>())),
    /** Who wrote it. */
    writers: oc.input(objectInput).output(eventIterator(type<readonly Writer[]>())),
    /** The fields of one of its writers; null where it has none such any more. */
    writerFields: oc.input(writerFieldsInput).output(type<Result<WriterFields | null>>()),
    /** What another served version shows of it otherwise. */
    versions: oc.input(versionsInput).output(type<Result<VersionDifference>>()),
  },
  manifest: {
    /** Opens a local manifest against the object that it names. `resource-unknown`, `namespace-changed`, what is wrong with the text, and what reading may answer. */
    open: oc.input(manifestInput).output(type<Result<OpenedManifest>>()),
  },
  /** Objects made from a text: of several documents, in several contexts. */
  create: {
    /** Reads a text and dry-runs each of its objects in each place. What is created, is so only by `send`. */
    run: oc.input(createRunInput).output(eventIterator(type<CreateState>())),
    /** Creates what was checked. It goes on without the page; `stop` ends it. `run-unknown`. */
    send: oc.input(createSendInput).output(type<Result<void>>()),
    /** Sends nothing more; the request on its way is waited for. */
    stop: oc.input(createStopInput).output(type<void>()),
    /** What is sent for one cell, and what the server makes of it. `run-unknown` where it was not checked. */
    cell: oc.input(createCellInput).output(type<Result<CreateCell>>()),
    /** Keeps what is typed on the page for new objects, on disk when it answers. `not-kept`. */
    keep: oc.input(keptCreationSchema).output(type<Result<void>>()),
    /** What was kept last; null for nothing. */
    kept: oc.output(type<KeptCreation | null>()),
    /** An object's text as it can be created elsewhere, without what the server made of it. What reading it may answer. */
    copy: oc.input(copyInput).output(type<Result<CopiedObject>>()),
    /** The text of a new object of a kind, from the server's own schema. `resource-unknown`, and what asking may answer. */
    skeleton: oc.input(skeletonInput).output(type<Result<Skeleton>>()),
  },
  deletion: {
    /** Reads objects, looks for what hangs on them, and dry-runs their deletion. What is deleted, is so only by `send`. */
    run: oc.input(deleteRunInput).output(eventIterator(type<DeleteState>())),
    /** Other options: all is dry-run anew. False when there is no such run, or it is sending. */
    adjust: oc.input(deleteAdjustInput).output(type<boolean>()),
    /** Deletes what was checked. It goes on without the page; `stop` ends it. `run-unknown`, `deletion-unconfirmed`. */
    send: oc.input(deleteSendInput).output(type<Result<void>>()),
    /** Sends nothing more; the requests on their way are waited for. */
    stop: oc.input(deleteStopInput).output(type<void>()),
  },
  /** Changes said in a few words, of one object or of many: each goes the way of every edit. */
  quick: {
    /** Reads objects, makes the change in each, and dry-runs it. What is changed, is so only by `send`. */
    run: oc.input(quickRunInput).output(eventIterator(type<QuickState>())),
    /** Another change: all is planned anew. False when there is no such run, it is sending, or has sent. */
    adjust: oc.input(quickAdjustInput).output(type<boolean>()),
    /** Sends what was checked. It goes on without the page; `stop` ends it. `run-unknown`. */
    send: oc.input(quickSendInput).output(type<Result<void>>()),
    /** Sends nothing more; the requests on their way are waited for. */
    stop: oc.input(quickStopInput).output(type<void>()),
    /** What a workload can be rolled back to, newest first. `quick-edit-unfit`, and what reading may answer. */
    revisions: oc.input(quickRevisionsInput).output(type<Result<readonly Revision[]>>()),
  },
  /** An object that is deleted and created again from its edit's text, for what cannot be changed in place. */
  recreation: {
    /** Looks for what hangs on the object, and dry-runs both steps. Nothing is done but by `send`. */
    run: oc.input(recreateRunInput).output(eventIterator(type<RecreateState>())),
    /** Other options of the deletion. False when there is no such run, or it is sending. */
    adjust: oc.input(recreateAdjustInput).output(type<boolean>()),
    /** Deletes, waits until it is gone, creates. It goes on without the page. `run-unknown`, `deletion-unconfirmed`. */
    send: oc.input(recreateSendInput).output(type<Result<void>>()),
    /** Waits no longer for the object to be gone; what was sent is not taken back, and the text stays in its edit. */
    stop: oc.input(recreateStopInput).output(type<void>()),
  },
  /** Parts of PodSpecs, to be merged into templates. */
  fragments: {
    /** Those that the ConfigMaps of a namespace hold. What listing may answer. */
    find: oc.input(fragmentsInput).output(type<Result<FoundFragments>>()),
    /** What makes an object's Pods, by its controllers; null where nothing with a template does. */
    owner: oc.input(fragmentOwnerInput).output(type<Result<TemplateOwner | null>>()),
  },
  history: {
    /** A window of the submits that pass a filter, newest first, now and whenever the history changes. */
    watch: oc.input(historyInput).output(eventIterator(type<HistoryState>())),
    /** One submit, whole. `entry-unknown`. */
    read: oc.input(historyEntryInput).output(type<Result<HistoryEntry>>()),
    /**
     * Opens an edit that takes an entry's change back. `entry-unknown`; `edit-in-the-way` where the object is open with
     * changes of its own; and what opening an object may answer.
     */
    undo: oc.input(historyEntryInput).output(type<Result<Undone>>()),
    /** Begins a creation from what stood there before an entry's change. `entry-unknown`, and what `manifest.open` answers. */
    recreate: oc.input(historyEntryInput).output(type<Result<OpenedEdit>>()),
    /** Entries as text, piece by piece. Masked. */
    export: oc.input(historyExportInput).output(eventIterator(type<string>())),
    /** Removes an entry for good. `not-kept`. */
    remove: oc.input(historyEntryInput).output(type<Result<void>>()),
    /** Removes all entries whose end is known, for good. `not-kept`. */
    clear: oc.output(type<Result<void>>()),
  },
  compare: {
    /** Two objects side by side, as they are now. What reading either may answer. */
    objects: oc.input(compareObjectsInput).output(type<Result<Compared>>()),
    /** An object as it is now, to be shown beside the text of an edit. What reading it may answer. */
    withText: oc.input(compareTextInput).output(type<Result<Compared>>()),
  },
  share: {
    /** A list as kubectl shows it: one command for each context and namespace. */
    listCommand: oc.input(listCommandInput).output(type<ShellText>()),
    /** Objects as kubectl gets, describes or edits them, a command each. */
    objectCommand: oc.input(objectCommandInput).output(type<ShellText>()),
  },
  /** Answers at once: the page's sign that the host is there. */
  ping: oc.input(z.object({})).output(type<{ readonly version: string }>()),
}

export type Contract = typeof contract
