import type { Call, Run } from '../../contract'
import { FoldedJson } from './folded-json'
import { toOrdinal } from './outcome-sentence'

/** What was asked and what was answered, in order. */
export function CallList({ run }: { readonly run: Run }) {
  const { calls, failure } = run
  return (
    <>
      <ol class="calls">
        {calls.map((call, index) => (
          <li key={index}>
            {call.request ? (
              <Request number={index + 1} call={call} request={call.request} />
            ) : (
              <code>{call.call}</code>
            )}
          </li>
        ))}
      </ol>
      {calls.length === 0 && <p class="quiet">None.</p>}
      {calls.length > 0 && calls.every(({ request }) => request === undefined) && (
        <p class="quiet">The Messenger gives no answer.</p>
      )}
      {failure && (
        <p class={`note ${failure.retryable ? 'warn' : 'bad'}`}>
          {failure.retryable ? 'To be tried again: ' : 'Refused for good: '}
          {failure.reason}
          {failure.code !== undefined && (
            <>
              {' '}
              <code>{failure.code}</code>
            </>
          )}
        </p>
      )}
    </>
  )
}

type RequestOf = NonNullable<Call['request']>

function Request({
  number,
  call,
  request
}: {
  readonly number: number
  readonly call: Call
  readonly request: RequestOf
}) {
  const { attempt, startedAfter, took, status, response, problem } = request
  return (
    <>
      <code class="operation" title={request.url}>
        {call.call}
      </code>
      <p class="call-facts">
        <span class={`badge ${toTone(status)}`}>{status ?? 'no answer'}</span>
        {attempt > 0 && <span class="badge warn">{toOrdinal(attempt + 1)} try</span>}
        <span class="quiet" title={`Asked ${Math.round(startedAfter)} ms after the event's turn came`}>
          {Math.round(took)} ms, after {Math.round(startedAfter)} ms
        </span>
      </p>
      {problem !== undefined && <p class="call-problem">{problem}</p>}
      {response !== undefined && (
        <FoldedJson title="Answer" label={`Answer ${number}, to ${call.call}`} value={response} />
      )}
    </>
  )
}

function toTone(status: number | undefined): 'good' | 'warn' | 'bad' {
  if (status === undefined) return 'bad'
  if (status < 300) return 'good'
  return status < 500 && status !== 429 ? 'bad' : 'warn'
}
