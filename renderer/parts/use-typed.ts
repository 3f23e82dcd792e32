import { useEffect, useEffectEvent, useState } from 'react'

const typingPause = 150

/** What is being typed, told on after a pause (milliseconds); follows when the address changes by itself. */
export function useTyped(
  value: string,
  tell: (value: string) => void,
  pause = typingPause,
): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value)
  const [followed, setFollowed] = useState(value)
  if (followed !== value) {
    setFollowed(value)
    setTyped(value)
  }
  const tellLatest = useEffectEvent(tell)
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => {
      setFollowed(typed)
      tellLatest(typed)
    }, pause)
    return () => clearTimeout(timer)
  }, [typed, value, pause])
  return [typed, setTyped]
}
