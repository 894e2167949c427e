import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { createEmulator, type EmulatorOptions } from '@intercom-destinations/emulator'
import { WORKSPACE_ATTRIBUTES, type SegmentEvent as ScenarioEvent } from '@intercom-destinations/scenarios'
import { toRecord, type Loss } from '@intercom-destinations/shared-mapping'
import nock from 'nock'
import { intercomCloud, type IntercomCloudOptions } from '..'
import { HOST } from './answer-requests'
import { NOW, TIMESTAMP } from './test-destination'

export { HOST, withoutNetwork } from './answer-requests'
export { NOW, SECONDS, TIMESTAMP } from './test-destination'

const TOKEN = 'test-access-token'

/** A part of a Segment event. `toEvent` adds the rest. */
export type EventPiece = Partial<ScenarioEvent> & { type: ScenarioEvent['type'] }

export interface Options {
  settings?: JSONObject
  /** Added to the mapping of the preset. */
  mapping?: JSONObject
  /** Milliseconds. */
  now?: number
  /** The host's logger and stats. */
  listeners?: { warn: (...message: string[]) => void; incr: (name: string, value?: number, tags?: string[]) => void }
}

function isSegmentEvent(event: object): event is SegmentEvent {
  return 'type' in event
}

/** The event as Segment delivers it. */
export function toEvent(piece: EventPiece): SegmentEvent {
  const event: object = { messageId: 'm1', timestamp: TIMESTAMP, ...piece }
  if (!isSegmentEvent(event)) throw new TypeError('not an event')
  return event
}

const PRESETS = intercomCloud().presets

/** What Segment passes to a destination: settings, token, and the presets as subscriptions. */
export function toSettings({ settings = {}, mapping = {} }: Options = {}): JSONObject {
  const subscriptions = PRESETS.map((preset) => ({
    ...preset,
    mapping: { ...preset.mapping, ...mapping }
  }))
  const oauth = { access_token: TOKEN, clientId: 'client', clientSecret: 'secret' }
  return { ...settings, oauth, subscriptions }
}

export interface Delivered {
  losses: Loss[]
  doubtful: Loss[]
  report: Record<string, unknown> | undefined
}

/** One process with the destination. Its cache is shared by all events. */
export interface Worker {
  /** Runs one event through the real Destination, with the presets. */
  deliver: (piece: EventPiece, options?: Options) => Promise<Delivered>
  /** One result for each event of a batch. */
  deliverBatch: (pieces: EventPiece[], options?: Options) => Promise<Record<string, unknown>[]>
  /** Deletes a user, like Segment. */
  erase: (userId: string) => Promise<unknown>
}

export function openWorker(now: () => number = () => NOW, options: IntercomCloudOptions = {}): Worker {
  const destination = new Destination(intercomCloud({ now, ...options }))
  return {
    deliver: async (piece, options = {}) => {
      const results = await destination.onEvent(toEvent(piece), toSettings(options), toListeners(options))
      const report = toRecord(results.find(({ output }) => output === 'Action Executed')?.data)
      return { report, losses: toLosses(report?.losses), doubtful: toLosses(report?.doubtful) }
    },
    deliverBatch: async (pieces, options = {}) => {
      const { subscriptions, ...settings } = toSettings(options)
      const type = pieces[0]?.type
      const mine = Array.isArray(subscriptions)
        ? subscriptions.filter((one) => toRecord(one)?.subscribe === `type = "${type}"`)
        : []
      const results = await destination.onBatch(pieces.map(toEvent), { ...settings, subscriptions: mine })
      return results.flatMap(({ multistatus }) => multistatus ?? []).map((node) => ({ ...node }))
    },
    erase: async (userId) => {
      const result: unknown = await destination.onDelete?.(toEvent({ type: 'identify', userId }), toSettings())
      return result
    }
  }
}

/** Runs one event in a separate process. */
export function deliver(piece: EventPiece, options: Options = {}): Promise<Delivered> {
  return openWorker(() => options.now ?? Number.MAX_SAFE_INTEGER).deliver(piece, options)
}

/** Runs a batch in a separate process. */
export function deliverBatch(pieces: EventPiece[], options: Options = {}): Promise<Record<string, unknown>[]> {
  return openWorker(() => options.now ?? Number.MAX_SAFE_INTEGER).deliverBatch(pieces, options)
}

/** The two ways in which Segment delivers an event: alone, or as a batch of one. */
export const ENTRY_POINTS = {
  onEvent: (worker: Worker, piece: EventPiece, options?: Options) =>
    worker.deliver(piece, options).then(() => undefined),
  onBatch: async (worker: Worker, piece: EventPiece, options?: Options) => {
    const [verdict] = await worker.deliverBatch([piece], options)
    if (verdict?.status !== 200) throw Object.assign(new Error(String(verdict?.errormessage)), verdict)
  }
}

function toListeners({ listeners }: Options) {
  if (!listeners) return {}
  const nothing = () => undefined
  const { warn, incr } = listeners
  const logger = { level: 'warn', name: 'test', debug: nothing, info: nothing, warn, error: nothing, crit: nothing }
  const statsClient = { observe: nothing, _name: String, _tags: () => [], incr, set: nothing, histogram: nothing }
  return {
    logger: { ...logger, log: nothing, withTags: nothing },
    statsContext: { statsClient, tags: ['a:b'] }
  }
}

export function toLosses(value: unknown): Loss[] {
  return Array.isArray(value) ? value.filter((item): item is Loss => toRecord(item)?.reason !== undefined) : []
}

/** An emulated Intercom under the real host name, so that the destination runs unchanged. */
export function openWorkspace(options: EmulatorOptions = {}, host: string | RegExp = HOST) {
  const emulator = createEmulator({
    contactAttributes: WORKSPACE_ATTRIBUTES.contact,
    companyAttributes: WORKSPACE_ATTRIBUTES.company,
    clock: () => NOW,
    ...options
  })
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
    nock(host)
      .persist()
      .intercept(/.*/, method)
      .reply(async function (uri, body) {
        const headers = Object.entries(this.req.headers).map(([name, value]): [string, string] => [name, String(value)])
        const hasBody = method !== 'GET' && body !== ''
        const response = await emulator.fetch(`${HOST}${uri}`, {
          method,
          headers,
          ...(hasBody ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {})
        })
        return [response.status, await response.text(), Object.fromEntries(response.headers)]
      })
  }

  const named = (text: string) => {
    const { contacts, companies, tags } = emulator.state
    const ids: [string, string][] = [
      ...contacts.map(({ id }): [string, string] => [id, '{contact}']),
      ...companies.map(({ id }): [string, string] => [id, '{company}']),
      ...tags.map(({ id }): [string, string] => [id, '{tag}'])
    ]
    return ids.reduce((read, [id, name]) => read.replaceAll(id, name), text)
  }

  return {
    emulator,
    /** `['POST /contacts/search', 'PUT /contacts/{contact}']` */
    operations: () => emulator.requests.map(({ operation }) => named(operation)),
    /** The body of a request, counted from the end. Ids from Intercom are replaced by `{contact}` and so on. */
    body: (fromEnd = 1): unknown => {
      const { body } = emulator.requests.at(-fromEnd) ?? {}
      return body === undefined ? undefined : JSON.parse(named(JSON.stringify(body)))
    }
  }
}

// Importing nock already patches `http`. A file whose tests are all skipped would not undo that, and the next file in the
// same process would be patched twice.
nock.restore()
