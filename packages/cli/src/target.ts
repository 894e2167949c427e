import type { Destination, JSONObject, Preset } from '@segment/actions-core'

/** What Intercom holds, as numbers. */
export interface Holdings {
  readonly users: number
  readonly leads: number
  readonly companies: number
  /** How many times a contact belongs to a company. */
  readonly attachments: number
  readonly events: number
  readonly tags: number
}

/** Where a file is delivered to. Today that is always the embedded emulator. */
export interface Target {
  /** The name of the workspace. */
  readonly workspace: string
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
