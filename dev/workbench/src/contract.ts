/**
 * The messages between the page and its server, as JSON. Types only; both sides import it, and `json-guards.ts`.
 *
 * | request                                         | answer                                       |
 * | ----------------------------------------------- | -------------------------------------------- |
 * | GET /api/catalog                                | `Catalog`, the same for the whole run        |
 * | GET /api/state                                  | `State`                                      |
 * | GET /api/stream                                 | server-sent events, see `StreamMessages`     |
 * | PUT /api/destinations/{half}                    | body `DestinationChange`: `State`, or 422 `Problems` |
 * | POST /api/destinations/{half}/import            | body: the mapping file's JSON. As PUT        |
 * | GET /api/destinations/{half}/export             | the mapping file                             |
 * | POST /api/preview                               | body `PreviewRequest`: `Preview`             |
 * | POST /api/choices                               | body `ChoicesRequest`: `Choices`             |
 * | POST /api/events                                | body `Submission`: `Submitted`               |
 * | GET /api/events                                 | `Row[]`, oldest first                        |
 * | GET /api/events/{id}                            | `EventTrace`, or 404                         |
 * | POST /api/events/{id}/again                     | `Row`: the same event, sent once more        |
 * | POST /api/events/{id}/retry                     | `Row`: retries an event in state `retrying`; or 404 |
 * | GET /api/reports                                | `ReportCard[]`, that of all events first, then the newest run |
 * | POST /api/reports                               | body `OpenRun`: `StartedRun`                 |
 * | PUT /api/reports/{id}                           | body `RunEnding`: 204, or 404                |
 * | GET /api/reports/{id}                           | `ReportView`, or 404                         |
 * | GET /api/reports/{id}/page                      | the report as an HTML file of its own, or 404 |
 * | POST /api/reports/{id}/again                    | `SentAgain`, or 404                          |
 * | GET /api/reports/{id}/attributes                | `MissingAttributes`, or 404                  |
 * | POST /api/reports/{id}/attributes               | body `AttributesToCreate`: `CreatedAttributes`, or 404 |
 * | POST /api/clear                                 | 204: no rows, Intercom as it was at the start |
 * | GET /api/tables/{table}?search=&limit=          | `Table`                                      |
 * | GET /api/contacts/{id}                          | `Person`, or 404                             |
 * | GET /api/companies/{id}                         | `Company`, or 404                            |
 * | PUT /api/faults/{name}                          | body `{ "on": true }`: `State`               |
 * | POST /api/connection                            | body `ConnectRequest`: `Connecting`, or 422 `Problems` |
 * | DELETE /api/connection                          | `State`: not connected                       |
 * | GET /api/session                                | `SessionFile` of the server, as a file       |
 *
 * Every refusal is `Problems`. A request that changes something carries `Content-Type: application/json`.
 */

/** Assignable to the JSON type of actions-core. */
export type Json = string | number | boolean | null | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}

export type Half = 'web' | 'cloud'

/** A problem with its path: `settings.appId`, `subscriptions[0].mapping.event_name`, or `''` for the whole request. */
export interface Problem {
  readonly path: string
  readonly message: string
}

export interface Problems {
  readonly problems: readonly Problem[]
}

// ——— The catalog: the definitions as data ———

export interface Catalog {
  readonly web: DestinationCard
  readonly cloud: DestinationCard
  readonly samples: readonly Sample[]
}

export interface DestinationCard {
  readonly half: Half
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly settings: Readonly<Record<string, FieldCard>>
  readonly actions: Readonly<Record<string, ActionCard>>
  /** The mappings before the first edit. */
  readonly presets: readonly SubscriptionRow[]
  /** Ready-made mappings that may be added. They are off. */
  readonly offered: readonly SubscriptionRow[]
}

export interface ActionCard {
  readonly title: string
  readonly description: string
  readonly defaultSubscription?: string
  readonly fields: Readonly<Record<string, FieldCard>>
}

