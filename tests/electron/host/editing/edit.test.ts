import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownChoice } from '../../../../contract/own-choice.ts'
import { valueAt } from '../../../../core/path.ts'
import { openWorkbench, problemOf, show, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-edit')
}, 120_000)
afterAll(() => bench?.end())

describe('the edit, end to end', () => {
  test('changes the image of a Deployment with one strategic patch that carries uid and version', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('image: nginx:1.14.2', 'image: nginx:1.16.1')
    const review = await edit.review()
    expect(review).toMatchObject({ strategy: 'strategic', basis: 'server', changesAnything: true, fallsShort: [] })
    expect(review.request.mediaType).toBe('application/strategic-merge-patch+json')
    const body = JSON.parse(review.request.body)
    expect(body.metadata).toEqual({ uid: edit.opened.ref.uid, resourceVersion: expect.any(String) })
    expect(body.spec.template.spec.containers).toEqual([{ name: 'nginx', image: 'nginx:1.16.1' }])

    expect(review.fates).toMatchObject([
      { path: 'spec.template.spec.containers[name=nginx].image', fate: 'taken', mine: 'nginx:1.16.1' },
    ])
    const lines = review.after.split('\n')
    const layers = new Map(review.marks.filter(m => m.side === 'after').map(m => [lines[m.line - 1]?.trim(), m.layer]))
    expect(layers.get('image: nginx:1.16.1') ?? layers.get('- image: nginx:1.16.1')).toBe('mine')
    // The policy's label follows from the edited image: the server's addition, nobody's edit.
    expect(layers.get('image-tag: 1.16.1')).toBe('server')

    const saved = await edit.submit(review)
    expect(saved).toMatchObject({ attempts: 1, differences: [], mergedIn: [] })
    const stored = await bench.get('deployments.v1.apps', 'nginx-deployment')
    expect(valueAt(stored, ['spec', 'template', 'spec', 'containers', 0, 'image'])).toBe('nginx:1.16.1')
    expect(valueAt(stored, ['metadata', 'labels', 'image-tag'])).toBe('1.16.1')
  })

  test('patches a custom resource by merge patch', async () => {
    const edit = await bench.open('statefulsets.v1alpha1.apps.kruise.io', 'sample')
    await edit.replace('replicas: 3', 'replicas: 4')
    const review = await edit.review()
    expect(review.request.mediaType).toBe('application/merge-patch+json')
    expect(JSON.parse(review.request.body).spec).toEqual({ replicas: 4 })
    await edit.submit(review)
    expect(valueAt(await bench.get('statefulsets.v1alpha1.apps.kruise.io', 'sample'), ['spec', 'replicas'])).toBe(4)
  })

  test('keeps the comments of a script while another key is edited', async () => {
    const before = await bench.get('configmaps.v1', 'backup-script')
    const edit = await bench.open('configmaps.v1', 'backup-script')
    expect(edit.text).toContain('# Dumps the database and keeps the last seven days.')
    await edit.replace('0 3 * * *', '0 4 * * *')
    await edit.submit(await edit.review())
    const after = await bench.get('configmaps.v1', 'backup-script')
    expect(valueAt(after, ['data', 'backup.sh'])).toBe(valueAt(before, ['data', 'backup.sh']))
    expect(valueAt(after, ['data', 'schedule'])).toBe('0 4 * * *')
  })

  test('has nothing to send for a text that says the same', async () => {
    const edit = await bench.open('configmaps.v1', 'envoy-initializer')
    await edit.type(`# only a comment\n${edit.text}`)
    const review = await edit.review()
    expect(review.changesAnything).toBe(false)
    expect(problemOf(await edit.trySubmit(review)).code).toBe('plan-stale')
  })

  test('sends only what was reviewed', async () => {
    const edit = await bench.open('configmaps.v1', 'envoy-initializer')
    await edit.replace('concurrency', 'Concurrency')
    const review = await edit.review()
    await edit.replace('Concurrency', 'CONCURRENCY')
    expect(problemOf(await edit.trySubmit(review)).code).toBe('plan-stale')
    expect(
      problemOf(await edit.client.edit.review({ edit: edit.opened.edit, textVersion: 1, choice: ownChoice })).code,
    ).toBe('text-behind')
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('keeps what a typed model would lose', async () => {
    // A place without types takes all of it: integers beyond 2^53, keys like `$patch`, `0400`, `on`, `#` lines.
    const edit = await bench.open('statefulsets.v1alpha1.apps.kruise.io', 'sample')
    const traps = [
      'traps:',
      '  big: 9007199254740993',
      '  mode: 0400',
      '  yes: on',
      '  $patch: replace',
      '  run: |',
      '    # data',
      '    go',
    ]
    await edit.replace('      readinessGates:', `${traps.map(line => `      ${line}\n`).join('')}      readinessGates:`)
    await edit.submit(await edit.review())
    const again = await bench.open('statefulsets.v1alpha1.apps.kruise.io', 'sample')
    await again.replace('    # data', '    # data that was edited')
    await again.submit(await again.review())
    const stored = await bench.get('statefulsets.v1alpha1.apps.kruise.io', 'sample')
    expect(valueAt(stored, ['spec', 'template', 'spec', 'traps'])).toEqual({
      big: 9007199254740993n,
      mode: 256,
      true: true,
      $patch: 'replace',
      run: '# data that was edited\ngo\n',
    })
    const config = await bench.open('configmaps.v1', 'backup-script')
    await config.replace(
      'umask: "0077"',
      'umask: "0077"\n  big: "9007199254740993"\n  $patch: replace\n  other.sh: |\n    # first\n    echo',
    )
    const refused = await config.tryReview()
    // A ConfigMap's keys may not hold a dollar sign: the server says so, and nothing has been sent as a directive.
    expect(refused.ok).toBe(false)
    await config.replace('  $patch: replace\n', '')
    await config.submit(await config.review())
    expect(valueAt(await bench.get('configmaps.v1', 'backup-script'), ['data'])).toMatchObject({
      big: '9007199254740993',
      umask: '0077',
      compress: 'yes',
      'other.sh': '# first\necho\n',
    })
  })

  test('the viewer is refused before editing, with the verb and the resource', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment', { context: 'practice-viewer' })
    expect(edit.opened.readOnly).toMatchObject({
      code: 'forbidden',
      asked: { verb: 'patch', resource: 'deployments', group: 'apps', namespace: bench.namespace },
    })
    expect((await edit.refusal()).code).toBe('forbidden')
    const editor = await bench.open('deployments.v1.apps', 'nginx-deployment', { context: 'practice-editor' })
    expect(editor.opened.readOnly).toBeNull()
  })

  test('the command that is shown does the same', async () => {
    // No controller writes to it between the review and the command.
    const template = { spec: { containers: [{ name: 'a', image: 'a:1' }] } }
    await bench.apply({
      apiVersion: 'v1',
      kind: 'PodTemplate',
      metadata: { name: 'still', labels: { app: 'still' } },
      template,
    })
    const edit = await bench.open('podtemplates.v1', 'still')
    await edit.replace('terminationGracePeriodSeconds: 30', 'terminationGracePeriodSeconds: 31')
    await edit.replace('    app: still\n', `    app: still\n    note: it-s\n`)
    const review = await edit.review()
    const { execFileSync } = await import('node:child_process')
    const path = bench.practice.kubectlPath.replace(/\/[^/]*$/, '')
    const env = { ...process.env, KUBECONFIG: bench.practice.kubeconfigPath, PATH: `${path}:${process.env.PATH}` }
    const out = execFileSync('/bin/sh', ['-c', review.command.posix], { env, encoding: 'utf8' })
    expect(out).toContain('podtemplate/still patched')
    const stored = await bench.get('podtemplates.v1', 'still')
    expect(valueAt(stored, ['template', 'spec', 'terminationGracePeriodSeconds'])).toBe(31)
    expect(show(review.command.notes)).toContain('no-strict-validation')
  })
})
