import type { Outcome } from '../../contract'

export const OUTCOME_WORDS = {
  waiting: 'waiting',
  delivered: 'delivered',
  'nothing-sent': 'nothing sent',
  retrying: 'retrying',
  failed: 'failed',
  unmatched: 'no match',
  'kept-away': 'kept away',
  off: 'off'
} as const satisfies Record<Outcome['state'], string>

const TONES = {
  waiting: '',
  delivered: 'good',
  'nothing-sent': '',
  retrying: 'warn',
  failed: 'bad',
  unmatched: '',
  'kept-away': '',
  off: ''
} as const satisfies Record<Outcome['state'], string>

/** The outcome of an event on one half in words, because colour alone is not accessible. */
export function OutcomeBadge({ half, outcome }: { readonly half?: string; readonly outcome: Outcome }) {
  const { state, calls, losses, doubtful, reason } = outcome
  return (
    <span class="outcome" title={reason}>
      {half !== undefined && <span class="outcome-half">{half}</span>}
      <span class={`badge ${TONES[state]}`}>{OUTCOME_WORDS[state]}</span>
      {losses > 0 && <span class="badge warn">{losses} lost</span>}
      {doubtful > 0 && <span class="badge">{doubtful} doubtful</span>}
      {calls > 0 && (
        <span class="outcome-calls">
          {calls} {calls === 1 ? 'call' : 'calls'}
        </span>
      )}
    </span>
  )
}
