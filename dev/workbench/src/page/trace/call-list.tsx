import type { Call, Run } from '../../contract'
import { Folded } from '../shown/folded'
import { FoldedJson } from './folded-json'
import { toOrdinal } from './outcome-sentence'
import { toErrorText, toTries } from './tries'

/** The requests with their answers, in order. */
export function CallList({ run }: { readonly run: Run }) {
  const { calls, failure } = run
  const tries = toTries(calls)
  return (
    <>
      <Folded title="One by one" size={String(calls.length)} open={calls.length === 0 || failure !== undefined}>
        <ol class="calls">
          {calls.map((call, index) => (
            <li key={index}>
              {call.request ? (
                <Request
                  number={index + 1}
                  nth={tries.get(call.request.attempt) ?? 1}
                  call={call}
                  request={call.request}
                />
              ) : (
                <code>{call.call}</code>
              )}
            </li>
          ))}
        </ol>
      </Folded>
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

interface RequestProps {
  readonly number: number
  /** The number of the attempt, from 1. */
  readonly nth: number
  readonly call: Call
  readonly request: NonNullable<Call['request']>
}

function Request({ number, nth, call, request }: RequestProps) {
  const { startedAfter, took, status, response, problem } = request
  const wrong = problem ?? (response === undefined || isFine(status) ? undefined : toErrorText(response))
  return (
    <>
      <code class="operation" title={request.url}>
        {call.call}
      </code>
      <p class="call-facts">
        <span class={`badge ${toTone(status)}`}>{status ?? 'no answer'}</span>
        {nth > 1 && <span class="badge warn">{toOrdinal(nth)} try</span>}
        <span class="quiet" title={`Asked ${Math.round(startedAfter)} ms after the event's turn came`}>
          {Math.round(took)} ms, after {Math.round(startedAfter)} ms
        </span>
      </p>
      {wrong !== undefined && <p class="call-problem">{wrong}</p>}
      {response !== undefined && (
        <FoldedJson
          title="Answer"
          label={`Answer ${number}, to ${call.call}`}
          value={response}
          isAside={wrong !== undefined}
        />
      )}
    </>
  )
}

const isFine = (status: number | undefined): boolean => status !== undefined && status < 300

function toTone(status: number | undefined): 'good' | 'warn' | 'bad' {
  if (status === undefined) return 'bad'
  if (isFine(status)) return 'good'
  return status < 500 && status !== 429 ? 'bad' : 'warn'
}
