import type { BootSettings } from './boot-settings'
import type { Settings } from './generated-types'
import type { Widget } from './load-widget'
import type { PageLoss } from './losses'
import type { MessengerCall, UpdateBody } from './messenger'
import type { MessengerCalls } from './messenger-calls'
import type { PersonUpdates } from './person-updates'
import { createTimer } from './timer'

/** How long the first boot waits, once Analytics has started, for an event that names the person. */
const FIRST_BOOT_WAIT_MS = 500

export interface LifecycleOptions {
  bootSettings: BootSettings
  widget: Pick<Widget, 'isBooted' | 'dropQueued'>
  /** Whether the session starts paused. */
  isPaused?: boolean
  /** The user that Analytics remembers from an earlier page. */
  toPersistedUser: () => string | undefined
  onBoot?: () => void
  onLost: (call: MessengerCall, reason: PageLoss['reason']) => void
}

/** Boot and shutdown of the Messenger, also across a pause. */
export function createLifecycle(
  { bootPersistedUser, secured }: Settings,
  { bootSettings, widget, isPaused: startsPaused = false, toPersistedUser, onBoot, onLost }: LifecycleOptions,
  person: PersonUpdates,
  calls: MessengerCalls
) {
  let phase: 'before-boot' | 'booted' | 'off' = 'before-boot'
  let isPaused = startsPaused
  /** Whether a boot or a shutdown was asked for during the pause. */
  let isBootDue = false
  let isShutdownDue = false
  let isBootedByPage = widget.isBooted
  const bootTimer = createTimer(() => {
    if (bootPersistedUser && !secured) person.assume(toPersistedUser)
    boot()
  })

  /** Nothing else is sent before a boot succeeds: the Messenger may still show another person's session. */
  function boot(): void {
    bootTimer.stop()
    isBootDue = isPaused
    if (isPaused) return
    const body = person.toSendable()
    // A Messenger that the page booted itself needs an update, not a second boot.
    const failure = isBootedByPage
      ? body && calls.update(person.withVisitor(body))
      : calls.call(['boot', { ...bootSettings, ...withoutPing(body) }])
    phase = failure ? 'before-boot' : 'booted'
    if (failure) {
      if (body && !isBootedByPage) onLost(['update', body], failure)
      person.keepIdentity(body)
      return calls.lose(calls.takeHeld(), failure)
    }
    if (body) person.markSent(body)
    isBootedByPage = false
    onBoot?.()
    calls.release()
  }

  function shutDown(): void {
    isShutdownDue = isPaused
    if (!isPaused) calls.call(['shutdown'])
  }

  /** Returns the calls that are not made any more. */
  function dropWaiting(): MessengerCall[] {
    bootTimer.stop()
    return [...widget.dropQueued(), ...calls.takeHeld()]
  }

  return {
    boot,
    scheduleBoot: () => bootTimer.startWithin(FIRST_BOOT_WAIT_MS),
    phase: () => phase,
    isOff: () => phase === 'off' && !isBootDue,
    isReady: () => phase === 'booted' && !isPaused,
    logOut: (): void => {
      const dropped = dropWaiting()
      isBootedByPage = false
      person.forget()
      shutDown()
      phase = 'off'
      calls.lose(dropped, 'person-left')
    },
    pause: (): void => {
      const dropped = dropWaiting()
      // A boot that was only queued has not happened.
      if (dropped.some(([method]) => method === 'boot')) phase = 'before-boot'
      calls.lose(dropped, 'plugin-unloaded')
      isPaused = true
      isBootDue = false
    },
    resume: (): void => {
      if (!isPaused) return
      isPaused = false
      if (isShutdownDue) shutDown()
      if (isBootDue) boot()
    }
  }
}

/** `last_request_at` makes Intercom notice an update; a boot is noticed without it. */
function withoutPing({ last_request_at: _, ...body }: UpdateBody = {}): UpdateBody {
  return body
}
