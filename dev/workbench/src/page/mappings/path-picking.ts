import { signal } from '@preact/signals'
import { toPlaceholder } from './offered-sources'

/** The input that a picked path is written into: the one that was focused last. */
let target: HTMLInputElement | undefined

/** The label of that input. */
export const pickTarget = signal('')

/** Stores the focused input. Call it for every focus event within the form. */
export function notePickTarget(element: EventTarget | null): void {
  if (!(element instanceof HTMLInputElement) || element.dataset.picks === undefined) return
  target = element
  pickTarget.value = element.getAttribute('aria-label') ?? ''
}

/** Reads the label again after a rendering, or forgets the input if it was removed. */
export function refreshPickTarget(): void {
  if (target === undefined) return
  if (target.isConnected && target.dataset.picks !== undefined) notePickTarget(target)
  else forgetPickTarget()
}

export function forgetPickTarget(): void {
  target = undefined
  pickTarget.value = ''
}

/** Writes a path into the focused input, as if it had been typed. */
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
