import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

let isKeyLatest = false

addEventListener(
  'keydown',
  () => {
    isKeyLatest = true
  },
  true
)
addEventListener(
  'pointerdown',
  () => {
    isKeyLatest = false
  },
  true
)

/** Whether the latest input came from the keyboard. */
export const isByKeyboard = (): boolean => isKeyLatest

/** Focuses the heading of what was opened by keyboard. On a phone always, because the list is hidden there. */
export function useFocusedHeading(heading: RefObject<HTMLElement | null>, id: string): void {
  useEffect(() => {
    if (isByKeyboard() || matchMedia('(max-width: 60rem)').matches) heading.current?.focus({ preventScroll: true })
  }, [heading, id])
}