/** A field or a setting of a definition, without its functions. */
export interface FieldCard {
  readonly label: string
  readonly description: string
  readonly type: 'string' | 'text' | 'number' | 'integer' | 'datetime' | 'boolean' | 'password' | 'object' | 'hidden'
  readonly required?: boolean | Conditions
  readonly multiple?: boolean
  readonly choices?: readonly (string | Choice)[]
  /** Whether the workspace offers choices: for the field itself, or for the keys of an object. */
  readonly dynamic?: boolean | 'keys'
  readonly default?: Json
  readonly properties?: Readonly<Record<string, FieldCard>>
  readonly additionalProperties?: boolean
  readonly defaultObjectUI?: 'keyvalue' | 'object' | 'arrayeditor'
  readonly depends_on?: Conditions
  readonly placeholder?: string
  readonly unsafe_hidden?: boolean
}

export interface Conditions {
  readonly match?: 'all' | 'any'
  readonly conditions: readonly {
    readonly type?: 'field' | 'syncMode'
    readonly fieldKey: string
    readonly operator: 'is' | 'is_not'
    readonly value: Json
  }[]
}

export interface Choice {
  readonly label: string
  readonly value: string | number
}

/** An example event of `dev/scenarios`, for previews and for sending. */
export interface Sample {
  readonly title: string
  readonly events: readonly JsonObject[]
}

// ——— Configuration, connection and faults ———

export interface State {
  readonly writeKey: string
  /** The host for Segment libraries: `http://127.0.0.1:4311`. */
  readonly trackingHost: string
  readonly destinations: Readonly<Record<Half, DestinationState>>
  /** What Segment ignores silently in the saved mappings: `subscriptions[0].subscribe`, `subscriptions[1].mapping.email`. */
  readonly ignored: Readonly<Record<Half, readonly Problem[]>>
  readonly connection: ConnectionState
  readonly faults: readonly FaultSwitch[]
}

export interface DestinationState {
  readonly enabled: boolean
  readonly settings: JsonObject
  readonly subscriptions: readonly SubscriptionRow[]
}

export type DestinationChange = Partial<DestinationState>

/** A mapping of a destination, in the form that Segment stores and `deliver --mapping` reads. */
export interface SubscriptionRow {
  readonly name: string
  readonly partnerAction: string
  readonly enabled: boolean
  readonly subscribe: string
  readonly mapping: JsonObject
}

export type ConnectionState =
  | { readonly kind: 'none'; readonly wentWrong?: string }
  | {
      /** `emulator` is the emulated workspace of this server, `intercom` a real one. */
      readonly kind: 'emulator' | 'intercom'
      readonly workspace: string
      readonly region: string
      readonly id?: string
      /** Why the latest attempt to connect failed. */
      readonly wentWrong?: string
    }

export type ConnectRequest =
  /** The consent page of the emulator. */
  | { readonly to: 'emulator' }
  /** Intercom's own consent page, for the customer's app. */
  | { readonly to: 'app'; readonly clientId: string; readonly clientSecret: string; readonly region: string }
  | { readonly to: 'token'; readonly token: string; readonly region: string }

/** Where to send the browser, or (with a token) what is connected now. */
export type Connecting = { readonly goTo: string } | { readonly state: State }

export type FaultName = 'rate-limit' | 'outage' | 'slow' | 'index-lag' | 'blocked-widget' | 'secured' | 'archived'

export interface FaultSwitch {
  readonly name: FaultName
  readonly title: string
  readonly on: boolean
  /** The effect for a customer. */
  readonly sentence: string
}

// ——— Events and their traces ———

/** The entry through which an event came in. */
export type EventSource = 'shop' | 'api' | 'editor' | 'file'

export interface Submission {
  readonly source: 'editor' | 'file'
  readonly lines: readonly SubmittedLine[]
  /** Where each line stands, in words: `line 12`, or `b.csv row 3`. */
  readonly places?: readonly string[]
  /** The run of its report. */
  readonly run?: string
}

/** An event as JSON, as in a file, or why the reader of the file has no text of it. */
export type SubmittedLine = string | { readonly unreadable: 'too-long' | 'not-utf-8' | 'other-cells' }

export interface Submitted {
  readonly rows: readonly Row[]
  /** `line` counts from 0 within the submission. */
  readonly refused: readonly { readonly line: number; readonly reason: string }[]
}

// ——— Reports of what was delivered ———

export interface OpenRun {
  /** The name of the file or files. */
  readonly title: string
}

export interface StartedRun {
  readonly run: string
}

/** How the reading of files ended. `reason` is empty unless it broke off. */
export interface RunEnding {
  readonly kind: 'complete' | 'stopped' | 'broken-off'
  readonly reason: string
}

