import * as z from 'zod'

const name = z.string().min(1).max(500)
const edit = z.string().min(1).max(64)

/** A kind as a field refers to it: `group` null where only the kind is known; `namespace` null for the edited object's own. */
const namedKind = z.object({ group: z.string().max(253).nullable(), kind: name, namespace: name.nullable() })

export const namesInput = namedKind.extend({ edit })
export const partsInput = namedKind.extend({
  edit,
  name,
  of: z.enum(['data', 'port-names', 'port-numbers', 'listeners']),
})
export const portsInput = z.object({
  edit,
  of: z.enum(['pods', 'services']),
  labels: z.record(z.string().min(1).max(320), z.string().max(63)),
})
export const missingInput = z.object({
  edit,
  objects: z.array(namedKind.extend({ name: z.string().min(1).max(2000) })).max(200),
})
export type NamesAsk = z.infer<typeof namesInput>
export type PartsAsk = z.infer<typeof partsInput>
export type PortsAsk = z.infer<typeof portsInput>
export type MissingAsk = z.infer<typeof missingInput>

/** Names of a kind's objects, sorted; `more` where there are others beyond the limit. Empty where they may not be listed. */
export type Names = { readonly names: readonly string[]; readonly more: boolean }

/** What of another object can be named: a key of its data (never a value), a port, a listener. `note` tells the other half of a port. */
export type Part = { readonly text: string; readonly note: string }
