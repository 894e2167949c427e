import type { Call, Half, LossInWords, Run } from '../../contract'
import { FoldedJson } from './folded-json'
import { toReason } from './outcome-sentence'

interface BodyListProps {
  readonly half: Half
  readonly run: Run
  readonly differing: readonly string[]
}

/** Losses and doubtful values come first, because readers look for them. */
export function BodyList({ half, run, differing }: BodyListProps) {
  const bodies = run.calls.filter(({ body }) => body !== null).filter(isFirst)
  // The Messenger has custom attributes beside the standard ones.
  const marked = differing.flatMap((path) => [path, path.replace(/^custom_attributes\./, '')])
  return (
    <>
      <Losses losses={run.losses} kind="losses" what="left out" />
      <Losses losses={run.doubtful} kind="doubtful" what="sent with a doubt" />
      {bodies.map(({ call, body }, index) => (
        <FoldedJson
          key={index}
          isAside={call.endsWith('/search')}
          title={call}
          label={`Body ${index + 1} of the ${half} half: ${call}`}
          value={body}
          marked={marked}
        />
      ))}
      {bodies.length === 0 && <p class="quiet">Nothing is sent along.</p>}
      {run.losses.length === 0 && <p class="quiet all-there">Nothing was left out.</p>}
    </>
  )
}

interface LossesProps {
  readonly losses: readonly LossInWords[]
  readonly kind: 'losses' | 'doubtful'
  readonly what: string
}

export function Losses({ losses, kind, what }: LossesProps) {
  if (losses.length === 0) return null
  return (
    <div class={`losses ${kind}`}>
      <p class="losses-title">{losses.length === 1 ? `1 value ${what}` : `${losses.length} values ${what}`}</p>
      <ul>
        {losses.map((loss, index) => (
          <li key={index}>
            <code>{loss.path}</code> <span>{toReason(loss)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A retry sends the same body again, so it is shown once. */
const isFirst = ({ call, body }: Call, index: number, calls: readonly Call[]): boolean =>
  calls.findIndex((other) => other.call === call && JSON.stringify(other.body) === JSON.stringify(body)) === index
