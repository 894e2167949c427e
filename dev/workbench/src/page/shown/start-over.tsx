import { useEffect, useRef, useState } from 'preact/hooks'
import { post } from '../api'
import { goTo } from '../route'
import { forgetVisitor } from './forget-visitor'

async function startOver(): Promise<void> {
  await post('clear')
  forgetVisitor()
  goTo('source')
}

/** Forgets every event and empties the emulated Intercom, after a confirmation. Settings and mappings stay. */
export function StartOver() {
  const [isAsking, setAsking] = useState(false)
  const no = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isAsking) no.current?.focus()
  }, [isAsking])
  if (!isAsking) {
    return (
      <button
        type="button"
        class="small"
        onClick={() => {
          setAsking(true)
        }}
      >
        Start over
      </button>
    )
  }
  return (
    <span role="group" aria-label="Start over">
      Forget all events, and empty the emulated Intercom?{' '}
      <button
        type="button"
        class="small"
        onClick={() => {
          setAsking(false)
          void startOver()
        }}
      >
        Yes
      </button>{' '}
      <button
        ref={no}
        type="button"
        class="small"
        onClick={() => {
          setAsking(false)
        }}
      >
        No
      </button>
    </span>
  )
}