/** A report in the list: of all events, or of a run. */
export interface ReportCard {
  /** `all`, or the run. */
  readonly id: string
  readonly title: string
  /** Events that came in. */
  readonly all: number
  /** Those of them whose cloud half is settled. */
  readonly settled: number
  /** Settled events that failed, and that can be sent again. */
  readonly failed: number
  /** Failed events beyond the number that is kept. */
  readonly notKept: number
}

export interface ReportView {
  readonly card: ReportCard
  /** Both as `toReportSections` of the CLI makes them. The body has the slots `send-again` and `create-attributes`. */
  readonly style: string
  readonly body: string
}

export interface SentAgain {
  /** The run of the events that were sent again; absent if there were none. */
  readonly run?: string
  readonly sent: number
}

export interface MissingAttribute {
  readonly model: 'contact' | 'company'
  readonly name: string
  readonly type: string
}

/** What the report names and the workspace lacks now. */
export interface MissingAttributes {
  readonly workspace: string
  /** Whether it is Intercom itself, where an attribute stays for good. */
  readonly isReal: boolean
  readonly attributes: readonly MissingAttribute[]
}

/** Those that a person has seen. The types are those of the report. */
export interface AttributesToCreate {
  readonly attributes: readonly Pick<MissingAttribute, 'model' | 'name'>[]
}

export interface CreatedAttributes {
  readonly created: readonly (MissingAttribute & {
    readonly result: 'created' | 'exists' | 'refused'
    readonly reason?: string
  })[]
}

/** An event in the list. */
export interface Row {
  /** `e17`: unique within a run, counting up. */
  readonly id: string
  /** Milliseconds. */
  readonly receivedAt: number
  readonly source: EventSource
  readonly type: string
  /** The name of the event, page, screen or group; `''` without one. */
  readonly name: string
  /** User id, else anonymous id. */
  readonly person: string
  /** From the traits, the properties or `context.traits`; `''` without one. */
  readonly email: string
  readonly web: Outcome
  readonly cloud: Outcome
  /** Whether the halves sent different values. Differences of format do not count. */
  readonly differs: boolean
}

export interface Outcome {
  /**
   * - `waiting`: it has not been delivered yet, or is being delivered.
   * - `delivered`: at least one subscription took it, and all that did succeeded.
   * - `nothing-sent`: a subscription took it, but it has nothing that Intercom could take, or the same was sent before.
   * - `retrying`: Intercom cannot take it now; Segment would retry for hours.
   * - `failed`: refused for good.
   * - `unmatched`: no subscription takes it.
   * - `kept-away`: the event's `integrations` exclude the destination.
   * - `off`: the destination is disabled, or nothing is connected.
   */
  readonly state: 'waiting' | 'delivered' | 'nothing-sent' | 'retrying' | 'failed' | 'unmatched' | 'kept-away' | 'off'
  /** Requests, or calls of the Messenger. */
  readonly calls: number
  /** Values that were left out. */
  readonly losses: number
  /** Values that were sent although Intercom may ignore or change them. */
  readonly doubtful: number
  /** Why it failed or is retried. */
  readonly reason?: string
}

/** Everything about one event. */
export interface EventTrace {
  readonly row: Row
  readonly event: JsonObject
  /** Notes that explain the trace. */
  readonly notes: readonly string[]
  readonly web: Side
  readonly cloud: Side
  readonly differences: readonly Difference[]
  /** The current state of the entities that the event affected; `undefined` where Intercom is not the emulator. */
  readonly held?: readonly Held[]
}

export interface Side {
  readonly destination: string
  readonly outcome: Outcome
  readonly subscriptions: readonly SubscriptionTrace[]
}

export interface SubscriptionTrace {
  readonly name: string
  readonly action: string
  readonly filter: string
  readonly enabled: boolean
  readonly takes: boolean
  /** Why it does not take the event. */
  readonly whyNot?: string
  /** The run, where it took the event. */
  readonly run?: Run
}

export interface Run {
  readonly payload: JsonObject
  readonly losses: readonly LossInWords[]
  /** What was sent although Intercom may ignore or change it. */
  readonly doubtful: readonly LossInWords[]
  readonly calls: readonly Call[]
  /** The number of retries. */
  readonly retries: number
  readonly failure?: Failure
}

