import type { Json } from './json.ts'
import type { JsonKind } from './patch/values.ts'
import type { Path } from './path.ts'

/** A piece of a text. Offsets count UTF-16 units from 0; `line` and `column` (of `from`) count from 1. */
export type TextRange = {
  readonly from: number
  readonly to: number
  readonly line: number
  readonly column: number
}

/** Where a problem is: in the object, in the person's text, in both or in neither. */
export type Place = { readonly path?: Path; readonly range?: TextRange }

/**
 * One place where my edit and another writer's change disagree. An absent value was removed or never there. `order`: only
 * the order of a list's items is disputed, and the values are their identities. `masked`: the values are not the real ones.
 */
export type Conflict = {
  readonly path: Path
  readonly base?: Json
  readonly mine?: Json
  readonly theirs?: Json
  readonly order?: true
  readonly masked?: true
}

/** What a place takes, in one word. */
export type ExpectedType =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'list'
  | 'object'
  | 'quantity'
  | 'integer-or-string'
  | 'base64'
  | 'time'

/**
 * One of the server's reasons (`status.details.causes`), its field path as the server wrote it. `types` where the
 * server did not say which value it could not read, and the schema tells: the message is then empty.
 */
export type Cause = {
  readonly reason: string
  readonly field: string
  readonly message: string
  readonly types?: { readonly expected: ExpectedType; readonly found: JsonKind }
} & Place

/** The step of the API server's work at which a request was refused. `admission`: mutating or validating, nobody said which. */
export type Stage =
  | 'rate-limit'
  | 'authentication'
  | 'authorization'
  | 'decoding'
  | 'conversion'
  | 'mutating-admission'
  | 'validating-admission'
  | 'admission'
  | 'quota'
  | 'validation'
  | 'conflict-of-version'
  | 'conflict-of-owners'
  | 'conflict-of-uid'
  | 'size'
  | 'storage'

/** The request's object in a refusal: what was asked of which resource. */
export type Asked = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource?: string
  readonly namespace: string | null
  readonly name: string | null
}

/** The `what` of `yaml-unsupported`: valid YAML that kubectl refuses, or that means one thing here and another there. */
export type YamlUnsupported =
  | 'control-character'
  | 'line-separator'
  | 'directive'
  | 'infinite-number'
  | 'null-key'
  | 'collection-key'
  | 'huge-number-key'
  | 'tag-mismatch'
  | 'invalid-binary'
  | 'merge-of-no-map'
  | 'unknown-alias'
  | 'self-alias'
  | 'too-many-aliases'

/** Why a quick edit makes no sense for an object, as the `reason` of `quick-edit-unfit`; `detail` are the names it is about. */
export type UnfitReason =
  | 'no-template'
  | 'no-container'
  | 'no-replicas'
  | 'not-restartable'
  | 'paused'
  | 'no-pause'
  | 'no-suspend'
  | 'not-a-node'
  | 'no-taint'
  | 'no-history'
  | 'no-revision'

/** What is wrong with a text that should be the YAML of one object. */
export type TextProblem =
  | ({ readonly code: 'yaml-syntax'; readonly detail: string } & Place)
  | ({ readonly code: 'yaml-duplicate-key'; readonly key: string; readonly firstLine: number } & Place)
  | ({ readonly code: 'yaml-second-document' } & Place)
  | ({ readonly code: 'yaml-unsupported'; readonly what: YamlUnsupported } & Place)
  | ({ readonly code: 'yaml-empty' } & Place)
  | ({ readonly code: 'yaml-not-an-object' } & Place)
  // `missing` are paths: `apiVersion`, `kind`, `metadata.name`.
  | ({ readonly code: 'manifest-incomplete'; readonly missing: readonly string[] } & Place)
  | ({ readonly code: 'secret-key-twice'; readonly key: string } & Place)
  | ({ readonly code: 'json-syntax'; readonly detail: string; readonly offset: number } & Place)
  | ({ readonly code: 'json-duplicate-key'; readonly key: string; readonly firstLine: number } & Place)

/** A field that says which object this is, changed in the text. `expected` and `found` are null where absent. */
export type IdentityProblem = {
  readonly code:
    | 'api-version-changed'
    | 'kind-changed'
    | 'name-changed'
    | 'namespace-changed'
    | 'uid-changed'
    | 'resource-version-changed'
  readonly expected: Json
  readonly found: Json
} & Place

