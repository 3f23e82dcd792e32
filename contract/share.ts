import * as z from 'zod'
import { scopeSchema } from './browse.ts'
import { objectTargetSchema } from './object.ts'

export const listCommandInput = z.object({
  scope: scopeSchema,
  namespaced: z.boolean(),
  filter: z.string().max(2000),
  sort: z.object({ column: z.string().max(330), descending: z.boolean() }).nullable(),
  /** Label keys that are columns. */
  labels: z.array(z.string().min(1).max(317)).max(20),
  wide: z.boolean(),
})

export const objectCommandInput = z.object({
  targets: z.array(objectTargetSchema).min(1).max(1000),
  verb: z.enum(['get', 'describe', 'edit']),
})

/** The same command as POSIX shells and as PowerShell read it. What kubectl cannot do stands in comments before it. */
export type ShellText = { readonly posix: string; readonly powershell: string }
