import type { BootSettings } from './boot-settings'
import type { HeldCall } from './call-queue'
import type { Settings } from './generated-types'
import { createProofs } from './identity-proof'
import type { Widget } from './load-widget'
import { mergeUpdates, toNews, toStatements, withCompanyNames } from './merged-update'
import type { UpdateBody } from './messenger'
import { createTimer } from './timer'
import { isInWindow, toBudgetDelay } from './update-budget'

/** What comes within this time is one update. */
const MERGE_MS = 50
/** How long the first boot waits, once Analytics has started, for the event that says who is there. */
const FIRST_BOOT_WAIT_MS = 500
/** How long an event waits for the update that says who did it. */
const MAX_HOLD_MS = 1000

/** What an update is about, as far as it makes a difference to when it goes out. */
export type UpdateOccasion =
  | 'person'
  /** Somebody is there; it is worth an update even when it says nothing new, as long as there are some to spare. */
  | 'page'
  /** The same person under another user id. */
  | 'alias'
  | 'company'

/** What the actions speak to: one for each page, however many Analytics instances there are. */
export interface MessengerSession {
  update: (body: UpdateBody, occasion: UpdateOccasion) => void
  /** An event, or a command: it comes after what is being said about who the person is. */
  send: (call: HeldCall) => void
  /** Boots within half a second, whoever is there by then. */
  expectBoot: () => void
  /** Logs the person out and forgets them. */
  reset: () => void
  /** The page may end now: what waits goes out. */
  finish: () => void
}

interface Surroundings {
  bootSettings: BootSettings
  widget: Widget
  /** The user whom Analytics remembers from an earlier page. */
  toPersistedUser: () => string | undefined
  onBoot: () => void
  onLost: (call: HeldCall, reason: 'person-left' | 'messenger-off') => void
}

/** One person's time with the Messenger after another: boot, updates within the budget, events, logout. */
export function createMessengerSession(
  { secured, bootAfterReset, bootPersistedUser }: Settings,
  { bootSettings, widget, toPersistedUser, onBoot, onLost }: Surroundings
): MessengerSession {
  // Intercom counts updates for the page, so this alone outlives the person.
  let sentAt: number[] = []

  let phase: 'before-boot' | 'booted' | 'off' = 'before-boot'
  let isBootedByPage = widget.isBooted
  let person = widget.bootedAs
  let pending: UpdateBody | undefined
  let isPingWanted = false
  const held: HeldCall[] = []
  const said = new Map<string, string>()
  const proofs = createProofs()

  const bootTimer = createTimer(bootWithoutEvent)
  const flushTimer = createTimer(flush)
  const holdTimer = createTimer(release)

  /** In a secured workspace nobody is named before their proof was seen: Intercom would refuse all of it. */
  function toSendable(): UpdateBody | undefined {
    return pending && (secured !== true || proofs.isProved(pending))
      ? withCompanyNames(proofs.prove(pending), said)
      : undefined
  }

  function clearPending(): void {
    pending = undefined
    isPingWanted = false
  }

  function note(body: UpdateBody): void {
    for (const [place, value] of toStatements(body)) said.set(place, value)
  }

  function boot(): void {
    bootTimer.stop()
    phase = 'booted'
    const body = toSendable()
    if (body) {
      note(body)
      clearPending()
    }
    // To a Messenger that the page has booted itself, a second boot would be news; an update is not.
    if (!isBootedByPage) widget.send(['boot', { ...bootSettings, ...withoutPing(body) }])
    else if (body) sendUpdate(body)
    isBootedByPage = false
    onBoot()
    release()
  }

  function bootWithoutEvent(): void {
    if (person === undefined && bootPersistedUser === true && secured !== true) {
      person = toPersistedUser()
      if (person !== undefined) pending = { ...pending, user_id: person }
    }
    boot()
  }

  function sendUpdate(body: UpdateBody, isPing = false): void {
    const now = performance.now()
    sentAt = [...sentAt.filter((at) => isInWindow(at, now)), now]
    widget.send(['update', body], isPing)
  }

  function flush(isLastChance = false): void {
    flushTimer.stop()
    const body = toSendable()
    if (phase !== 'booted' || !body) return
    const news = toNews(body, said)
    const kind = news ?? (isPingWanted ? 'ping' : undefined)
    const delay = kind ? toBudgetDelay(sentAt, kind, performance.now()) : 0
    // A ping that finds no room is not worth waiting for, and what says nothing new is not worth saying.
    if (news && delay > 0 && !isLastChance) return flushTimer.startWithin(delay)
    clearPending()
    if (kind && (news ?? delay === 0)) {
      note(body)
      sendUpdate(body, !news)
    }
    release()
  }

  function release(): void {
    holdTimer.stop()
    for (const call of held.splice(0)) widget.send(call)
  }

  /** Whether something waits that tells Intercom whose events these are. */
  function isIdentityPending(): boolean {
    const body = toSendable()
    return body !== undefined && toNews(body, said) === 'identity'
  }

  function leave(): void {
    for (const timer of [bootTimer, flushTimer, holdTimer]) timer.stop()
    clearPending()
    person = undefined
    isBootedByPage = false
    said.clear()
    proofs.forget()
    const dropped = widget.dropQueued()
    widget.send(['shutdown'])
    phase = 'off'
    for (const call of [...dropped, ...held.splice(0)]) onLost(call, 'person-left')
  }

  return {
    update: (body, occasion) => {
      const { user_id } = body
      const isSomebodyElse = user_id !== undefined && person !== undefined && user_id !== person && occasion !== 'alias'
      if (isSomebodyElse) leave()
      person = user_id ?? person
      proofs.remember(body)
      pending = pending ? mergeUpdates(pending, body) : body
      isPingWanted ||= occasion === 'page'

      const isSendable = toSendable() !== undefined
      const isNaming = user_id !== undefined || body.email !== undefined
      if (isSomebodyElse) boot()
      else if (phase === 'booted') flushTimer.startWithin(MERGE_MS)
      else if (phase === 'off') {
        if (isNaming && isSendable) boot()
      } else if (isSendable && occasion !== 'company') boot()
      else bootTimer.startWithin(FIRST_BOOT_WAIT_MS)
    },
    send: (call) => {
      if (phase === 'off') onLost(call, 'messenger-off')
      else if (phase === 'booted' && held.length === 0 && !isIdentityPending()) widget.send(call)
      else {
        held.push(call)
        if (phase === 'booted') holdTimer.startWithin(MAX_HOLD_MS)
        else bootTimer.startWithin(FIRST_BOOT_WAIT_MS)
      }
    },
    expectBoot: () => {
      if (phase === 'before-boot') bootTimer.startWithin(FIRST_BOOT_WAIT_MS)
    },
    reset: () => {
      leave()
      if (bootAfterReset !== false) boot()
    },
    finish: () => {
      if (phase === 'before-boot' && (pending ?? held[0])) boot()
      flush(true)
      release()
    }
  }
}

/** The time of the request makes Intercom notice an update; a boot it notices by itself. */
function withoutPing({ last_request_at: _, ...body }: UpdateBody = {}): UpdateBody {
  return body
}
