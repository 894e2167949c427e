import { messageOf } from '../text/message-of'
import { isObject } from './is-object'
import type { ForeignFailure } from './worker-messages'

/** What an action of another definition has thrown, with Intercom's own words where they are in the answer. */
export function toFailure(error: unknown): ForeignFailure {
  const { name, status, response, cause } = isObject(error) ? error : {}
  const answer = isObject(response) ? response : {}
  const words = toIntercomWords(answer.data) ?? toCauseText(cause)
  const message = messageOf(error)
  return {
    message: words === undefined || message.includes(words) ? message : `${message}: ${words}`,
    status: [status, answer.status].find((one) => typeof one === 'number'),
    isRetryable: name === 'RetryableError'
  }
}

/** The first message of Intercom's list of errors. */
function toIntercomWords(data: unknown): string | undefined {
  const errors: unknown = isObject(data) ? data.errors : undefined
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  return isObject(first) && typeof first.message === 'string' ? first.message : undefined
}

/** `fetch failed` says nothing by itself. */
const toCauseText = (cause: unknown): string | undefined =>
  isObject(cause) && typeof cause.message === 'string' && cause.message !== '' ? cause.message : undefined
