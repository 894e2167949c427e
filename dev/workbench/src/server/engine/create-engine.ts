import { prepareEvent, toOrderKeys } from '@intercom-destinations/cli'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import type { EventSource, EventTrace, Half, JsonObject, Row, Side } from '../../contract'
import { messageOf } from '../message-of'
import { runCloud } from './cloud-half'
import { Courier } from './courier'
import type { CloudTarget, Engine, EngineOptions } from './engine-types'
import { EventBook } from './event-book'
import { changeRecord, openRecord, toSegmentEvent, type Change, type EventRecord } from './event-record'
import { toHeld } from './held'
import { toNotes } from './notes'
import { HELD_BACK, WAITING } from './outcome'
import { RowFeed } from './row-feed'
import { toSnapshot } from './snapshot'
import { findTouched } from './touched'
import { Turns } from './turns'
import { runWeb } from './web-half'
import { WebThread } from './web-worker'

/** How long clearing waits for what is under way; a slow answer of Intercom's is not as slow. */
const LONGEST_END_MS = 5000

/** Takes events, runs them through both destinations, and remembers the way of each. */
export function createEngine({
  configuration,
  target: findTarget,
  remarks = () => [],
  now = Date.now
}: EngineOptions): Engine {
  const feed = new RowFeed()
  const book = new EventBook({
    tell: (row) => {
      feed.tell(row)
    },
    untell: (id) => {
      feed.untell(id)
    }
  })
  const thread = new WebThread()
  const cloudTurns = new Turns()
  // The thread takes one after another, and so everybody's events stay in order.
  const webTurns = new Turns(1)
  let courier: { readonly target: CloudTarget; readonly courier: Courier } | undefined
  let count = 0
  let underWay = 0
  let whenIdle: (() => void)[] = []
  /** What speaks to Intercom at this moment. */
  const speaking = new Set<Promise<unknown>>()
  let clearing: Promise<void> | undefined

  const closeCourier = () => {
    courier?.courier.close()
    courier = undefined
  }

  /** Another target is another Intercom, of which nothing is known. */
  const findCourier = () => {
    const target = findTarget()
    if (courier && courier.target !== target) closeCourier()
    if (target) courier ??= { target, courier: new Courier(target, { now, isWanted: () => findTarget() === target }) }
    return courier
  }

  /** What became of an event that was forgotten meanwhile is of no interest. */
  const change = (id: string, what: Change) => {
    const record = book.get(id)
    if (record) book.put(changeRecord(record, what))
  }

  /** The work never rejects: a mistake of ours must not keep the others from their turn. */
  const takeTurn = ({ id, event }: EventRecord, half: Half, work: (record: EventRecord) => Promise<Change>) => {
    underWay += 1
    const isOurMistake = ({ [half]: side }: EventRecord, error: unknown) => ({ [half]: toBroken(side, error) })
    const [turns, keys] = half === 'cloud' ? [cloudTurns, toOrderKeys(event)] : [webTurns, []]
    turns.add(keys, async () => {
      const record = book.get(id)
      if (half === 'cloud') book.queuedAgain.delete(id)
      if (record) change(id, await work(record).catch((error: unknown) => isOurMistake(record, error)))
      if (half === 'cloud') {
        retryWhoAppeared(id)
        retryAfterTrouble(id)
      }
      underWay -= 1
      if (underWay === 0) for (const tell of whenIdle.splice(0)) tell()
    })
  }

  const throughWeb = async ({ prepared }: EventRecord): Promise<Change> => ({
    web: await runWeb({ prepared, state: configuration().web, thread })
  })

  const throughCloud = async ({ id }: EventRecord): Promise<Change> => {
    // Before Intercom was emptied nothing that came in meanwhile may begin.
    while (clearing) await clearing
    for (;;) {
      const record = book.get(id)
      if (!record) return {}
      const first = book.troubled.findBefore(record)
      if (book.queuedAgain.findBefore(record) !== undefined || (first !== undefined && !book.hasAskedFor.has(id))) {
        // Once only: two that wait for one would have it tried for ever.
        if (first !== undefined && !book.hasAskedFor.has(id)) retryOne(book.get(first) ?? record)
        book.hasAskedFor.add(id)
        takeAnotherTurn(record)
        return {}
      }
      book.hasAskedFor.delete(id)
      if (first !== undefined) return { cloud: { ...record.cloud, outcome: HELD_BACK } }
      const to = findCourier()
      const spoken = speak(record, to)
      speaking.add(spoken)
      const changed = await spoken.finally(() => speaking.delete(spoken))
      const isLeft = changed.cloud?.subscriptions.some(({ run }) => run?.failure?.retryable)
      const isCutShort = isLeft === true && to !== undefined && !to.courier.isOpen
      if (!isCutShort || !book.has(id) || !findTarget()) return changed
      // What was connected is not any more; whatever is now has the next word.
      change(id, { ...changed, cloud: record.cloud })
    }
  }

  const speak = async (record: EventRecord, to: ReturnType<typeof findCourier>): Promise<Change> => {
    const { id, prepared, cloud, cloudRuns: earlier, touched, startedAt = now() } = record
    const state = to?.target.state
    const before = state && toSnapshot(state)
    const onFailedTry = (reason: string) => {
      change(id, { cloud: { ...cloud, outcome: { ...WAITING, reason } } })
    }
    const configured = configuration().cloud
    const delivery = { prepared, state: configured, to, earlier, startedAt, now, onFailedTry }
    const { side, runs } = await runCloud(delivery)
    const told = { startedAt, cloud: side, cloudRuns: runs }
    if (!state || !before) return { ...told, touched: undefined }
    const things = findTouched(side, before, toSnapshot(state), touched?.state === state ? touched.things : [])
    return { ...told, touched: { things, state } }
  }

  const takeAnotherTurn = (record: EventRecord) => {
    book.queuedAgain.add(record)
    takeTurn(record, 'cloud', throughCloud)
  }

  const retryOne = (record: EventRecord): Row | undefined => {
    const { id, cloud } = record
    // With nothing to deliver to it goes on waiting for what will be connected.
    if (cloud.outcome.state !== 'retrying' || !findTarget()) return record.row
    change(id, { cloud: { ...cloud, outcome: { ...cloud.outcome, state: 'waiting' } } })
    takeAnotherTurn(record)
    return book.get(id)?.row
  }

  const retryEach = (ids: readonly string[]) => {
    for (const id of ids) {
      const record = book.get(id)
      if (record) retryOne(record)
    }
  }

  const retryAll = () => {
    courier?.courier.wake()
    retryEach(book.retrying.ids())
    return undefined
  }

  /** Once somebody is there, what was waiting for them has a chance. */
  const retryWhoAppeared = (id: string) => {
    const appeared = book.get(id)
    if (appeared?.cloud.outcome.state !== 'delivered') return
    if (appeared.event.type !== 'identify' && appeared.event.type !== 'group') return
    retryEach(book.retrying.idsWith(appeared))
  }

  /** Intercom has taken something: whatever it could not take before has a chance. */
  const retryAfterTrouble = (id: string) => {
    const { state, calls } = book.get(id)?.cloud.outcome ?? { state: 'off', calls: 0 }
    if (state !== 'delivered' || calls === 0) return
    const ids = book.troubled.ids()
    for (const one of ids) book.countWaking(one)
    retryEach(ids)
  }

  const submit = (event: JsonObject, source: EventSource): Row => {
    count += 1
    const known = { id: `e${count}`, place: count, receivedAt: now(), source, remarks: remarks() }
    const sent = toSegmentEvent(event)
    const record = openRecord({ ...known, event: sent, prepared: prepareEvent(sent, now) })
    book.put(record)
    takeTurn(record, 'web', throughWeb)
    takeTurn(record, 'cloud', throughCloud)
    return record.row
  }

  const clear = async (empty: () => void) => {
    // Of two who clear at once the second waits.
    while (clearing) await clearing
    const emptied = emptyOut(empty)
    clearing = emptied.catch(() => undefined)
    await emptied
  }

  const emptyOut = async (empty: () => void) => {
    book.clear()
    feed.forget()
    closeCourier()
    const ended = new AbortController()
    const longest = wait(LONGEST_END_MS, undefined, { signal: ended.signal, ref: false }).catch(() => undefined)
    await Promise.race([Promise.allSettled(speaking), longest])
    ended.abort()
    try {
      empty()
    } finally {
      // A snapshot of this moment is of the Intercom that was.
      await setImmediate()
      clearing = undefined
    }
  }

  return {
    submit,
    again: (id) => {
      const record = book.get(id)
      return record && submit(record.event, record.source)
    },
    rows: () => book.records().map(({ row }) => row),
    trace: (id) => {
      const record = book.get(id)
      return record && toTrace(record)
    },
    listen: (listener) => feed.listen(listener),
    retry: (id) => {
      if (id === undefined) return retryAll()
      const record = book.get(id)
      return record && retryOne(record)
    },
    clear: (empty = () => undefined) => clear(empty),
    idle: () =>
      new Promise((resolve) => {
        if (underWay === 0) resolve()
        else whenIdle = [...whenIdle, resolve]
      }),
    close: async () => {
      book.clear()
      feed.close()
      closeCourier()
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
  const reason = `The workbench itself failed on this event: ${messageOf(error)}`
  return { ...side, outcome: { state: 'failed', calls: 0, losses: 0, doubtful: 0, reason } }
}
