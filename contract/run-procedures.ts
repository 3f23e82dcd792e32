import { eventIterator, oc, type } from '@orpc/contract'
import type { Result } from '../core/problem.ts'
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
import { type DeleteState, deleteAdjustInput, deleteRunInput, deleteSendInput, deleteStopInput } from './delete.ts'
import { editIdInput, type OpenedEdit } from './edit.ts'
import {
  type QuickState,
  quickAdjustInput,
  quickLeaveInput,
  quickRevisionsInput,
  quickRunInput,
  quickSendInput,
  quickStopInput,
  type Revision,
  type UnfinishedRun,
} from './quick.ts'
import {
  type RecreateState,
  recreateAdjustInput,
  recreateRunInput,
  recreateSendInput,
  recreateStopInput,
} from './recreate.ts'

/** What the page has checked first and then sent: runs that it watches, and that go on without it once they send. */
export const runProcedures = {
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
    /** Those that an earlier run of the app was sending when it ended, newest first. Asking for them finds out what became of each object. */
    unfinished: oc.output(eventIterator(type<readonly UnfinishedRun[]>())),
    /** Tells no more of one of them. */
    leave: oc.input(quickLeaveInput).output(type<void>()),
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
    /** Tells no more of a re-creation that was begun on an edit; its text stays. */
    leave: oc.input(editIdInput).output(type<void>()),
    /** Goes on with the edit of the object that a re-creation has made, and drops the one it began from. What opening may answer. */
    goOn: oc.input(editIdInput).output(type<Result<OpenedEdit>>()),
  },
}