/** Why a patch cannot be made, applied or trusted. */
export type PatchProblem =
  | ({
      readonly code: 'patch-falls-short'
      readonly paths: readonly Path[]
      /** The strategies that reach them. */
      readonly reaching: readonly string[]
    } & Place)
  // `served` and `instead` are the strategies that can be chosen in its place.
  | ({ readonly code: 'strategy-unserved'; readonly strategy: string; readonly served: readonly string[] } & Place)
  | ({
      readonly code: 'guard-unsupported'
      readonly strategy: string
      readonly guard: string
      readonly instead: readonly string[]
    } & Place)
  | ({ readonly code: 'merge-key-missing'; readonly key: string } & Place)
  | ({ readonly code: 'merge-key-not-scalar'; readonly key: string } & Place)
  | ({ readonly code: 'patch-type-mismatch'; readonly expected: string; readonly found: string } & Place)
  | ({ readonly code: 'patch-directive-unknown'; readonly directive: string } & Place)
  | ({ readonly code: 'patch-list-order'; readonly detail: string } & Place)
  // `operation` counts a JSON Patch's operations from 0.
  | ({ readonly code: 'json-patch-invalid'; readonly operation: number; readonly detail: string } & Place)
  | ({ readonly code: 'json-patch-too-long'; readonly operations: number; readonly limit: number } & Place)
  | ({ readonly code: 'json-patch-path-missing'; readonly operation: number; readonly pointer: string } & Place)
  | ({ readonly code: 'json-patch-test-failed'; readonly operation: number; readonly pointer: string } & Place)
  | ({ readonly code: 'json-patch-unguardable'; readonly pointer: string } & Place)
  | ({ readonly code: 'too-deep'; readonly limit: number } & Place)
  | ({ readonly code: 'schema-unknown'; readonly name: string } & Place)
  | ({ readonly code: 'schema-invalid'; readonly detail: string } & Place)
  | ({ readonly code: 'merge-conflict'; readonly conflicts: readonly Conflict[] } & Place)

/** What an API server, or the way to it, answered. `message` is the server's own text, masked. */
export type ServerProblem =
  | ({ readonly code: 'unreachable'; readonly detail: string } & Place)
  | ({ readonly code: 'tls-failed'; readonly detail: string } & Place)
  | ({ readonly code: 'timed-out'; readonly seconds: number } & Place)
  | ({ readonly code: 'credentials-failed'; readonly detail: string } & Place)
  // `since` is an ISO time: when the client's certificate or token ended by its own words.
  | ({ readonly code: 'credentials-expired'; readonly what: 'certificate' | 'token'; readonly since: string } & Place)
  // A program of a kubeconfig file that is not the person's own runs only after they have said so.
  | ({ readonly code: 'plugin-unconfirmed'; readonly command: string } & Place)
  | ({ readonly code: 'unauthorized'; readonly message: string } & Place)
  | ({ readonly code: 'forbidden'; readonly asked: Asked; readonly message: string } & Place)
  | ({ readonly code: 'not-found'; readonly asked: Asked; readonly message: string } & Place)
  | ({ readonly code: 'already-exists'; readonly message: string } & Place)
  | ({ readonly code: 'expired'; readonly message: string } & Place)
  | ({ readonly code: 'unknown-field'; readonly field: string } & Place)
  | ({ readonly code: 'decoding-failed'; readonly message: string; readonly causes: readonly Cause[] } & Place)
  | ({ readonly code: 'conversion-failed'; readonly message: string } & Place)
  | ({ readonly code: 'storage-failed'; readonly message: string } & Place)
  | ({ readonly code: 'invalid'; readonly message: string; readonly causes: readonly Cause[] } & Place)
  | ({
      readonly code: 'admission-denied'
      readonly stage: Stage
      readonly policy: string | null
      readonly webhook: string | null
      readonly message: string
      /** The places that the words name, or that a webhook gave; empty as a rule. */
      readonly causes: readonly Cause[]
    } & Place)
  | ({ readonly code: 'quota-exceeded'; readonly message: string } & Place)
  | ({ readonly code: 'version-conflict'; readonly message: string } & Place)
  | ({ readonly code: 'version-missing'; readonly message: string } & Place)
  | ({
      readonly code: 'owner-conflict'
      readonly owners: readonly { readonly manager: string; readonly field: string }[]
      readonly message: string
    } & Place)
  | ({ readonly code: 'uid-conflict'; readonly message: string } & Place)
  | ({ readonly code: 'too-large'; readonly bytes: number | null; readonly limit: number | null } & Place)
  | ({ readonly code: 'rate-limited'; readonly retryAfterSeconds: number | null } & Place)
  | ({ readonly code: 'media-type-unsupported'; readonly mediaType: string } & Place)
  | ({ readonly code: 'dry-run-unsupported'; readonly message: string } & Place)
  | ({ readonly code: 'server-error'; readonly status: number; readonly message: string } & Place)

