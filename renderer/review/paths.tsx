import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'

/** How many paths are shown before the person asks for the rest. */
const first = 3

/** Field paths one after the other, the first few of them, the rest by a press. */
export function Paths({ paths }: { readonly paths: readonly string[] }) {
  const { t } = useTranslation('strategy')
  const [all, setAll] = useState(false)
  const shown = all ? paths : paths.slice(0, first)
  const left = paths.length - shown.length
  return (
    <span className="paths">
      {shown.map(path => (
        <code key={path}>{path}</code>
      ))}
      {left > 0 && (
        <Button className="text-button" onPress={() => setAll(true)}>
          {t('more', { count: left })}
        </Button>
      )}
    </span>
  )
}
