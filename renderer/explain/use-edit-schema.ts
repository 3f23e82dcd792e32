import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { answer, HostGone } from '../app/client.ts'
import { useAnswer, useClient } from '../app/use-host.ts'
import { type EditSchema, followSchema, openSchema } from '../schema/edit-schema.ts'

/** The schema of an edit's kind, followed for as long as the component lives. */
export function useEditSchema(edit: string): EditSchema {
  const client = useClient()
  const [schema, setSchema] = useState<EditSchema>({ kind: 'asking' })
  useEffect(() => {
    const followed = followSchema(client, edit, () => setSchema(followed.current()))
    setSchema(followed.current())
    return followed.stop
  }, [client, edit])
  return schema
}

/** Whose schema is explained: that of an edit's kind, or of any kind that a context's cluster serves. */
export type SchemaSource =
  | { readonly kind: 'edit'; readonly edit: string }
  | { readonly kind: 'served'; readonly context: string; readonly group: string; readonly name: string }

/** The schema of a kind that is explained without an edit: as the cluster has it when it is asked. `again` asks anew. */
export function useKindSchema(
  of: { readonly context: string; readonly group: string; readonly version: string; readonly kind: string } | null,
): { readonly schema: EditSchema; readonly again: () => void } {
  const key = of === null ? null : JSON.stringify(of)
  const { result, again } = useAnswer(key, (client, signal) =>
    of === null ? Promise.reject(new Error('no kind')) : answer(client.schema.ofKind(of, { signal })),
  )
  const schema = useMemo((): EditSchema => {
    if (result === null) return { kind: 'asking' }
    if (!result.ok) return { kind: 'failed', problem: result.problem }
    return result.value === null ? { kind: 'none' } : openSchema(result.value)
  }, [result])
  return { schema, again }
}

/** The schema of the kind in other served versions; none where it is not known (yet). */
export function useOtherSchemas(source: SchemaSource, versions: readonly string[]): ReadonlyMap<string, FieldSchema> {
  const client = useClient()
  const [known, setKnown] = useState<ReadonlyMap<string, FieldSchema>>(new Map())
  const asked = versions.join(' ')
  const key = JSON.stringify(source)
  const ask = useEffectEvent((version: string) => {
    if (source.kind === 'edit') return answer(client.schema.ofEdit({ edit: source.edit, version }))
    const { context, group, name } = source
    return answer(client.schema.ofKind({ context, group, version, kind: name }))
  })
  // `key` is what `ask` reads, by value.
  useEffect(() => {
    let dropped = false
    const read = async (version: string) => {
      const fields = await ask(version)
      if (dropped || !fields.ok || fields.value === null) return
      const opened = openSchema(fields.value)
      if (opened.kind === 'known') setKnown(before => new Map(before).set(version, opened.root))
    }
    setKnown(new Map())
    for (const version of asked.split(' ').filter(Boolean)) {
      read(version).catch((error: unknown) => {
        // While the host is gone the other versions stay unknown.
        if (!(error instanceof HostGone)) throw error
      })
    }
    return () => {
      dropped = true
    }
  }, [client, key, asked])
  return known
}
