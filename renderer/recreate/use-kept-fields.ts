import { useEffect, useState } from 'react'
import type { OpenedEdit } from '../../contract/edit.ts'
import { type KeptField, keptFields } from '../../core/dangers/kept-fields.ts'
import type { Problem } from '../../core/problem.ts'
import { refusesChange } from '../../core/recreation.ts'
import { useClient } from '../app/use-host.ts'

const none: readonly KeptField[] = []

/** The fields that the rules of a custom resource's definition keep as they are, where a refusal may be one of them. */
export function useKeptFields({ edit, ref: { group } }: OpenedEdit, problem: Problem | null): readonly KeptField[] {
  const client = useClient()
  const [kept, setKept] = useState(none)
  const isCustom = group.includes('.') && !group.endsWith('.k8s.io')
  const isWanted = isCustom && problem?.code === 'invalid' && !refusesChange(problem)
  useEffect(() => {
    if (!isWanted) return
    const end = new AbortController()
    const { signal } = end
    // Asked for only here, so that no edit waits for what reads schemas.
    void import('../schema/edit-schema.ts').then(({ followSchema }) => {
      if (signal.aborted) return
      const look = () => {
        const known = schema.current()
        if (known.kind === 'known') setKept(keptFields(known.root))
      }
      const schema = followSchema(client, edit, look)
      signal.addEventListener('abort', schema.stop)
      look()
    })
    return () => end.abort()
  }, [client, edit, isWanted])
  return kept
}
