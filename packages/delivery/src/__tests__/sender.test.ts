import type { SegmentEvent } from '@segment/actions-core'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Verdict } from '../outcome'
import { NO_RETRIES, PATIENT_POLICY } from '../retry-policy'
import { openScripted, ROWS } from '../test-support/open-sender'
import { toSubscription } from '../subscriptions'
import { DELIVERED, FAILED, ScriptedRunner, UNKNOWN_CONTACT } from '../test-support/scripted-runner'

const identify = (messageId: string, userId: string) => ({ type: 'identify' as const, messageId, userId })
const track = (messageId: string, userId: string) => ({ type: 'track' as const, messageId, userId, event: 'Opened' })
const group = (messageId: string, userId: string) => ({ type: 'group', messageId, userId, groupId: 'acme' })

async function send(opened: ReturnType<typeof openScripted>, events: readonly unknown[], deadlineMs?: number) {
  const { sender, clock } = opened
  const scope = sender.openScope(deadlineMs === undefined ? {} : { deadlineMs })
  const work = Promise.all(events.map((event) => sender.deliver(event, scope)))
  const { result, tookMs } = await clock.run(work)
  return { verdicts: result.map(({ verdict }) => verdict), settled: result, tookMs }
}

const statusesOf = (verdicts: readonly Verdict[]) => verdicts.map(({ status }) => status)

it('runs a window contact first, then company, then events, one batch for each', async () => {
  const runner = new ScriptedRunner()
  const { verdicts } = await send(openScripted(runner), [
    identify('i1', 'u1'),
    track('t1', 'u1'),
    group('g2', 'u2'),
    identify('i3', 'u3')
  ])
  expect(runner.calls).toEqual([
    ['identifyContact', 'i1', 'i3'],
    ['groupIdentifyContact', 'g2'],
    ['trackEvent', 't1']
  ])
  expect(statusesOf(verdicts)).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
})

it('puts no more events into a window than its host asks for', async () => {
  const runner = new ScriptedRunner()
  const opened = openScripted(runner, { windowEvents: 2 })
  await send(opened, [track('t1', 'u1'), track('t2', 'u2'), track('t3', 'u3')])
  expect(runner.calls).toEqual([
    ['trackEvent', 't1', 't2'],
    ['trackEvent', 't3']
  ])
})

it('delivers the event after one that was given up, when later events are not held', async () => {
  const behind = { ...FAILED, waitsForEarlierEvent: true }
  const runner: ScriptedRunner = new ScriptedRunner(({ messageId }) => {
    if (messageId === 't1') return FAILED
    return runner.calls.at(-1)?.includes('t1') ? behind : DELIVERED
  })
  const { verdicts, settled } = await send(openScripted(runner, { holdAfterRetry: false }), [
    track('t1', 'u1'),
    track('t2', 'u1')
  ])
  expect(statusesOf(verdicts)).toEqual(['retry', 'delivered'])
  expect(settled.map(({ runs }) => runs.map(({ attempts }) => attempts))).toEqual([[4], [1]])
})

it('reports recent failures until Intercom gives a usable answer', async () => {
  const runner = new ScriptedRunner(({ messageId }, _attempt, watch) => {
    if (messageId === 't1') watch.failed()
    else watch.answered(202)
    return messageId === 't1' ? FAILED : DELIVERED
  })
  const opened = openScripted(runner, { policy: NO_RETRIES })
  await send(opened, [track('t1', 'u1')])
  expect(opened.sender.isDoubtful).toBe(true)
  await send(opened, [track('t2', 'u2')])
  expect(opened.sender.isDoubtful).toBe(false)
})

it('settles unsent what is no event, what no subscription takes and what integrations exclude', async () => {
  const runner = new ScriptedRunner()
  const { verdicts } = await send(openScripted(runner), [
    null,
    { type: 'Identify', userId: 'u1' },
    { type: 'page', userId: 'u1' },
    { ...track('t1', 'u1'), integrations: { All: false } }
  ])
  const noEvent = 'It is not a Segment event: it needs one of the types identify, track, page, screen, group and alias.'
  expect(verdicts).toEqual([
    { status: 'rejected', losses: [], doubtful: [], reason: noEvent },
    { status: 'rejected', losses: [], doubtful: [], reason: noEvent },
    { status: 'ignored', losses: [], doubtful: [], reason: 'No subscription takes this event.' },
    {
      status: 'ignored',
      losses: [],
      doubtful: [],
      reason: 'The integrations of the event keep it away from Intercom.'
    }
  ])
  expect(runner.calls).toEqual([])
})

