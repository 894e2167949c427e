import type { Person, Proof } from './build-call'
import type { Memberships } from './company'
import type { IntercomSdk } from './intercom-sdk'
import { planPerson, planUpdate, type LoginRules, type Plan } from './login-plan'
import type { CallType, MobileLoss } from './losses'
import { createSdkPerson, type SdkPerson } from './sdk-person'
import type { EventMetadata } from './sdk-types'
import { createSerialQueue } from './serial-queue'
import { createWaitingCalls } from './waiting-calls'

/** A call that belongs to the person who is logged in: an event, or a company of theirs. */
interface PersonalCall {
  type: CallType
  /** What a report calls it if it is lost: the name of the event, or `company`. */
  name: string
  /** The user id that the Segment client had at this time. */
  userId: string | undefined
  losses: readonly MobileLoss[]
  what: { metadata: EventMetadata | undefined } | { memberships: Memberships }
}

interface SessionOptions {
  rules: LoginRules
  onLost: (type: CallType, losses: readonly MobileLoss[]) => void
}

export type IntercomSession = ReturnType<typeof createIntercomSession>

/**
 * One person after another in Intercom's SDK. One call after the other goes to the SDK, each after the answer to the one
 * before. The promises reject with an `IntercomSdkError`.
 */
export function createIntercomSession(sdk: IntercomSdk, { rules, onLost }: SessionOptions) {
  const person = createSdkPerson(sdk)
  const calls = createPersonalCalls(person, onLost)
  const proofs = createProofs()
  const queue = createSerialQueue()

  /** Names the person to Intercom, with what is new about them. */
  async function logIn(type: CallType, named: Person, losses: readonly MobileLoss[]): Promise<void> {
    await person.knowLogin()
    person.leave(named.memberships)
    const plan = planPerson({ ...named, proof: proofs.of(named) }, person.state(), rules)
    onLost(type, [...losses, ...plan.losses])
    try {
      await person.makeAll(plan.calls)
    } finally {
      await calls.release()
    }
  }

  async function act(call: PersonalCall): Promise<void> {
    await person.knowLogin()
    await calls.release()
    if (rules.trackAnonymous && call.userId === undefined && person.isLoggedOut()) {
      try {
        await person.makeAll([['loginUnidentifiedUser']])
      } catch (error) {
        calls.wait(call)
        throw error
      }
      await calls.release()
    }
    if (person.isPresent(call.userId)) await calls.send(call)
    else calls.wait(call)
  }

  async function logOut(isAgainUnidentified: boolean): Promise<void> {
    calls.loseAll('person-left')
    proofs.forget()
    await person.makeAll([['logout']])
    if (isAgainUnidentified && rules.trackAnonymous) await person.makeAll([['loginUnidentifiedUser']])
  }

  return {
    identify: (type: CallType, named: Person, losses: readonly MobileLoss[]) =>
      queue.run(() => logIn(type, named, losses)),
    /** Resolves without a call to the SDK if the call has to wait for the login of its person. */
    act: (call: PersonalCall) => queue.run(() => act(call)),
    reset: (isAgainUnidentified: boolean) => queue.run(() => logOut(isAgainUnidentified)),
    flush: () => queue.idle()
  }
}

/** The calls of the person who is logged in, and those that wait for the login of theirs. */
function createPersonalCalls(person: SdkPerson, onLost: SessionOptions['onLost']) {
  const waiting = createWaitingCalls<PersonalCall>((call) => lose(call, 'queue-full'))

  function lose({ type, name }: PersonalCall, reason: MobileLoss['reason']): void {
    onLost(type, [{ path: name, reason }])
  }

  function toPlan({ name, what }: PersonalCall): Plan {
    if ('metadata' in what)
      return { calls: [what.metadata ? ['logEvent', name, what.metadata] : ['logEvent', name]], losses: [] }
    person.leave(what.memberships)
    return planUpdate({ attributes: {}, memberships: what.memberships }, person.state())
  }

  async function send(call: PersonalCall): Promise<void> {
    const plan = toPlan(call)
    await person.makeAll(plan.calls)
    onLost(call.type, [...call.losses, ...plan.losses])
  }

  return {
    send,
    wait: waiting.add,
    /** Makes the calls whose person is logged in. A rejection is a loss, because their own promises have ended. */
    async release(): Promise<void> {
      for (const call of waiting.take(({ userId }) => person.isPresent(userId))) {
        try {
          await send(call)
        } catch {
          lose(call, 'not-accepted')
        }
      }
    },
    loseAll: (reason: MobileLoss['reason']): void => waiting.take(() => true).forEach((call) => lose(call, reason))
  }
}

/** The proof of the person who was named last, for a login that has to be tried again. In memory only. */
function createProofs() {
  let last: Pick<Person, 'userId' | 'proof'> = { userId: undefined, proof: {} }
  return {
    /** The proof that the call carries, completed by that of the same person before. */
    of({ userId, proof }: Pick<Person, 'userId' | 'proof'>): Proof {
      last = { userId, proof: userId === undefined ? {} : { ...(userId === last.userId && last.proof), ...proof } }
      return last.proof
    },
    forget(): void {
      last = { userId: undefined, proof: {} }
    }
  }
}
