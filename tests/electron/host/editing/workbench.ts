import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import type { Contract } from '../../../../contract/contract.ts'
import type { LiveObject, OpenedEdit } from '../../../../contract/edit.ts'
import { ownChoice } from '../../../../contract/own-choice.ts'
import type { Review, Submitted } from '../../../../contract/review.ts'
import type { WriteChoice } from '../../../../contract/strategy.ts'
import { type JsonObject, parseJson } from '../../../../core/json.ts'
import { isObject } from '../../../../core/object.ts'
import type { Problem, Result } from '../../../../core/problem.ts'
import type { SecretData } from '../../../../core/secret-data.ts'
import { showSecretAs } from '../../../../core/secret-data-text.ts'
import { changeText } from '../../../../core/session.ts'
import { createHost } from '../../../../electron/host/host.ts'
import { runTextTask } from '../../../../renderer/edit/text-tasks.ts'
import { practiceForTests, type TestPractice } from '../../../practice/setup.ts'

/** A resource as tests name it: `deployments.v1.apps`, `configmaps.v1`. */
export type TypeWord = string

/** A running host over the practice cluster, used as a page uses it: through the contract alone. */
export type Workbench = Awaited<ReturnType<typeof openWorkbench>>

/**
 * Starts a host and a seeded namespace of its own, new in every run (none where not `seeded`). The host reads the
 * practice's kubeconfig, or the one given. `end` belongs into `afterAll`.
 */
export async function openWorkbench(
  topic: string,
  {
    seeded = true,
    on,
    kubeconfig,
    profile: given,
  }: {
    readonly seeded?: boolean
    readonly on?: TestPractice
    readonly kubeconfig?: string
    /** Outlives the workbench. */
    readonly profile?: string
  } = {},
) {
  const namespace = `${topic}-${randomBytes(4).toString('hex')}`
  const practice = on ?? (await practiceForTests())
  if (seeded) await practice.seed(namespace)
  const profile = given ?? mkdtempSync(join(tmpdir(), 'patchbay-profile-'))
  const read = [kubeconfig ?? practice.kubeconfigPath]
  const host = await createHost({ version: '0.0.0', profile, kubeconfig: read, context: null, practice: true })
  const client: Client = createRouterClient(host.router)

  const kubectl = (...args: string[]) =>
    run(practice.kubectlPath, [
      '--kubeconfig',
      practice.kubeconfigPath,
      '--context',
      'practice',
      '-n',
      namespace,
      ...args,
    ])

  // A rollout under way writes into the status and moves the version that tests count on.
  if (seeded) await kubectl('rollout', 'status', 'deployment/nginx-deployment', '--timeout=60s')

  return {
    client,
    namespace,
    practice,
    profile,
    kubectl,
    /** The object as the server has it. */
    async get(type: TypeWord, name: string): Promise<JsonObject> {
      return asObject(parseJson((await kubectl('get', kubectlWord(type), name, '-o', 'json')).stdout))
    },
    /** Creates or replaces objects from manifests. */
    async apply(manifest: unknown): Promise<void> {
      await run(
        practice.kubectlPath,
        [
          '--kubeconfig',
          practice.kubeconfigPath,
          '--context',
          'practice',
          '-n',
          namespace,
          'apply',
          '--server-side',
          '--force-conflicts',
          '--field-manager=tests',
          '-f',
          '-',
        ],
        JSON.stringify(manifest),
      )
    },
    /** Another writer, as `kubectl patch` with a merge patch. */
    patch: (type: TypeWord, name: string, patch: unknown, manager = 'somebody') =>
      kubectl(
        'patch',
        kubectlWord(type),
        name,
        '--type=merge',
        `--field-manager=${manager}`,
        '-p',
        JSON.stringify(patch),
      ),
    /** Another writer, as `kubectl patch` with JSON Patch operations. */
    jsonPatch: (type: string, name: string, operations: readonly unknown[]) =>
      kubectl('patch', type, name, '--type=json', '-p', JSON.stringify(operations)),
    async open(
      type: TypeWord,
      name: string,
      more: { context?: string; subresource?: string; namespace?: string | null } = {},
    ) {
      const [resource = '', version = '', ...group] = type.split('.')
      const opened = await client.edit.open({
        context: more.context ?? 'practice',
        group: group.join('.'),
        version,
        resource,
        namespace: more.namespace === undefined ? namespace : more.namespace,
        name,
        subresource: more.subresource ?? null,
      })
      return new Editing(client, unwrap(opened))
    },
    /** Goes on with an edit that the contract has just given. */
    editing: (opened: Result<OpenedEdit>) => new Editing(client, unwrap(opened)),
    async end() {
      await host.end()
      if (given === undefined) rmSync(profile, { recursive: true, force: true })
      // A second workbench of a file works on the first one's clusters.
      if (on === undefined) await practice.stop()
    },
  }
}

type Client = ContractRouterClient<Contract>

/** One edit as a person does it: change the text, review, submit. */
export class Editing {
  readonly client: Client
  readonly opened: OpenedEdit
  text: string
  version: number
  baseVersion: string | null