it('retries after 100, 300 and 900 ms, then ends as retry', async () => {
  const runner = new ScriptedRunner(() => FAILED)
  const { verdicts, tookMs } = await send(openScripted(runner), [track('t1', 'u1')])
  expect(verdicts).toEqual([{ status: 'retry', losses: [], doubtful: [], reason: 'Intercom failed.' }])
  expect(runner.calls).toHaveLength(4)
  expect(tookMs).toBe(1300)
})

it('waits as long as Intercom asks, with all events, and does not count it as an attempt', async () => {
  const limited = { ...FAILED, status: 429, retryAfterMs: 4000 }
  const runner = new ScriptedRunner(({ messageId }, attempt) =>
    messageId === 't1' && attempt <= 5 ? limited : DELIVERED
  )
  const { verdicts, tookMs } = await send(openScripted(runner), [track('t1', 'u1'), track('t2', 'u2')])
  expect(statusesOf(verdicts)).toEqual(['delivered', 'delivered'])
  expect(tookMs).toBe(20_000)
})

it('sends other people’s events, but no later one of a person, while an earlier one is retried', async () => {
  const runner = new ScriptedRunner(({ messageId }, attempt) =>
    messageId === 'g1' && attempt < 3 ? FAILED : DELIVERED
  )
  const opened = openScripted(runner)
  const { verdicts } = await send(opened, [group('g1', 'u1'), track('t1', 'u1'), track('t2', 'u2')])
  expect(statusesOf(verdicts)).toEqual(['delivered', 'delivered', 'delivered'])
  expect(runner.calls).toEqual([
    ['groupIdentifyContact', 'g1'],
    ['trackEvent', 't2'],
    ['groupIdentifyContact', 'g1'],
    ['groupIdentifyContact', 'g1'],
    ['trackEvent', 't1']
  ])
})

it('leaves later events of a person unsent when an earlier one ended as retry', async () => {
  const runner = new ScriptedRunner(({ messageId }) => (messageId === 'g1' ? FAILED : DELIVERED))
  const { verdicts } = await send(openScripted(runner), [
    group('g1', 'u1'),
    track('t1', 'u1'),
    { ...group('g2', 'u2'), groupId: 'other' }
  ])
  expect(verdicts.slice(0, 2)).toEqual([
    { status: 'retry', losses: [], doubtful: [], reason: 'Intercom failed.' },
    {
      status: 'retry',
      losses: [],
      doubtful: [],
      reason: 'An earlier event of this person has to be sent again first.'
    }
  ])
  expect(verdicts[2]?.status).toBe('delivered')
  expect(runner.calls.flat()).not.toContain('t1')
})

it('continues with a person after a retry, when later events are not held', async () => {
  const runner = new ScriptedRunner(({ messageId }) => (messageId === 'g1' ? FAILED : DELIVERED))
  const { verdicts } = await send(openScripted(runner, { holdAfterRetry: false }), [
    group('g1', 'u1'),
    track('t1', 'u1')
  ])
  expect(statusesOf(verdicts)).toEqual(['retry', 'delivered'])
})

it('delivers an event that came before its identify, once the identify has created the contact', async () => {
  let isKnown = false
  const runner = new ScriptedRunner(({ type }) => {
    if (type === 'identify') isKnown = true
    return isKnown ? DELIVERED : UNKNOWN_CONTACT
  })
  const { verdicts, tookMs } = await send(openScripted(runner), [track('t1', 'u1'), identify('i1', 'u1')])
  expect(statusesOf(verdicts)).toEqual(['delivered', 'delivered'])
  expect(runner.calls).toEqual([
    ['trackEvent', 't1'],
    ['identifyContact', 'i1'],
    ['trackEvent', 't1']
  ])
  expect(tookMs).toBe(0)
})

