import { isOk, listBelow, textBelow, type Ask, type Exchange } from './api'
import type { Made } from './made'

/** The tools of a case. */
export interface Stage {
  readonly ask: Ask
  readonly made: Made
  /** A unique name of this run. */
  readonly run: string
  /** A second that no other event of this run has, because Intercom stores equal events of one second once. */
  readonly nextSecond: () => number
  readonly wait: (ms: number) => Promise<void>
}

/** The behaviour of a service: status, error code and effect. Two findings agree if all three are equal. */
export interface Finding {
  readonly status: number
  readonly code?: string
  readonly then?: string
}

/** Every run uses the same names, because attributes cannot be removed. */
export const ATTRIBUTES = [
  { name: 'verify_real_text', dataType: 'string' },
  { name: 'verify_real_integer', dataType: 'integer' },
  { name: 'verify_real_date', dataType: 'date' }
] as const

/** The event name of all cases but two, because names cannot be removed either. */
export const EVENT_NAME = 'verify-real'

const LISTED_TRIES = 6
const LISTED_WAIT_MS = 3_000

/** The finding of an answer, with its effect if it is known. */
export const findingOf = ({ status, reply }: Exchange, then?: string): Finding => {
  const code = textBelow(listBelow(reply, 'errors')[0], 'code')
  return { status, ...(code === undefined ? {} : { code }), ...(then === undefined ? {} : { then }) }
}

export const toFindingText = ({ status, code, then }: Finding): string =>
  [`${status}${code === undefined ? '' : ` ${code}`}`, ...(then === undefined ? [] : [then])].join(', ')

export const agree = (one: Finding, other: Finding): boolean =>
  one.status === other.status && one.code === other.code && one.then === other.then

/** A user of this run, `verify-1a2b-NAME`. */
export const newUser = async (stage: Stage, name: string, more: object = {}) => {
  const external_id = `${stage.run}-${name}`
  const exchange = await stage.made.contact({ ...more, external_id, role: 'user' })
  return { external_id, id: textBelow(exchange.reply, 'id') ?? '', exchange }
}

/** The stored contact after an accepted write; otherwise the refusal. */
export const stored = async ({ ask }: Stage, written: Exchange): Promise<Exchange> => {
  const id = textBelow(written.reply, 'id') ?? ''
  return isOk(written) ? ask('GET', `/contacts/${id}`) : written
}

export const submit = ({ ask, nextSecond }: Stage, event: object): Promise<Exchange> =>
  ask('POST', '/events', { body: { event_name: EVENT_NAME, created_at: nextSecond(), ...event } })

/** The events of a contact. Intercom may take some seconds to list them, so an empty list is read again. */
export const listed = async ({ ask, wait }: Stage, contactId: string): Promise<readonly unknown[]> => {
  for (let tried = 1; ; tried += 1) {
    const { reply } = await ask('GET', '/events', { query: { type: 'user', intercom_user_id: contactId } })
    const events = listBelow(reply, 'events')
    if (events.length > 0 || tried === LISTED_TRIES) return events
    await wait(LISTED_WAIT_MS)
  }
}
