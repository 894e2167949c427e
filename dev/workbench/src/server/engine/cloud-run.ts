import { transform, type SegmentEvent } from '@segment/actions-core'
import type { Call, Failure, JsonObject, LossInWords, Run } from '../../contract'
import type { Match } from './matches'

type Mapping = Match['subscription']['mapping']

/**
 * The run of one mapping. Its payload is made when a trace is opened: to apply a mapping takes as long as to deliver the
 * event, and few traces are read.
 */
export class CloudRun implements Run {
  readonly losses: readonly LossInWords[]
  readonly doubtful: readonly LossInWords[]
  readonly calls: readonly Call[]
  readonly retries: number
  readonly failure?: Failure
  readonly #mapping: Mapping
  readonly #event: JsonObject & SegmentEvent

  constructor(
    { losses, doubtful, calls, retries, failure }: Omit<Run, 'payload'>,
    mapping: Mapping,
    event: SegmentEvent & JsonObject
  ) {
    this.losses = losses
    this.doubtful = doubtful
    this.calls = calls
    this.retries = retries
    if (failure) this.failure = failure
    this.#mapping = mapping
    this.#event = event
  }

  get payload(): JsonObject {
    return toPayload(this.#mapping, this.#event)
  }

  /** JSON has own properties alone. */
  toJSON(): Run {
    const { payload, losses, doubtful, calls, retries, failure } = this
    return { payload, losses, doubtful, calls, retries, ...(failure ? { failure } : {}) }
  }
}

/** The mapping's result, or nothing where it cannot be applied: the destination has reported that already. */
function toPayload(mapping: Mapping, event: JsonObject): JsonObject {
  try {
    return transform(mapping, { ...event })
  } catch {
    return {}
  }
}
