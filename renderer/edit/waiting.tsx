import { useEffect, useState } from 'react'
import { Button, ProgressBar } from 'react-aria-components'

/** After this the person is told that it takes long, in milliseconds. */
const late = 3000

/** Says that an answer is awaited, and says more when it takes long; with `cancel` it can be called off. */
export function Waiting({
  text,
  late: lateText,
  cancel,
  onCancel,
}: {
  readonly text: string
  readonly late: string
  readonly cancel?: string
  readonly onCancel?: () => void
}) {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), late)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="waiting">
      <ProgressBar isIndeterminate aria-label={text} className="waiting-bar">
        <span className="waiting-runner" />
      </ProgressBar>
      <p role="status">
        {text} {isLate && lateText}
      </p>
      {cancel !== undefined && onCancel !== undefined && (
        <Button className="button" onPress={onCancel}>
          {cancel}
        </Button>
      )}
    </div>
  )
}
