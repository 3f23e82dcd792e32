import { useEffect, useState } from 'react'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { openFields } from '../../core/fields/open-fields.ts'
import { parseJson } from '../../core/json.ts'
import { answer, HostGone } from '../app/client.ts'
import { useClient } from '../app/use-host.ts'
import { type EditSchema, followSchema } from '../schema/edit-schema.ts'

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

/** The schema of the kind in another served version; null where it is not known (yet). */
export function useOtherSchemas(edit: string, versions: readonly string[]): ReadonlyMap<string, FieldSchema> {
  const client = useClient()
  const [known, setKnown] = useState<ReadonlyMap<string, FieldSchema>>(new Map())
  const asked = versions.join(' ')
  useEffect(() => {
    let dropped = false
    const read = async (version: string) => {
      const fields = await answer(client.schema.ofEdit({ edit, version }))
      const document = fields.ok && fields.value !== null ? parseJson(fields.value.document) : null
      if (dropped || !fields.ok || fields.value === null || !document?.ok) return
      const root = openFields(document.value, fields.value.name)
      if (root !== null) setKnown(before => new Map(before).set(version, root))
    }
    for (const version of asked.split(' ').filter(Boolean)) {
      read(version).catch((error: unknown) => {
        // While the host is gone the other versions stay unknown.
        if (!(error instanceof HostGone)) throw error
      })
    }
    return () => {
      dropped = true
    }
  }, [client, edit, asked])
  return known
}