/** What the app itself cannot do as asked. */
export type AppProblem =
  | ({ readonly code: 'kubeconfig-missing' } & Place)
  | ({ readonly code: 'kubeconfig-invalid'; readonly detail: string } & Place)
  | ({ readonly code: 'context-unknown'; readonly context: string } & Place)
  | ({ readonly code: 'resource-unknown'; readonly group: string; readonly resource: string } & Place)
  | ({ readonly code: 'verb-unsupported'; readonly verb: string; readonly resource: string } & Place)
  | ({ readonly code: 'server-too-old'; readonly version: string } & Place)
  | ({ readonly code: 'schema-unavailable'; readonly detail: string } & Place)
  | ({ readonly code: 'edit-unknown' } & Place)
  | ({ readonly code: 'entry-unknown' } & Place)
  | ({ readonly code: 'edit-in-the-way' } & Place)
  | ({ readonly code: 'edit-busy' } & Place)
  | ({ readonly code: 'text-behind'; readonly hostVersion: number } & Place)
  | ({ readonly code: 'base-moved' } & Place)
  | ({ readonly code: 'plan-stale' } & Place)
  | ({ readonly code: 'fates-unacknowledged' } & Place)
  // `unlockable`: the guard lets writes out after an unlock; else it has to be changed.
  | ({ readonly code: 'context-read-only'; readonly context: string; readonly unlockable: boolean } & Place)
  | ({ readonly code: 'confirmation-missing'; readonly context: string } & Place)
  // `expected` is what has to be typed before namespaces or kinds are deleted.
  | ({ readonly code: 'deletion-unconfirmed'; readonly expected: string } & Place)
  | ({ readonly code: 'run-unknown' } & Place)
  // `removes`: at the path in `detail`, by a directive of a strategic patch or a null.
  | ({ readonly code: 'fragment-unfit'; readonly reason: 'no-pod-spec' | 'removes'; readonly detail: string } & Place)
  | ({ readonly code: 'quick-edit-unfit'; readonly reason: UnfitReason; readonly detail: string } & Place)
  | ({ readonly code: 'too-many-objects'; readonly count: number; readonly limit: number } & Place)
  | ({ readonly code: 'object-gone' } & Place)
  | ({ readonly code: 'object-replaced'; readonly uid: string } & Place)
  | ({ readonly code: 'outcome-unknown'; readonly detail: string } & Place)
  | ({ readonly code: 'not-written'; readonly detail: string } & Place)
  // Why the object does not tell what became of a submit that the app's end cut off. `unnamed`: the server makes its name.
  | ({ readonly code: 'undetermined'; readonly reason: 'changed' | 'gone' | 'replaced' | 'unnamed' } & Place)
  | ({ readonly code: 'submit-stopped' } & Place)
  | ({ readonly code: 'store-damaged'; readonly movedTo: string } & Place)
  | ({ readonly code: 'store-foreign'; readonly movedTo: string } & Place)
  | ({ readonly code: 'store-newer' } & Place)
  | ({ readonly code: 'drafts-unreadable'; readonly count: number } & Place)
  | ({ readonly code: 'draft-unreadable' } & Place)
  | ({
      readonly code: 'not-kept'
      readonly reason: 'disk-full' | 'read-only' | 'disk-failed' | 'damaged' | 'busy' | 'store-newer'
    } & Place)
  // Who the server takes the requests for, as `kubectl auth whoami` would name them.
  | ({
      readonly code: 'person-changed'
      readonly context: string
      readonly before: string
      readonly now: string
    } & Place)
  | ({ readonly code: 'cluster-changed'; readonly context: string } & Place)
  | ({ readonly code: 'host-gone' } & Place)
  | ({ readonly code: 'link-invalid'; readonly address: string } & Place)

/** Every expected failure of the app. Bugs are thrown instead. */
export type Problem = TextProblem | IdentityProblem | PatchProblem | ServerProblem | AppProblem

/** The closed set of codes; `docs/problems.md` lists them, and both catalogues hold a sentence for each. */
export type ProblemCode = Problem['code']

/** What can fail in an expected way. */
export type Result<T, P extends Problem = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: P }

/** A success. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

/** A failure. */
export function fail<P extends Problem>(problem: P): { readonly ok: false; readonly problem: P } {
  return { ok: false, problem }
}