  constructor(client: Client, opened: OpenedEdit) {
    this.client = client
    this.opened = opened
    this.text = opened.text
    this.version = opened.textVersion
    this.baseVersion = opened.baseVersion
  }

  /** Replaces one place of the text; it must be there exactly once. */
  async replace(from: string, to: string): Promise<this> {
    if (this.text.split(from).length !== 2) throw new Error(`not exactly once in the text: ${from}\n${this.text}`)
    return this.type(this.text.replace(from, () => to))
  }

  /** Replaces the whole text. */
  async type(text: string): Promise<this> {
    const fromVersion = this.version
    const changes = [{ from: 0, to: this.text.length, insert: text }]
    this.version++
    this.text = text
    const { edit, lease } = this.opened
    unwrap(
      await this.client.edit.report({ kind: 'edited', edit, lease, fromVersion, textVersion: this.version, changes }),
    )
    return this
  }

  /** Keeps the text as it is, but for its version, and compares it with another base from now on. */
  async moveOnto({ baseVersion }: Pick<LiveObject, 'baseVersion'>): Promise<void> {
    const fromBase = this.opened.baseVersion ?? ''
    const from = this.text.indexOf(`"${fromBase}"`)
    const changes = [{ from, to: from + fromBase.length + 2, insert: `"${baseVersion}"` }]
    const range = { fromVersion: this.version, textVersion: this.version + 1, changes }
    const { edit, lease } = this.opened
    unwrap(await this.client.edit.report({ kind: 'rebased', edit, lease, fromBase, toBase: baseVersion, ...range }))
    this.version++
  }

  /** Moves the text onto what was saved of it, as the page does: what was not sent of it stays. */
  async goOn({ base, baseVersion, saved }: Extract<Submitted, { kind: 'saved' }>): Promise<this> {
    const { edit, lease, schema } = this.opened
    const from = saved ?? base
    const move = runTextTask({ kind: 'move', from, fromJson: true, onto: base, text: this.text, schema })
    if (!move.ok) throw new Error(show(move.problems))
    const range = { fromVersion: this.version, textVersion: this.version + 1, changes: [...move.changes] }
    const fromBase = this.baseVersion ?? ''
    unwrap(await this.client.edit.report({ kind: 'rebased', edit, lease, fromBase, toBase: baseVersion, ...range }))
    this.text = changeText(this.text, move.changes)
    this.version++
    this.baseVersion = baseVersion
    return this
  }

  /** Shows the values of a Secret the other way. */
  async showSecretAs(secretData: SecretData): Promise<this> {
    const changes = unwrap(showSecretAs(this.text, secretData))
    const { edit, lease } = this.opened
    const range = { fromVersion: this.version, textVersion: this.version + 1, changes: [...changes] }
    unwrap(await this.client.edit.report({ kind: 'viewed', edit, lease, secretData, ...range }))
    this.text = changeText(this.text, changes)
    this.version++
    return this
  }

  tryReview(choice: Partial<WriteChoice> = {}): Promise<Result<Review>> {
    const { edit } = this.opened
    return this.client.edit.review({ edit, textVersion: this.version, choice: { ...ownChoice, ...choice } })
  }

  async review(choice: Partial<WriteChoice> = {}): Promise<Review> {
    return unwrap(await this.tryReview(choice))
  }

  /** The problem that a review ends with. */
  async refusal(choice: Partial<WriteChoice> = {}): Promise<Problem> {
    return problemOf(await this.tryReview(choice))
  }

  trySubmit(review: Review, acknowledged = false, reason: string | null = null): Promise<Result<Submitted>> {
    return this.client.edit.submit({ edit: this.opened.edit, plan: review.plan, acknowledged, reason })
  }

  async submit(review: Review, acknowledged = false, reason: string | null = null) {
    const submitted = unwrap(await this.trySubmit(review, acknowledged, reason))
    if (submitted.kind !== 'saved') throw new Error(`not saved but ${submitted.kind}`)
    return submitted
  }
}

/** The value of a success; a problem fails the test with its code and facts. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${show(result.problem)}`)
  return result.value
}

/** The problem of a failure. */
export function problemOf(result: Result<unknown>): Problem {
  if (result.ok) throw new Error(`no problem, but ${show(result.value)}`)
  return result.problem
}

/** Any value as text, bigints included. */
export function show(value: unknown): string {
  return JSON.stringify(value, (_, child) => (typeof child === 'bigint' ? `${child}n` : child)) ?? 'undefined'
}

function asObject(result: Result<unknown>): JsonObject {
  const value = unwrap(result)
  // parseJson gives Json; the helper's parameter is wider for the error text.
  if (!isObject(value as JsonObject)) throw new Error('not an object')
  return value as JsonObject
}

function kubectlWord(type: TypeWord): string {
  return type.split('.').length > 2 ? type : (type.split('.')[0] ?? type)
}

function run(file: string, args: readonly string[], input?: string): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`))
      else resolve({ stdout, stderr })
    })
    // It may end without reading its input; its code tells why.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input ?? '')
  })
}
