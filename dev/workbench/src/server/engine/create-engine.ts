import { toOrderKeys } from '@intercom-destinations/cli'
import type { SegmentEvent } from '@segment/actions-core'
import type { EventSource, EventTrace, Half, JsonObject, Row, Side } from '../../contract'
import { runCloud } from './cloud-half'
import { Courier } from './courier'
import type { CloudTarget, Engine, EngineOptions } from './engine-types'
import { changeRecord, openRecord, type Change, type EventRecord } from './event-record'
import { toHeld } from './held'
import { toNotes } from './notes'
import { WAITING } from './outcome'
import { RowFeed } from './row-feed'
import { toSnapshot } from './snapshot'
import { findTouched } from './touched'
import { Turns } from './turns'
import { runWeb } from './web-half'
import { WebThread } from './web-worker'

/** Older ones are forgotten, so that memory stays flat. */
const MOST_EVENTS = 10_000

/** Takes events, runs them through both destinations, and remembers the way of each. */
export function createEngine({ configuration, target: findTarget, now = Date.now }: EngineOptions): Engine {
  const records = new Map<string, EventRecord>()
  const feed = new RowFeed()
  const thread = new WebThread()
  const cloudTurns = new Turns()
  // The thread takes one after another, and so everybody's events stay in order.
  const webTurns = new Turns(1)
  let courier: { readonly target: CloudTarget; readonly courier: Courier } | undefined
  let count = 0
  let underWay = 0
  let whenIdle: (() => void)[] = []

  /** Another target is another Intercom, of which nothing is known. */
  const findCourier = () => {
    const target = findTarget()
    if (target === undefined) return undefined
    if (courier?.target !== target) {
      courier?.courier.close()
      courier = { target, courier: new Courier(target, now) }
    }
    return courier
  }

  const put = (record: EventRecord) => {
    records.set(record.id, record)
    feed.tell(record.row)
  }

  /** What became of an event that was forgotten meanwhile is of no interest. */
  const change = (id: string, what: Change) => {
    const record = records.get(id)
    if (record) put(changeRecord(record, what))
  }

  /** The work never rejects: a mistake of ours must not keep the others from their turn. */
  const takeTurn = ({ id, event }: EventRecord, half: Half, work: (record: EventRecord) => Promise<Change>) => {
    underWay += 1
    const isOurMistake = ({ [half]: side }: EventRecord, error: unknown) => ({ [half]: toBroken(side, error) })
    const [turns, keys] = half === 'cloud' ? [cloudTurns, toOrderKeys(event)] : [webTurns, []]
    turns.add(keys, async () => {
      const record = records.get(id)
      if (record) change(id, await work(record).catch((error: unknown) => isOurMistake(record, error)))
      underWay -= 1
      if (underWay === 0) for (const tell of whenIdle.splice(0)) tell()
    })
  }

  const throughWeb = async ({ event }: EventRecord): Promise<Change> => ({
    web: await runWeb({ event, state: configuration().web, thread })
  })

  const throughCloud = async ({ id, event, cloud, cloudRuns: earlier, touched }: EventRecord): Promise<Change> => {
    const to = findCourier()
    const state = to?.target.state
    const before = state && toSnapshot(state)
    const onFailedTry = (reason: string) => {
      change(id, { cloud: { ...cloud, outcome: { ...WAITING, reason } } })
    }
    const configured = configuration().cloud
    const delivery = { event, state: configured, to, earlier, startedAt: now(), now, onFailedTry }
    const { side, runs } = await runCloud(delivery)
    if (!state || !before) return { cloud: side, cloudRuns: runs, touched: undefined }
    const things = findTouched(side, before, toSnapshot(state), touched?.state === state ? touched.things : [])
    return { cloud: side, cloudRuns: runs, touched: { things, state } }
  }

  const submit = (event: JsonObject, source: EventSource): Row => {
    count += 1
    const record = openRecord({ id: `e${count}`, receivedAt: now(), source, event: toSegmentEvent(event) })
    put(record)
    const [oldest] = records.keys()
    if (records.size > MOST_EVENTS && oldest !== undefined) records.delete(oldest)
    takeTurn(record, 'web', throughWeb)
    takeTurn(record, 'cloud', throughCloud)
    return record.row
  }

  return {
    submit,
    again: (id) => {
      const record = records.get(id)
      return record && submit(record.event, record.source)
    },
    rows: () => [...records.values()].map(({ row }) => row),
    trace: (id) => {
      const record = records.get(id)
      return record && toTrace(record)
    },
    listen: (listener) => feed.listen(listener),
    retry: () => {
      courier?.courier.wake()
      for (const record of records.values()) {
        if (record.cloud.outcome.state !== 'retrying') continue
        const { id, cloud } = record
        change(id, { cloud: { ...cloud, outcome: { ...cloud.outcome, state: 'waiting' } } })
        takeTurn(record, 'cloud', throughCloud)
      }
    },
    clear: () => {
      records.clear()
      feed.forget()
      courier?.courier.close()
      courier = undefined
    },
    idle: () =>
      new Promise((resolve) => {
        if (underWay === 0) resolve()
        else whenIdle = [...whenIdle, resolve]
      }),
    close: async () => {
      records.clear()
      feed.close()
      courier?.courier.close()
      await thread.close()
    }
  }
}

function toTrace(record: EventRecord): EventTrace {
  const { row, event, web, cloud, differences, touched } = record
  const held = touched && toHeld(touched.things, touched.state)
  return { row, event, notes: toNotes(record), web, cloud, differences, ...(held ? { held } : {}) }
}

function toBroken(side: Side, error: unknown): Side {
  const reason = `The workbench itself failed on this event: ${error instanceof Error ? error.message : String(error)}`
  return { ...side, outcome: { state: 'failed', calls: 0, losses: 0, reason } }
}

/** Whoever submits has looked at the type; what has none is carried all the same, and matched by nothing. */
function toSegmentEvent(event: JsonObject): EventRecord['event'] {
  return isSegmentEvent(event) ? event : { ...event, type: 'track' }
}

const isSegmentEvent = (event: JsonObject): event is JsonObject & SegmentEvent => typeof event.type === 'string'