it('gives the worst verdict and the losses of all subscriptions of an event', async () => {
  const loss = { path: 'metadata.a', reason: 'nested-value' } as const
  const runner: ScriptedRunner = new ScriptedRunner(({ messageId }) =>
    runner.calls.at(-1)?.[0] === 'trackEvent' && messageId === 'm2'
      ? { kind: 'rejected', reason: 'No.' }
      : { ...DELIVERED, losses: [loss] }
  )
  const subscriptions = ['identifyContact', 'trackEvent'].map((partnerAction) =>
    toSubscription({ partnerAction, subscribe: 'type = "identify"', mapping: {} })
  )
  const { verdicts } = await send(openScripted(runner, { subscriptions }), [identify('m1', 'u1'), identify('m2', 'u2')])
  expect(verdicts).toEqual([
    { status: 'delivered', losses: [loss, loss], doubtful: [] },
    { status: 'rejected', losses: [loss], doubtful: [], reason: 'No.' }
  ])
})

it('repeats only the subscription that failed', async () => {
  const runner: ScriptedRunner = new ScriptedRunner((_event, attempt) =>
    runner.calls.at(-1)?.[0] === 'trackEvent' && attempt < 3 ? FAILED : DELIVERED
  )
  const subscriptions = ['identifyContact', 'trackEvent'].map((partnerAction) =>
    toSubscription({ partnerAction, subscribe: 'type = "identify"', mapping: {} })
  )
  const { settled } = await send(openScripted(runner, { subscriptions }), [identify('m1', 'u1')])
  expect(settled[0]?.verdict.status).toBe('delivered')
  expect(settled[0]?.runs.map(({ subscription, attempts }) => [subscription.action, attempts])).toEqual([
    ['identifyContact', 1],
    ['trackEvent', 3]
  ])
})

it('ends everything that is not done at the deadline as retry, and limits calls to the time that is left', async () => {
  const left: (number | undefined)[] = []
  const runner = new ScriptedRunner(({ messageId }, _attempt, watch) => {
    left.push(watch.leftMs())
    return messageId === 't1' ? new Promise(() => undefined) : DELIVERED
  })
  const opened = openScripted(runner)
  const { verdicts, tookMs } = await send(opened, [track('t1', 'u1')], 4000)
  expect(verdicts).toEqual([
    { status: 'retry', losses: [], doubtful: [], reason: 'The deadline passed before Intercom took the event.' }
  ])
  expect(tookMs).toBe(4000)
  // Calls end before the deadline, so that there is time for the verdicts of events that share a window.
  expect(left).toEqual([3800])
})

it('does not wait for a rate limit that ends after the deadline', async () => {
  const runner = new ScriptedRunner(() => ({ ...FAILED, status: 429, retryAfterMs: 10_000 }))
  const { verdicts, tookMs } = await send(openScripted(runner), [track('t1', 'u1'), track('t2', 'u2')], 4000)
  const reason = 'Intercom’s rate limit allows no call before the deadline.'
  expect(verdicts).toEqual([
    { status: 'retry', losses: [], doubtful: [], reason, retryAfterMs: 10_000 },
    { status: 'retry', losses: [], doubtful: [], reason, retryAfterMs: 10_000 }
  ])
  expect(tookMs).toBe(0)
})

it('leaves the integrations of an event to a host that has decided about them', async () => {
  const runner = new ScriptedRunner()
  const { verdicts } = await send(openScripted(runner, { isAllowed: () => true }), [
    { ...track('t1', 'u1'), integrations: { All: false } }
  ])
  expect(statusesOf(verdicts)).toEqual(['delivered'])
})

it('stops sending when the signal aborts, and ends what was not sent as retry', async () => {
  const stop = new AbortController()
  const runner = new ScriptedRunner(() => {
    stop.abort()
    return FAILED
  })
  const { sender, clock } = openScripted(runner)
  const scope = sender.openScope({ signal: stop.signal })
  const { result } = await clock.run(sender.deliver(track('t1', 'u1'), scope))
  expect(result.verdict.reason).toBe('The delivery was stopped before Intercom took the event.')
  expect(runner.calls).toHaveLength(1)
})

