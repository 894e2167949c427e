import type { ActivityCall } from './call-queue'
import type { Settings } from './generated-types'
import type { Widget } from './load-widget'
import type { PageLoss } from './losses'
import type { UpdateBody } from './messenger'
import { createMessengerCalls } from './messenger-calls'
import { createLifecycle, type LifecycleOptions } from './messenger-lifecycle'
import { createPersonUpdates } from './person-updates'
import { createTimer } from './timer'

/** Updates within this time are merged into one. */
const MERGE_MS = 50
/** How long an event waits for the update that names the person who did it. */
const MAX_HOLD_MS = 1000

/** What causes an update, as far as it decides when the update is sent. */
export type UpdateOccasion =
  | 'person'
  /** A page view. It is worth an update even if nothing changed, as long as the budget allows. */
  | 'page'
  /** The same person under another user id. */
  | 'alias'
  | 'company'

/** The Messenger of a page as the actions use it. A page has one session, for all its Analytics instances. */
export interface MessengerSession {
  update: (body: UpdateBody, occasion: UpdateOccasion) => void
  /** Sends an event or a command, after the update that names the person. */
  send: (call: ActivityCall) => void
  /** Boots within half a second, with a person or without. */
  scheduleBoot: () => void
  /** Logs the person out and forgets them. */
  reset: () => void
  /** Sends everything that waits, because the page may end now. */
  flushAll: () => void
  /** Sends nothing until `resume`, and drops what waits. The person stays known. */
  pause: () => void
  /** Starts to send. A prerendered page, and one whose plugins were unloaded, is paused until then. */
  resume: () => void
}

/** What the actions use. Undefined where the page belongs to another workspace. */
export type ActionClient = Pick<MessengerSession, 'update' | 'send'> | undefined

interface SessionOptions extends LifecycleOptions {
  widget: Pick<Widget, 'isBooted' | 'bootedAs' | 'dropQueued' | 'send'>
  /** The ids of the visitor, as attributes. */
  toVisitor?: () => UpdateBody | undefined
  onDoubtful?: (losses: readonly PageLoss[]) => void
}

/** A session for one person after another: boot, updates within the budget, events, logout. */
export function createMessengerSession(settings: Settings, options: SessionOptions): MessengerSession {
  const { widget, onLost, onDoubtful, toVisitor } = options
  const person = createPersonUpdates(settings.secured, widget.bootedAs, toVisitor, onDoubtful)
  const calls = createMessengerCalls(widget.send, onLost)
  const lifecycle = createLifecycle(settings, options, person, calls)
  const { boot, phase, scheduleBoot, isReady } = lifecycle
  const flushTimer = createTimer(flush)
  const holdTimer = createTimer(release)

  function stopTimers(): void {
    flushTimer.stop()
    holdTimer.stop()
  }

  function logOut(): void {
    stopTimers()
    lifecycle.logOut()
  }

  /** Sends the pending update if it is new and the budget allows; the last chance ignores the budget. */
  function flush(isLastChance = false): void {
    flushTimer.stop()
    const body = person.toSendable()
    if (!isReady() || !body) return
    const kind = person.toKind(body)
    const isPing = kind === 'ping'
    const delay = kind ? calls.toDelay(kind) : 0
    // A change waits for the budget; a ping does not.
    if (!isPing && delay > 0 && !isLastChance) return flushTimer.startWithin(delay)
    person.clearPending()
    if (kind && !(isPing && delay > 0) && !calls.update(person.withVisitor(body), isPing)) person.markSent(body)
    release()
  }

  /** Sends the events that were held back. */
  function release(): void {
    holdTimer.stop()
    if (isReady()) calls.release()
  }

  return {
    update: (body, occasion) => {
      const isOther = occasion !== 'alias' && person.isOtherPerson(body)
      if (isOther) logOut()
      person.add(body, occasion === 'page')
      if (phase() === 'booted') return flushTimer.startWithin(MERGE_MS)
      const isOff = phase() === 'off'
      const isNaming = body.user_id !== undefined || body.email !== undefined
      if (isOther || (person.toSendable() && (isOff ? isNaming : occasion !== 'company'))) boot()
      else if (!isOff) scheduleBoot()
    },
    send: (call) => {
      if (lifecycle.isOff()) return onLost(call, 'messenger-off')
      if (isReady() && !calls.isHolding() && !person.isIdentityPending()) return void calls.call(call)
      calls.hold(call)
      if (phase() === 'booted') holdTimer.startWithin(MAX_HOLD_MS)
      else scheduleBoot()
    },
    scheduleBoot: () => {
      if (phase() === 'before-boot') scheduleBoot()
    },
    reset: () => {
      logOut()
      if (settings.bootAfterReset !== false) boot()
    },
    flushAll: () => {
      if (phase() === 'before-boot' && (person.pending() ?? calls.isHolding())) boot()
      flush(true)
      release()
    },
    pause: () => {
      const pending = person.pending()
      if (pending) onLost(['update', pending], 'plugin-unloaded')
      stopTimers()
      person.clearPending()
      lifecycle.pause()
    },
    resume: lifecycle.resume
  }
}
