import { computed, signal } from '@preact/signals'
import { isSecured } from '../proof'
import { isStandIn, toMessengerView, type MessengerView } from './messenger-view'
import { toFailureText, toLossLines, type LossLine } from './read-news'
import { watchMessenger, type MessengerWatch, type SeenCall } from './watch-messenger'

const MOST_LOSSES = 50

interface SeenLoss extends LossLine {
  /** Counts up, also when old calls are dropped. */
  readonly number: number
}

/** The Messenger's data; `undefined` until its script has loaded. */
export const view = signal<MessengerView | undefined>(undefined)
export const calls = signal<readonly SeenCall[]>([])
/** The number of all calls; only the latest are kept. */
export const callCount = computed(() => calls.value.at(-1)?.number ?? 0)
export const losses = signal<readonly SeenLoss[]>([])
/** Why the Messenger is missing. */
export const failure = signal<string | undefined>(undefined)
export const isPanelOpen = signal(false)

/** Whether the latest identification was refused. */
export const isRefused = computed(() => {
  const identifying = calls.value.filter(({ name }) => name === 'boot' || name === 'update' || name === 'shutdown')
  return identifying.at(-1)?.isRefused === true
})

/** The notice beside the closed panel. */
export const notice = computed(() => {
  if (failure.value !== undefined) return 'The Messenger is missing'
  return isRefused.value ? 'Intercom refuses: this workspace wants proof (user_hash) for user_id' : ''
})

let watch: MessengerWatch | undefined
/** The element that gets the focus back. */
let opener: Element | null = null

/** Starts watching. Call it before Analytics.js is loaded. */
export function startMessenger(): void {
  watch = watchMessenger(window, {
    isSecured: () => isSecured.value,
    // The script publishes its data only after it has processed the waiting calls.
    onCall: () => {
      queueMicrotask(look)
    }
  })
  window.addEventListener('intercom-destination:loss', (event) => {
    if (event instanceof CustomEvent) takeLosses(toLossLines(event.detail))
  })
  window.addEventListener('intercom-destination:load-failure', (event) => {
    if (event instanceof CustomEvent) failure.value = toFailureText(event.detail)
  })
  document.addEventListener('click', ({ target }) => {
    const selector = view.value?.launcher.selector
    if (selector && target instanceof Element && isWithin(target, selector)) openPanel()
  })
}

function takeLosses(lines: readonly LossLine[]): void {
  const last = losses.value.at(-1)?.number ?? 0
  const seen = lines.map((line, index) => ({ ...line, number: last + index + 1 }))
  losses.value = [...losses.value, ...seen].slice(-MOST_LOSSES)
}

/** Opens or closes the panel, as a click on the launcher does. */
export function openPanel(): void {
  opener = document.activeElement
  isPanelOpen.value = true
  if (view.value?.isBooted) watch?.press('show')
  look()
}

export function closePanel(): void {
  if (opener instanceof HTMLElement) opener.focus()
  isPanelOpen.value = false
  if (view.value?.isBooted) watch?.press('hide')
  look()
}

function look(): void {
  const standIn: unknown = Reflect.get(window, 'intercomStandIn')
  if (!isStandIn(standIn)) return
  const before = view.value?.isOpen ?? false
  view.value = toMessengerView(standIn)
  calls.value = [...(watch?.calls ?? [])]
  failure.value = undefined
  // Commands of the page open and close it too.
  if (view.value.isOpen !== before) isPanelOpen.value = view.value.isOpen
}

/** The selector is a setting and may be invalid. */
function isWithin(element: Element, selector: string): boolean {
  try {
    return element.closest(selector) !== null
  } catch {
    return false
  }
}
