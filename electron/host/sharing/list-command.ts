import type * as z from 'zod'
import type { Impersonation } from '../../../contract/contexts.ts'
import type { listCommandInput, objectCommandInput, ShellText } from '../../../contract/share.ts'
import { contextWords, quotePosix, quotePowershell, typeWord } from '../editing/command.ts'
import { parseFilter } from '../views/filter.ts'

type ListInput = z.infer<typeof listCommandInput>
type ObjectInput = z.infer<typeof objectCommandInput>

/** What a command needs beside its list. `contexts` are those of the scope, by name; `kubeconfigGiven` as for edits. */
export type ShareFacts = {
  readonly contexts: readonly string[]
  readonly actingAs: (context: string) => Impersonation | null
  readonly kubeconfigGiven: boolean
}

/** Columns that kubectl can sort by: `--sort-by` takes a path into the object, ascending. */
const sortPaths: Readonly<Record<string, string>> = {
  Name: '.metadata.name',
  Namespace: '.metadata.namespace',
  Restarts: '.status.containerStatuses[0].restartCount',
}

/** The kubectl commands that show a list: one for each context and namespace, as kubectl takes one of each. */
export function listCommand(input: ListInput, facts: ShareFacts): ShellText {
  const { scope, namespaced, labels, wide } = input
  const filter = parseFilter(input.filter)
  const sort = sortPath(input.sort)
  const options = [
    ...(filter.labels === '' ? [] : ['-l', filter.labels]),
    ...(filter.fields === '' ? [] : [`--field-selector=${filter.fields}`]),
    ...(sort === null ? [] : [`--sort-by=${sort}`]),
    ...(labels.length === 0 ? [] : ['-L', labels.join(',')]),
    ...(wide ? ['-o', 'wide'] : []),
  ]
  const everywhere = namespaced ? [['-A']] : [[]]
  const places = scope.namespaces.length === 0 ? everywhere : scope.namespaces.map(name => [`--namespace=${name}`])
  const commands = facts.contexts.flatMap(context =>
    places.map(place => [
      'kubectl',
      ...contextWords(context, facts.actingAs(context)),
      ...place,
      'get',
      typeWord({ type: scope }),
      ...options,
    ]),
  )
  return shellText(commands, [...unsaid(input, sort), ...kubeconfigNote(facts)])
}

/** The kubectl commands for objects, one for each. */
export function objectCommand({ targets, verb }: ObjectInput, facts: Omit<ShareFacts, 'contexts'>): ShellText {
  const commands = targets.map(target => {
    const where = target.namespace === null ? [] : [`--namespace=${target.namespace}`]
    const through = contextWords(target.context, facts.actingAs(target.context))
    return ['kubectl', ...through, ...where, verb, `${typeWord({ type: target })}/${target.name}`]
  })
  return shellText(commands, kubeconfigNote(facts))
}

function sortPath(sort: ListInput['sort']): string | null {
  // The greatest age is the smallest time.
  if (sort?.column === 'Age') return sort.descending ? '.metadata.creationTimestamp' : null
  return sort === null || sort.descending ? null : (sortPaths[sort.column] ?? null)
}

// kubectl matches no words, knows no change times and sorts by few columns: what it leaves out is said, not dropped.
function unsaid({ filter, sort }: ListInput, path: string | null): string[] {
  const { words, within, by } = parseFilter(filter)
  const here = [...words]
  if (within !== null) here.push(`changed:${within / 1000}s`)
  here.push(...by.map(name => `by:${name}`))
  return [
    ...(here.length === 0 ? [] : [`Patchbay also filters by: ${here.join(' ')}`]),
    ...(sort === null || path !== null
      ? []
      : [`Patchbay sorts by: ${sort.column}${sort.descending ? ', descending' : ''}`]),
  ]
}

function kubeconfigNote({ kubeconfigGiven }: Pick<ShareFacts, 'kubeconfigGiven'>): string[] {
  return kubeconfigGiven ? ['with KUBECONFIG as Patchbay was given it'] : []
}

function shellText(commands: readonly (readonly string[])[], notes: readonly string[]): ShellText {
  // A comment is one line whatever was typed into the filter.
  const comments = notes.map(note => `# ${note.replaceAll(/[\s\p{Cc}]+/gu, ' ')}`)
  const write = (quote: (word: string) => string) =>
    [...comments, ...commands.map(words => words.map(quote).join(' '))].join('\n')
  return { posix: write(quotePosix), powershell: write(quotePowershell) }
}
