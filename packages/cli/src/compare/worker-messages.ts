/** What the thread is started with. */
export interface WorkerStart {
  /** The module of the definition: a path, or the name of a package and a path in it. */
  readonly module: string
  /** The folder from which the module is looked up. */
  readonly folder: string
  /** The address of the emulator that stands in for every host. */
  readonly address: string
  readonly token: string
}

/** One event for one action. */
export interface WorkerCall {
  readonly id: number
  readonly action: string
  readonly event: unknown
  readonly mapping: unknown
}

/** An action of the other definition. */
export interface ForeignAction {
  readonly title: string
  readonly defaultSubscription: string | undefined
  readonly fields: readonly string[]
  /** The fields that an event needs. */
  readonly required: readonly string[]
  readonly defaults: Readonly<Record<string, unknown>>
}

/** A preset of the other definition that connecting it enables. */
export interface ForeignPreset {
  readonly name: string
  readonly partnerAction: string
  readonly subscribe: string
  readonly mapping: Readonly<Record<string, unknown>>
}

/** The other definition, as far as a comparison needs it. */
export interface ForeignDefinition {
  readonly name: string
  /** The version of its own actions-core; `unknown` if its package states none. */
  readonly coreVersion: string
  readonly actions: Readonly<Record<string, ForeignAction>>
  readonly presets: readonly ForeignPreset[]
}

export type WorkerMessage =
  | { readonly kind: 'ready'; readonly definition: ForeignDefinition }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'done'; readonly id: number }
  | ({ readonly kind: 'failed'; readonly id: number } & ForeignFailure)

/** What an action has thrown. */
export interface ForeignFailure {
  readonly message: string
  readonly status: number | undefined
  /** The error asks for another attempt. */
  readonly isRetryable: boolean
}
