import type { Destination, JSONObject, Preset } from '@segment/actions-core'
import type { Holdings } from './holdings'

/** Where a file is delivered to. */
export interface Target {
  /** The name of the workspace. */
  readonly workspace: string
  /** What plays Intercom, in words; `undefined` for Intercom itself. */
  readonly playedBy?: string
  readonly definition: {
    readonly actions: Readonly<Record<string, { readonly title: string }>>
    readonly presets?: readonly Preset[]
  }
  /** `responses` are the requests that were answered; whoever delivers empties the list. */
  readonly destination: Pick<Destination, 'onEvent' | 'responses'>
  readonly settings: JSONObject
  /** `undefined` where counting would take requests of its own. */
  holdings(): Holdings | undefined
  close(): Promise<void>
}
