import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kubectlCommand, quotePosix, quotePowershell } from '../../../../electron/host/editing/command.ts'
import type { WriteRequest } from '../../../../electron/host/editing/plan.ts'

// No argument of a process can hold a NUL; a lone surrogate has no bytes.
const word = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map(text => text.replaceAll('\0', ''))
  .filter(text => text.isWellFormed())

describe('words in a command', () => {
  test('a POSIX shell reads every word back unchanged', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), words => {
        const script = `printf '%s\\0' ${words.map(quotePosix).join(' ')}`
        const read = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
        expect(read).toEqual(words)
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    ['plain', 'plain'],
    ['--type=merge', '--type=merge'],
    ["it's", "'it''s'"],
    ['it\u2019s', "'it\u2019\u2019s'"],
    ['{"a":"$b"}', '\'{"a":"$b"}\''],
    ['two words', "'two words'"],
    ['--%', "'--%'"],
    ['', "''"],
  ])('PowerShell: %s is written %s', (plain, quoted) => {
    expect(quotePowershell(plain)).toBe(quoted)
  })
})

const request: WriteRequest = {
  method: 'PATCH',
  type: { group: 'apps', version: 'v1', resource: 'deployments' },
  namespace: 'default',
  name: 'nginx',
  subresource: 'scale',
  mediaType: 'application/merge-patch+json',
  fieldManager: 'patchbay',
  force: false,
  body: '{"spec":{"replicas":2}}',
}
const facts = {
  context: 'arn:aws:eks:eu-1:1:cluster/prod',
  actingAs: null,
  fieldManager: 'patchbay',
  kubeconfigGiven: false,
}

describe('the command', () => {
  test('names context, namespace, version, type, subresource and manager', () => {
    expect(kubectlCommand(request, request.body, false, facts)).toEqual({
      posix:
        'kubectl --context=arn:aws:eks:eu-1:1:cluster/prod --namespace=default patch deployments.v1.apps/nginx --type=merge ' +
        `--subresource=scale --field-manager=patchbay -p '{"spec":{"replicas":2}}'`,
      powershell: expect.stringContaining(`WriteAllText($file.FullName, '{"spec":{"replicas":2}}')`),
      runnable: true,
      notes: ['no-strict-validation'],
    })
  })

  test('a patch too long for an argument goes in by a here-document', () => {
    const body = JSON.stringify({ data: { long: `it's ${'x'.repeat(120_000)}` } })
    const { posix } = kubectlCommand(request, body, false, facts)
    const piped = posix.replace(/^kubectl .* --patch-file=\/dev\/stdin/, 'cat')
    expect(execFileSync('/bin/sh', { input: piped, encoding: 'utf8', maxBuffer: 1 << 20 })).toBe(`${body}\n`)
  })

  test('a masked one says that it cannot run', () => {
    const command = kubectlCommand({ ...request, method: 'POST' }, '{}', true, { ...facts, kubeconfigGiven: true })
    expect(command).toMatchObject({ runnable: false, notes: ['needs-kubeconfig', 'masked'] })
    expect(command.posix).toContain('create')
  })
})
