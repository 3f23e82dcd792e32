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
import type { OpenedEdit } from './edit.ts'
import { editProcedures } from './edit-procedures.ts'
import { type FoundFragments, fragmentOwnerInput, fragmentsInput, type TemplateOwner } from './fragment.ts'
import { guardContextInput, setGuardInput } from './guard-input.ts'
import type { HistoryEntry, HistoryState, Undone } from './history.ts'
import { historyEntryInput, historyExportInput, historyInput } from './history-input.ts'
import { type KindDetails, kindDetailsInput, type ServedKinds, servedInput } from './kinds.ts'
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
import type { RevealedValue } from './review.ts'
import { runProcedures } from './run-procedures.ts'
import { type SearchState, searchIdInput, searchInput } from './search.ts'
import { listCommandInput, objectCommandInput, type ShellText } from './share.ts'

/**
 * The one API between host and renderer. The host parses every input and refuses unknown shapes; expected
 * failures are `Result` values. Streams are conflated: the latest state wins and states may be skipped.
 */
export const contract = {
  ...editProcedures,
  ...runProcedures,
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