it('opens the circuit breaker when the token is refused, and ends everything at once', async () => {
  const runner = new ScriptedRunner(() => ({ ...FAILED, status: 401 }))
  const opened = openScripted(runner)
  const { verdicts } = await send(opened, [track('t1', 'u1'), track('t2', 'u1')])
  expect(verdicts.map(({ status, reason, retryAfterMs }) => [status, reason, retryAfterMs])).toEqual([
    ['retry', 'Intercom no longer accepts the access token.', 30_000],
    ['retry', 'Intercom no longer accepts the access token.', 30_000]
  ])
  expect(opened.sender.outage).toBe('Intercom no longer accepts the access token.')
  const later = await send(opened, [track('t3', 'u2')])
  expect(statusesOf(later.verdicts)).toEqual(['retry'])
  expect(runner.calls).toEqual([['trackEvent', 't1', 't2']])
})

it('tries one event when the cool-down is over, and all others after its answer', async () => {
  let isOut = true
  const runner = new ScriptedRunner((_event, _attempt, watch) => {
    if (isOut) watch.failed()
    else watch.answered(202)
    return isOut ? FAILED : DELIVERED
  })
  const opened = openScripted(runner, { policy: PATIENT_POLICY })
  for (let call = 0; call < 20; call += 1) opened.breaker.failed()
  isOut = false
  const { verdicts, tookMs } = await send(opened, [track('t1', 'u1'), track('t2', 'u2'), track('t3', 'u3')])
  expect(statusesOf(verdicts)).toEqual(['delivered', 'delivered', 'delivered'])
  expect(tookMs).toBe(30_000)
  expect(runner.calls).toEqual([
    ['trackEvent', 't1'],
    ['trackEvent', 't2', 't3']
  ])
})

it('ends what was not sent as retry when it is closed, and waits for what is under way', async () => {
  const runner = new ScriptedRunner(() => FAILED)
  const { sender, clock } = openScripted(runner, { policy: PATIENT_POLICY })
  const first = sender.deliver(track('t1', 'u1'))
  await clock.run(Promise.resolve())
  await sender.close()
  expect((await first).verdict).toEqual({ status: 'retry', losses: [], doubtful: [], reason: 'The sender is closed.' })
  expect((await sender.deliver(track('t2', 'u1'))).verdict.status).toBe('retry')
})

it('tries every waiting event when it is woken, without further waits', async () => {
  let isOut = true
  const runner = new ScriptedRunner(() => (isOut ? FAILED : DELIVERED))
  const { sender, clock } = openScripted(runner, { policy: PATIENT_POLICY })
  const settled = sender.deliver(track('t1', 'u1'))
  await clock.run(Promise.resolve())
  isOut = false
  sender.wake()
  const { result, tookMs } = await clock.run(settled)
  expect(result.verdict.status).toBe('delivered')
  expect(tookMs).toBe(0)
})

it('does not repeat the runs of an earlier delivery of the event', async () => {
  const runner = new ScriptedRunner()
  const opened = openScripted(runner)
  const first = await send(opened, [track('t1', 'u1')])
  const again = await opened.clock.run(opened.sender.deliver(track('t1', 'u1'), undefined, first.settled[0]?.runs))
  expect(again.result.verdict.status).toBe('delivered')
  expect(runner.calls).toEqual([['trackEvent', 't1']])
})

it('delivers although a hook throws', async () => {
  const hook = () => {
    throw new Error('An error of the host')
  }
  const opened = openScripted(new ScriptedRunner(), { onAttempt: hook, onSettled: hook, policy: NO_RETRIES })
  expect(statusesOf((await send(opened, [track('t1', 'u1')])).verdicts)).toEqual(['delivered'])
})

it('limits the calls under way over all windows', async () => {
  let underWay = 0
  let most = 0
  const runner = new ScriptedRunner((_event, _attempt, watch) =>
    watch.limit(async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await new Promise((resolve) => setImmediate(resolve))
      underWay -= 1
      return DELIVERED
    })
  )
  const events = Array.from({ length: 60 }, (_, index) => track(`t${index}`, `u${index}`))
  await send(openScripted(runner, { concurrency: 3 }), events)
  expect(most).toBe(3)
})

