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

/** Whether it was a key that somebody has pressed last. */
export const isByKeyboard = (): boolean => isKeyLatest

/** Leads whoever opens something by keyboard to its heading; and on a phone everybody: the list is gone there. */
export function useFocusedHeading(heading: RefObject<HTMLElement | null>, id: string): void {
  useEffect(() => {
    if (isByKeyboard() || matchMedia('(max-width: 60rem)').matches) heading.current?.focus({ preventScroll: true })
  }, [heading, id])
}
