import { useEffect, useState } from 'react'
import type { Impact } from '../../contract/dangers.ts'
import type { Result } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useHost } from '../app/use-host.ts'

/**
 * What a version of an edit's text does to other objects; null until it is known, or where no version is asked for. Asked
 * once for each version and `turn`.
 */
export function useImpact(edit: string, textVersion: number | null, turn: string): Result<Impact> | null {
  const { client } = useHost()
  const asked = `${edit} ${textVersion} ${turn}`
  const [told, setTold] = useState<{ readonly asked: string; readonly impact: Result<Impact> } | null>(null)
  useEffect(() => {
    if (textVersion === null) return
    const stop = new AbortController()
    answer(client.edit.impact({ edit, textVersion }, { signal: stop.signal })).then(
      impact => {
        if (!stop.signal.aborted) setTold({ asked, impact })
      },
      error => {
        if (!stop.signal.aborted) throw error
      },
    )
    return () => stop.abort()
  }, [client, edit, textVersion, asked])
  return told?.asked === asked ? told.impact : null
}