describe('a host that shows its events while they wait', () => {
  const patient = { policy: PATIENT_POLICY, windowEvents: 1 }
  const untilIdle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await nextTurn()
  }

  it('gives each event a window of its own', async () => {
    const runner = new ScriptedRunner()
    await send(openScripted(runner, { windowEvents: 1 }), [track('t1', 'u1'), track('t2', 'u2')])
    expect(runner.calls).toEqual([
      ['trackEvent', 't1'],
      ['trackEvent', 't2']
    ])
  })

  it('delivers each event by the subscriptions of its scope', async () => {
    const runner = new ScriptedRunner()
    const { sender, clock } = openScripted(runner)
    const [, group] = ROWS.map(toSubscription)
    const other = toSubscription({ partnerAction: 'identifyContact', subscribe: 'type = "track"', mapping: {} })
    const scope = sender.openScope({ subscriptions: [...(group ? [group] : []), other] })
    await clock.run(Promise.all([sender.deliver(track('t1', 'u1'), scope), sender.deliver(track('t2', 'u1'))]))
    expect(runner.calls).toEqual([
      ['identifyContact', 't1'],
      ['trackEvent', 't2']
    ])
  })

  it('lets an identify pass all events that wait for its contact, and then delivers those in order', async () => {
    let isThere = false
    const runner = new ScriptedRunner(({ type }) => {
      isThere ||= type === 'identify'
      return isThere ? DELIVERED : UNKNOWN_CONTACT
    })
    const opened = openScripted(runner, patient)
    await send(opened, [track('t1', 'u1'), track('t2', 'u1'), identify('i1', 'u1')])
    expect(runner.calls.slice(-3)).toEqual([
      ['identifyContact', 'i1'],
      ['trackEvent', 't1'],
      ['trackEvent', 't2']
    ])
  })

  it('reports which event is tried and which ones wait behind it', async () => {
    const started: unknown[] = []
    const runner = new ScriptedRunner(({ userId }) => (userId === 'u1' ? FAILED : DELIVERED))
    const onStart = ({ event }: { event: SegmentEvent }) => started.push(event.messageId)
    const { sender } = openScripted(runner, { ...patient, onStart })
    for (const event of [track('t1', 'u1'), track('t2', 'u1'), track('t3', 'u2')]) void sender.deliver(event)
    await untilIdle()
    expect(started).toEqual(['t1', 't3'])
    expect(sender.heldBack().map(({ messageId }) => messageId)).toEqual(['t2'])
  })

  it('tries one event now, after the earlier ones of its person', async () => {
    let isOut = true
    const runner = new ScriptedRunner(() => (isOut ? FAILED : DELIVERED))
    const { sender } = openScripted(runner, patient)
    const events = [track('t1', 'u1'), track('t2', 'u1'), track('t3', 'u2')]
    for (const event of events) void sender.deliver(event)
    await untilIdle()
    isOut = false
    if (events[1]) sender.retryOne(events[1])
    await untilIdle()
    expect(runner.calls.slice(2)).toEqual([
      ['trackEvent', 't1'],
      ['trackEvent', 't2']
    ])
    sender.retryWaiting()
    await untilIdle()
    expect(runner.calls.at(-1)).toEqual(['trackEvent', 't3'])
  })

  it('holds nothing behind an event that was withdrawn', async () => {
    const runner = new ScriptedRunner(({ messageId }) => (messageId === 't1' ? FAILED : DELIVERED))
    const { sender } = openScripted(runner, patient)
    const [first, second] = [track('t1', 'u1'), track('t2', 'u1')]
    const settled = Promise.all([sender.deliver(first), sender.deliver(second)])
    await untilIdle()
    sender.withdraw(first)
    expect((await settled).map(({ verdict }) => verdict.status)).toEqual(['retry', 'delivered'])
  })

  it('leaves no time for a call once the host forbids calls', async () => {
    const left: unknown[] = []
    const runner = new ScriptedRunner((_event, _attempt, watch) => {
      left.push(watch.leftMs())
      return DELIVERED
    })
    let mayCall = true
    const opened = openScripted(runner, { mayCall: () => mayCall })
    await send(opened, [track('t1', 'u1')])
    mayCall = false
    await send(opened, [track('t2', 'u1')])
    expect(left).toEqual([undefined, 0])
  })
})