export interface LossInWords {
  readonly path: string
  readonly reason: string
  readonly text: string
}

export interface Failure {
  readonly reason: string
  readonly status?: number
  readonly code?: string
  /** Whether Segment would retry. */
  readonly retryable: boolean
}

/** A call of the Messenger, or a request. */
export interface Call {
  /** `POST /contacts`, `Intercom('update')`, `Intercom('trackEvent', "Order Completed")`. */
  readonly call: string
  readonly body: Json
  readonly request?: {
    readonly method: string
    /** With the host, for curl; the token is never part of it. */
    readonly url: string
    /** 0 for the first attempt. */
    readonly attempt: number
    /** Milliseconds since the event's first attempt began. */
    readonly startedAfter: number
    readonly took: number
    /** Missing where no answer came; `problem` has the reason then. */
    readonly status?: number
    readonly response?: Json
    readonly problem?: string
  }
}

export interface Difference {
  /** In Intercom's terms: `metadata.cart`, `custom_attributes.plan`, `outcome`. */
  readonly path: string
  readonly web: string
  readonly cloud: string
}

/** An entity in Intercom that an event affected. */
export interface Held {
  readonly kind: 'contact' | 'company' | 'event' | 'tag' | 'attribute' | 'visitor'
  readonly id: string
  readonly title: string
  readonly isNew: boolean
  readonly isGone: boolean
  readonly values: readonly HeldValue[]
}

export interface HeldValue {
  readonly name: string
  readonly value: Json
  /** The value before the event, where it has changed. */
  readonly before?: Json
  readonly changed: boolean
}

// ——— Intercom's data ———

export type TableName = 'contacts' | 'companies' | 'events' | 'tags' | 'attributes'

export interface Table {
  readonly name: TableName
  readonly columns: readonly string[]
  /** Newest first, as many as requested. */
  readonly rows: readonly TableRow[]
  /** How many match the search. */
  readonly found: number
  readonly total: number
}

export interface TableRow {
  readonly id: string
  /** The person's page that the row leads to. */
  readonly contactId?: string
  /** The company's page that the row leads to. */
  readonly companyId?: string
  readonly cells: readonly string[]
}

export interface ShownAttribute {
  readonly name: string
  readonly value: Json
  readonly custom: boolean
}

export interface Company {
  readonly id: string
  readonly title: string
  readonly attributes: readonly ShownAttribute[]
  readonly tags: readonly string[]
  /** Its active people, as many as are shown. */
  readonly people: readonly { readonly id: string; readonly title: string; readonly email: string }[]
  readonly peopleCount: number
}

export interface Person {
  readonly id: string
  readonly title: string
  readonly status: string
  readonly attributes: readonly ShownAttribute[]
  readonly companies: readonly { readonly id: string; readonly name: string }[]
  readonly tags: readonly string[]
  /** Newest first. */
  readonly timeline: readonly {
    /** Unix seconds, as in Intercom's API. */
    readonly at: number
    readonly name: string
    readonly metadata: JsonObject
    /** Keys beyond Intercom's limit of ten, which it drops silently. */
    readonly ignored: readonly string[]
  }[]
}

// ——— Mapping ———

export interface PreviewRequest {
  readonly half: Half
  readonly subscription: SubscriptionRow
  readonly event: JsonObject
}

/** The result of a mapping for an event; nothing is sent. */
export interface Preview {
  /** The problem of the trigger, if any. */
  readonly filterProblem?: string
  readonly takes: boolean
  readonly whyNot?: string
  readonly payload: JsonObject
  /** With the path of the field: `mapping.event_name`. */
  readonly problems: readonly Problem[]
}

export interface ChoicesRequest {
  readonly action: string
  readonly field: string
  /** For the keys of an object. */
  readonly keys: boolean
}

export interface Choices {
  readonly choices: readonly Choice[]
  /** Why there are none. */
  readonly problem?: string
}

// ——— The stream ———

/** The names of the server-sent events, with their data. */
export interface StreamMessages {
  /** New and changed rows. */
  readonly rows: readonly Row[]
  readonly state: State
  /** The emulator's data has changed: the number of entities of each kind. */
  readonly held: Readonly<Record<TableName, number>>
  readonly cleared: null
}
