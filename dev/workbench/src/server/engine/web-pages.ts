import type { EmulatorState, MessengerAnswer, MessengerSession } from '@intercom-destinations/emulator'
import type { Call, JsonObject, Side } from '../../contract'
import type { AffectedEntity } from './affected-entities'
import { toName } from './json'

/** Sessions beyond this number are forgotten, the oldest first. A later event of that browser opens a new one. */
const MOST_SESSIONS = 10_000

/** The workspace that the Messenger of a page writes into. */
export interface PageWorkspace {
  readonly state: EmulatorState
  readonly open: (visitorId: string) => MessengerSession
}

/** What the calls of an event have written. */
export interface WrittenByPage {
  readonly entities: readonly AffectedEntity[]
  /** Why calls were refused. */
  readonly refused: readonly string[]
}

const TRACKED = /^Intercom\('trackEvent', (?<name>".*")\)$/s

/** The browsers whose events come in: each has a Messenger of its own, which stays booted. */
export class WebPages {
  #workspace: EmulatorState | undefined
  readonly #sessions = new Map<string, MessengerSession>()

  /** Makes the calls of the web half in the browser of the event. */
  write(event: JsonObject, { subscriptions }: Side, { state, open }: PageWorkspace): WrittenByPage {
    if (this.#workspace !== state) this.clear()
    this.#workspace = state
    const before = toLists(state)
    const calls = subscriptions.flatMap(({ run }) => run?.calls ?? [])
    const { session, answer } = this.#toSession(event, open)
    const answers = [...answer, ...calls.map((call) => makeCall(session, call))]
    return {
      entities: toChanges(before, toLists(state)),
      refused: [...new Set(answers.flatMap((one) => (one.kind === 'refused' ? one.reason : [])))]
    }
  }

  clear(): void {
    this.#sessions.clear()
  }

  /** A page that is opened by a known user boots with the user's id, as an earlier identify would have left it. */
  #toSession({ anonymousId, userId, type }: JsonObject, open: PageWorkspace['open']) {
    const [visitorId, user] = [toName(anonymousId) ?? toName(userId) ?? '', toName(userId)]
    const known = this.#sessions.get(visitorId)
    if (known) return { session: known, answer: [] }
    const session = open(visitorId)
    this.#sessions.set(visitorId, session)
    const [oldest] = this.#sessions.keys()
    if (oldest !== undefined && this.#sessions.size > MOST_SESSIONS) this.#sessions.delete(oldest)
    const isKnownUser = user !== undefined && type !== 'identify' && type !== 'alias'
    return { session, answer: [session.call('boot', isKnownUser ? { user_id: user } : {})] }
  }
}

function makeCall(session: MessengerSession, { call, body }: Call): MessengerAnswer {
  const tracked = TRACKED.exec(call)?.groups?.name
  if (tracked === undefined) return session.call(call === "Intercom('update')" ? 'update' : call, body)
  const name: unknown = JSON.parse(tracked)
  return session.call('trackEvent', name, body ?? undefined)
}

const toLists = ({ contacts, companies, events, visitors }: EmulatorState) => ({
  contacts,
  companies,
  events,
  visitors
})

type Lists = ReturnType<typeof toLists>

/** Entities are immutable, so one that has changed is another object. */
function toChanges(before: Lists, after: Lists): AffectedEntity[] {
  return [
    ...changed(before.contacts, after.contacts, ({ id }) => id).map((one) => ({ kind: 'contact' as const, ...one })),
    ...changed(before.visitors, after.visitors, ({ id }) => id).map((one) => ({ kind: 'visitor' as const, ...one })),
    ...changed(before.companies, after.companies, ({ id }) => id).map((one) => ({ kind: 'company' as const, ...one })),
    ...after.events
      .map((event, index) => ({ event, then: before.events[index], id: String(index) }))
      // An event that has moved to another person is not one that this event wrote.
      .filter(({ event, then }) => then?.duplicates !== event.duplicates)
      .map(({ event, then, id }) => ({ kind: 'event' as const, id, before: then, after: event }))
  ]
}

function changed<T>(before: readonly T[], after: readonly T[], toId: (one: T) => string) {
  const known = new Set(before)
  return after
    .filter((one) => !known.has(one))
    .map((one) => ({ id: toId(one), before: before.find((then) => toId(then) === toId(one)), after: one }))
}
