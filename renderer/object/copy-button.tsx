import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../parts/icon-button.tsx'

const shownMs = 1_600

/** Copies a text: the button says for a moment whether it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation('object')
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), shownMs)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      // Refused by the browser: the text can be selected.
      () => setSaid('failed'),
    )
  return (
    <span className="copy-button" data-said={said ?? undefined}>
      <IconButton
        icon={said === 'copied' ? 'check' : 'copy'}
        label={said === null ? label : t(`copy.${said}`)}
        onPress={() => void copy()}
      />
    </span>
  )
}
