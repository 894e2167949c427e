import { signal } from '@preact/signals'
import { toPlaceholder } from './offered-sources'

/** The input that a picked path goes into: the latest one that was typed in. */
let target: HTMLInputElement | undefined

/** What that input is called. */
export const pickTarget = signal('')

/** Remembers where somebody is typing. To be called for every focus within the form. */
export function notePickTarget(element: EventTarget | null): void {
  if (!(element instanceof HTMLInputElement) || element.dataset.picks === undefined) return
  target = element
  pickTarget.value = element.getAttribute('aria-label') ?? ''
}

/** The input may be gone by now, or be another field's: where it is, its name is read again. */
export function refreshPickTarget(): void {
  if (target === undefined) return
  if (target.isConnected && target.dataset.picks !== undefined) notePickTarget(target)
  else forgetPickTarget()
}

export function forgetPickTarget(): void {
  target = undefined
  pickTarget.value = ''
}

/** Writes a path where somebody was typing, as if they had typed it. */
export function pickPath(path: string): void {
  if (!target?.isConnected) {
    forgetPickTarget()
    return
  }
  if (target.dataset.picks === 'template') {
    target.setRangeText(toPlaceholder(path), target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
  } else {
    target.value = path
  }
  target.dispatchEvent(new Event('input', { bubbles: true }))
  target.focus()
}
