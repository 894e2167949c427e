import { isDoubtful, toReasonText, type Loss } from '@intercom-destinations/intercom-cloud'
import { toFields, type Fields } from './fields'
import { HTTP_STATUS, isServerError, isSuccess } from './http-status'
import { toLosses } from './losses'
import type { Subscription } from './subscriptions'

/** The result of one event through one subscription. */
export type Outcome =
  | {
      kind: 'delivered'
      losses: readonly Loss[]
      doubtful: readonly Loss[]
      /** Intercom's own ids. */
      contactId?: string
      companyId?: string
    }
  /** The mapping sends nothing for it. */
  | { kind: 'ignored'; losses: readonly Loss[]; reason: string }
  /** Intercom or the destination refuses it, now and later. */
  | { kind: 'rejected'; reason: string; status?: number; code?: string }
  | RetryOutcome

/** It failed for now. */
export interface RetryOutcome {
  kind: 'retry'
  reason: string
  status?: number
  code?: string
  retryAfterMs?: number
  /** Intercom does not know the contact yet, so other events of the person may be delivered meanwhile. */
  waitsForContact?: boolean
  /** The event was not tried, because an earlier event of the person failed for now. */
  waitsForEarlierEvent?: boolean
}

/** The outcome so far of one subscription for one event. */
export interface Run {
  readonly subscription: Subscription
  readonly outcome: Outcome
  readonly attempts: number
}

/** The result of one event over all its subscriptions. */
export interface Verdict {
  /** `retry`: the event is fine; send it again later. */
  status: 'delivered' | 'ignored' | 'rejected' | 'retry'
  /** What Intercom did not receive, by path and reason. */
  losses: readonly Loss[]
  /** What was sent although Intercom may ignore or change it. */
  doubtful: readonly Loss[]
  /** Why it was not delivered. */
  reason?: string
  /** How many milliseconds to wait before the event is sent again, where that is known. */
  retryAfterMs?: number
  /** Intercom's own id of the contact, where it is known. */
  contactId?: string
  /** Intercom's own id of the company, where it is known. */
  companyId?: string
}

/** The verdict of an event is the most severe outcome of its subscriptions. */
const SEVERITY = { ignored: 0, delivered: 1, rejected: 2, retry: 3 } as const

/** The verdict of an event with these runs: the most severe outcome, with the losses of all. */
export function toVerdict(runs: readonly Run[]): Verdict {
  const outcomes = runs.map(({ outcome }) => outcome)
  const worst = outcomes.reduce<Outcome | undefined>(
    (found, one) => (found && SEVERITY[found.kind] >= SEVERITY[one.kind] ? found : one),
    undefined
  )
  const delivered = outcomes.filter((one) => one.kind === 'delivered')
  return {
    status: worst?.kind ?? 'ignored',
    losses: outcomes.flatMap((one) => ('losses' in one ? one.losses : [])),
    doubtful: delivered.flatMap(({ doubtful }) => doubtful),
    ...present({
      reason: worst && 'reason' in worst ? worst.reason : worst ? undefined : NO_SUBSCRIPTION,
      retryAfterMs: worst?.kind === 'retry' ? worst.retryAfterMs : undefined,
      contactId: delivered.find(({ contactId }) => contactId !== undefined)?.contactId,
      companyId: delivered.find(({ companyId }) => companyId !== undefined)?.companyId
    })
  }
}

export const NO_SUBSCRIPTION = 'No subscription takes this event.'

/** The verdict of an event that no subscription has run for. */
export function toPlainVerdict(status: Verdict['status'], reason: string, retryAfterMs?: number): Verdict {
  return { status, losses: [], doubtful: [], reason, ...present({ retryAfterMs }) }
}

/** The destination quotes the id of Intercom's request, which Intercom's support asks for. */
const REQUEST_ID = /, request [^,)\s]+/

/** The reason without the part that differs between events that fail alike. */
export const withoutRequestId = (reason: string): string => reason.replace(REQUEST_ID, '')

/** A refused token is no property of the event. Intercom's 408 and 423 pass; so do a rate limit and its own errors. */
const RETRYABLE: ReadonlySet<number> = new Set([
  HTTP_STATUS.unauthorized,
  HTTP_STATUS.requestTimeout,
  HTTP_STATUS.locked,
  HTTP_STATUS.tooManyRequests
])

const isRetryable = (status: number): boolean => RETRYABLE.has(status) || isServerError(status)

/** The outcome in what actions-core reports for one event of a batch. Accepts anything. */
export function toOutcome(node: unknown): Outcome {
  const { status, body, errormessage, errortype } = toFields(node)
  const report = toFields(body)
  if (typeof status !== 'number') {
    return { kind: 'retry', reason: 'The destination reported no result for the event.' }
  }
  if (isSuccess(status)) return toSuccess(report)
  const reason = typeof errormessage === 'string' && errormessage !== '' ? errormessage : `It was answered ${status}.`
  const known = { reason, status, ...present({ code: typeof errortype === 'string' ? errortype : undefined }) }
  if (!isRetryable(status)) return { kind: 'rejected', ...known }
  const { retryAfterMs, waitsForContact, waitsForEarlierEvent } = report
  return {
    kind: 'retry',
    ...known,
    ...present({
      retryAfterMs: typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : undefined,
      waitsForContact: waitsForContact === true ? true : undefined,
      waitsForEarlierEvent: waitsForEarlierEvent === true ? true : undefined
    })
  }
}

function toSuccess(report: Fields): Outcome {
  const losses = [...toLosses(report.losses), ...toLosses(report.doubtful)]
  if (report.skipped === true) return { kind: 'ignored', losses, reason: toSkippedReason(losses) }
  return {
    kind: 'delivered',
    losses: losses.filter((loss) => !isDoubtful(loss)),
    doubtful: losses.filter(isDoubtful),
    ...present({
      contactId: typeof report.contactId === 'string' ? report.contactId : undefined,
      companyId: typeof report.companyId === 'string' ? report.companyId : undefined
    })
  }
}

/** The destination names what keeps an event from being sent last. */
function toSkippedReason(losses: readonly Loss[]): string {
  const reason = losses.at(-1)?.reason
  if (reason === undefined || reason === 'event-not-allowed') return 'The mapping sends no event of this name.'
  return `The mapping sends nothing for this event: ${toReasonText(reason)}.`
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The same fields without those that are `undefined`. */
function present<T extends object>(fields: T): Present<T>
function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
