import { useEffect, useRef, useState } from 'preact/hooks'
import { post } from '../api'
import { goTo } from '../route'
import { closeShop } from '../source/kept-shop'

/** The cookies of Analytics.js: `ajs_user_id`, `ajs_anonymous_id`, `ajs_group_id`. */
const ANALYTICS_COOKIE = /^ajs_/

/**
 * Deletes what the demo shop and Analytics.js have stored, because an emptied Intercom does not know those people. The
 * shop has the page's origin, and the page itself stores nothing.
 */
function forgetVisitor(): void {
  localStorage.clear()
  sessionStorage.clear()
  for (const cookie of document.cookie.split('; ')) {
    const [name = ''] = cookie.split('=')
    if (ANALYTICS_COOKIE.test(name)) document.cookie = `${name}=; path=/; max-age=0`
  }
}

async function startOver(): Promise<void> {
  await post('clear')
  closeShop()
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
