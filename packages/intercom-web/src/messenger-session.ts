import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import type { BootSettings } from './boot-settings'
import { isHeld, MAX_WAITING_CALLS, type HeldCall } from './call-queue'
import type { Settings } from './generated-types'
import { createProofs } from './identity-proof'
import type { CallOutcome } from './intercom-call'
import type { Widget } from './load-widget'
import type { PageLoss } from './losses'
import { mergeUpdates, toNews, toStatements, unnamedCompanies, withCompanyNames } from './merged-update'
import type { MessengerCall, UpdateBody } from './messenger'
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
  /** Says nothing any more, and forgets what waits; the person stays who they are. */
  sleep: () => void
  /** Speaks from now on. A prerendered page, and one whose plugins were taken off, sleeps until then. */
  wake: () => void
}

interface Surroundings {
  bootSettings: BootSettings
  widget: Pick<Widget, 'isBooted' | 'bootedAs' | 'dropQueued'> & {
    /** The outcome tells only of what went wrong. */
    send: (call: MessengerCall, isPing?: boolean) => unknown
  }
  /** Whether it begins asleep. */
  isAsleep?: boolean
  /** The user whom Analytics remembers from an earlier page. */
  toPersistedUser: () => string | undefined
  onBoot: () => void
  onLost: (call: MessengerCall, reason: PageLoss['reason']) => void
  onDoubtful?: (losses: readonly PageLoss[]) => void
}

/** Why a call was lost that the Messenger did not take. */
const FAILURES: Record<Exclude<CallOutcome, 'said'>, PageLoss['reason']> = {
  missing: 'messenger-missing',
  threw: 'messenger-failed'
}

/** One person's time with the Messenger after another: boot, updates within the budget, events, logout. */
export function createMessengerSession(
  { secured, bootAfterReset, bootPersistedUser }: Settings,
  { bootSettings, widget, isAsleep: beginsAsleep = false, toPersistedUser, onBoot, onLost, onDoubtful }: Surroundings
): MessengerSession {
  // Intercom counts updates for the page, so this alone outlives the person.
  let sentAt: number[] = []

  let phase: 'before-boot' | 'booted' | 'off' = 'before-boot'
  let isAsleep = beginsAsleep
  /** Why the last call that failed has failed. */
  let failure: PageLoss['reason'] = 'messenger-failed'
  /** What was to be done while asleep. */
  let isBootDue = false
  let isShutdownDue = false
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
    const body = pending && proofs.prove(pending, person)
    return body && (secured !== true || proofs.isProved(body)) ? withCompanyNames(body, said) : undefined
  }

  function clearPending(): void {
    pending = undefined
    isPingWanted = false
  }

  function note(body: UpdateBody): void {
    const unnamed = unnamedCompanies(body, said)
    if (unnamed.length > 0) onDoubtful?.(unnamed)
    for (const [place, value] of toStatements(body)) said.set(place, value)
  }

  /** Says it, or tells that it is lost. */
  function say(call: MessengerCall, isPing?: boolean): boolean {
    const outcome = widget.send(call, isPing)
    if (outcome !== 'missing' && outcome !== 'threw') return true
    failure = FAILURES[outcome]
    onLost(call, failure)
    return false
  }

  /** Until a boot has succeeded nothing else is said: what was there before may be another person's session. */
  function boot(): void {
    bootTimer.stop()
    isBootDue = isAsleep
    if (isAsleep) return
    const body = toSendable()
    // To a Messenger that the page has booted itself, a second boot would be news; an update is not.
    const isTaken = isBootedByPage
      ? body === undefined || sendUpdate(body)
      : say(['boot', { ...bootSettings, ...withoutPing(body) }])
    phase = isTaken ? 'booted' : 'before-boot'
    if (!isTaken) return loseBoot(body)
    if (body) {
      note(body)
      clearPending()
    }
    isBootedByPage = false
    onBoot()
    release()
  }

  /** Who the person is stays known, so that a later boot names them. */
  function loseBoot(body: UpdateBody | undefined): void {
    if (body && !isBootedByPage) onLost(['update', body], failure)
    clearPending()
    const { user_id, email } = body ?? {}
    if (user_id !== undefined || email !== undefined) pending = withoutUndefined({ user_id, email })
    for (const call of held.splice(0)) onLost(call, failure)
  }

  function bootWithoutEvent(): void {
    if (person === undefined && bootPersistedUser === true && secured !== true) {
      person = toPersistedUser()
      if (person !== undefined) pending = { ...pending, user_id: person }
    }
    boot()
  }

  function sendUpdate(body: UpdateBody, isPing = false): boolean {
    const now = performance.now()
    sentAt = [...sentAt.filter((at) => isInWindow(at, now)), now]
    return say(['update', body], isPing)
  }

  function flush(isLastChance = false): void {
    flushTimer.stop()
    const body = toSendable()
    if (phase !== 'booted' || isAsleep || !body) return
    const news = toNews(body, said)
    const kind = news ?? (isPingWanted ? 'ping' : undefined)
    const delay = kind ? toBudgetDelay(sentAt, kind, performance.now()) : 0
    // A ping that finds no room is not worth waiting for, and what says nothing new is not worth saying.
    if (news && delay > 0 && !isLastChance) return flushTimer.startWithin(delay)
    clearPending()
    if (kind && (news ?? delay === 0) && sendUpdate(body, !news)) note(body)
    release()
  }

  function release(): void {
    holdTimer.stop()
    if (phase !== 'booted' || isAsleep) return
    for (const call of held.splice(0)) say(call)
  }

  function hold(call: HeldCall): void {
    held.push(call)
    const [oldest] = held
    if (held.length <= MAX_WAITING_CALLS || !oldest) return
    held.shift()
    onLost(oldest, 'queue-full')
  }

  /** Whether something waits that tells Intercom whose events these are. */
  function isIdentityPending(): boolean {
    const body = toSendable()
    return body !== undefined && toNews(body, said) === 'identity'
  }

  /** Stops what waits, and gives the calls that will not be made now. */
  function dropWaiting(): MessengerCall[] {
    for (const timer of [bootTimer, flushTimer, holdTimer]) timer.stop()
    const dropped = [...widget.dropQueued(), ...held.splice(0)]
    clearPending()
    return dropped
  }

  function shutDown(): void {
    isShutdownDue = isAsleep
    if (!isAsleep) say(['shutdown'])
  }

  function leave(): void {
    const dropped = dropWaiting()
    person = undefined
    isBootedByPage = false
    said.clear()
    proofs.forget()
    shutDown()
    phase = 'off'
    for (const call of dropped) if (isHeld(call)) onLost(call, 'person-left')
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
      if (phase === 'off' && !isBootDue) onLost(call, 'messenger-off')
      else if (phase === 'booted' && !isAsleep && held.length === 0 && !isIdentityPending()) say(call)
      else {
        hold(call)
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
    },
    sleep: () => {
      if (pending) onLost(['update', pending], 'plugin-unloaded')
      const dropped = dropWaiting()
      // A boot that has not been made was none.
      if (dropped.some(([method]) => method === 'boot')) phase = 'before-boot'
      for (const call of dropped) if (isHeld(call)) onLost(call, 'plugin-unloaded')
      isAsleep = true
      isBootDue = false
    },
    wake: () => {
      if (!isAsleep) return
      isAsleep = false
      if (isShutdownDue) shutDown()
      if (isBootDue) boot()
    }
  }
}

/** The time of the request makes Intercom notice an update; a boot it notices by itself. */
function withoutPing({ last_request_at: _, ...body }: UpdateBody = {}): UpdateBody {
  return body
}
