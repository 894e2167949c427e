import type { SegmentEvent } from '@segment/actions-core'
import type { Erasure } from '../action-runner'
import { DELETIONS } from '../deletions'
import { toSubscription } from '../subscriptions'
import { openScripted, ROWS } from '../test-support/open-sender'
import { DELIVERED, FAILED, ScriptedRunner, UNKNOWN_CONTACT } from '../test-support/scripted-runner'

const identify = (messageId: string, userId = 'u1') => ({ type: 'identify' as const, messageId, userId })
const track = (messageId: string, userId = 'u1') => ({ type: 'track' as const, messageId, userId, event: 'Opened' })
const erase = (userId?: unknown) => ({ type: 'delete', userId })

const subscriptions = [...ROWS.map(toSubscription), DELETIONS]

/** Records erasures among the runs, and answers them in turn. */
class ErasingRunner extends ScriptedRunner {
  readonly erasures: Erasure[] = []

  override erase(userId?: string): Promise<Erasure> {
    this.calls.push(['erase', userId ?? '?'])
    return Promise.resolve(this.erasures.shift() ?? { status: 'erased', contacts: 1 })
  }
}

async function send(runner: ErasingRunner, events: readonly unknown[]) {
  const { sender, clock } = openScripted(runner, { subscriptions })
  const scope = sender.openScope()
  const { result } = await clock.run(Promise.all(events.map((event) => sender.deliver(event, scope))))
  return result.map(({ verdict }) => verdict)
}

it('erases a person between the events before and after the request', async () => {
  const runner = new ErasingRunner()
  const verdicts = await send(runner, [identify('i1'), track('t1'), erase('u1'), identify('i2'), identify('i3', 'u2')])
  expect(verdicts.map(({ status }) => status)).toEqual(Array(5).fill('delivered'))
  expect(runner.calls.filter(([, id]) => id !== 'i3')).toEqual([
    ['identifyContact', 'i1', 'i3'],
    ['trackEvent', 't1'],
    ['erase', 'u1'],
    ['identifyContact', 'i2']
  ])
})

it('does not erase a person whose earlier event has to be sent again: it would create the person again', async () => {
  const runner = new ErasingRunner(({ messageId }: SegmentEvent) => (messageId === 'i1' ? FAILED : DELIVERED))
  const verdicts = await send(runner, [identify('i1'), erase('u1')])
  expect(verdicts.map(({ status, reason }) => [status, reason])).toEqual([
    ['retry', 'Intercom failed.'],
    ['retry', 'An earlier event of this person has to be sent again first.']
  ])
  expect(runner.calls.filter(([action]) => action === 'erase')).toEqual([])
})

it('does not create a person again whose erasure has to be tried again: the erasure would take the new one', async () => {
  const runner = new ErasingRunner()
  runner.erasures.push(...Array<Erasure>(4).fill({ status: 'retry', reason: 'Intercom is unavailable.' }))
  const verdicts = await send(runner, [erase('u1'), identify('i1'), identify('i2', 'u2')])
  expect(verdicts.map(({ status, reason }) => [status, reason])).toEqual([
    ['retry', 'Intercom is unavailable.'],
    ['retry', 'An earlier event of this person has to be sent again first.'],
    ['delivered', undefined]
  ])
})

it('erases before an identify that comes later, also where a track waits for its contact', async () => {
  let isCreated = false
  const runner = new ErasingRunner(({ type }: SegmentEvent) => {
    if (type === 'identify') isCreated = true
    return isCreated ? DELIVERED : UNKNOWN_CONTACT
  })
  await send(runner, [track('t1'), erase('u1'), identify('i1')])
  const actions = runner.calls.map(([action]) => action)
  expect(actions.indexOf('erase')).toBeLessThan(actions.indexOf('identifyContact'))
  expect(actions.filter((action) => action === 'erase')).toHaveLength(1)
})

it.each([[undefined], [null], [' '], [{}]])('rejects a deletion whose user id is %j', async (userId) => {
  const runner = new ErasingRunner()
  expect(await send(runner, [erase(userId)])).toEqual([
    {
      status: 'rejected',
      losses: [],
      doubtful: [],
      reason: 'The deletion names no user id, and Intercom does not know Segment’s anonymous ids.'
    }
  ])
  expect(runner.calls).toEqual([])
})

it('reports a person who is not in Intercom, and takes numbers as ids', async () => {
  const runner = new ErasingRunner()
  runner.erasures.push({ status: 'not-found' }, { status: 'rejected', reason: 'The id is not usable.' })
  expect((await send(runner, [erase(7), erase('.')])).map(({ status, reason }) => [status, reason])).toEqual([
    ['ignored', 'Intercom has no contact with this user id.'],
    ['rejected', 'The id is not usable.']
  ])
  expect(runner.calls).toEqual([
    ['erase', '7'],
    ['erase', '.']
  ])
})

it('refuses a deletion where no subscription takes those, whatever the filters of the others say', async () => {
  const runner = new ErasingRunner()
  const everything = toSubscription({ partnerAction: 'identifyContact', subscribe: 'userId = "u1"', mapping: {} })
  const { sender, clock } = openScripted(runner, { subscriptions: [everything] })
  const { result } = await clock.run(sender.deliver(erase('u1')))
  expect(result.verdict.status).toBe('rejected')
  expect(runner.calls).toEqual([])
})
