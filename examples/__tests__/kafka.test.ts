import type { IntercomSender } from '@intercom-destinations/delivery'
import { createEachBatch, type EachBatchPayload } from '../kafka/each-batch'
import { closeWorkspaces, identify, openWorkspace } from '../test-support/open-workspace'

afterEach(closeWorkspaces)

interface Partition {
  payload: EachBatchPayload
  resolved: string[]
  done: string[]
}

/** A batch as kafkajs passes it: the key is the person, the value the event. */
function toPartition(values: readonly (string | null)[], more: Partial<EachBatchPayload> = {}): Partition {
  const resolved: string[] = []
  const done: string[] = []
  const messages = values.map((value, index) => ({
    key: Buffer.from('u1'),
    value: value === null ? null : Buffer.from(value),
    timestamp: '1704164645000',
    attributes: 0,
    offset: String(index + 40),
    headers: {}
  }))
  const payload: EachBatchPayload = {
    batch: { topic: 'events', partition: 3, messages },
    resolveOffset: (offset) => resolved.push(offset),
    commitOffsetsIfNecessary: () => Promise.resolve(void done.push('commit')),
    heartbeat: () => Promise.resolve(void done.push('heartbeat')),
    pause: () => {
      done.push('pause')
      return () => undefined
    },
    isRunning: () => true,
    isStale: () => false,
    ...more
  }
  return { payload, resolved, done }
}

const json = (userId: string, name = 'Ada') => JSON.stringify(identify(userId, { name }))

it('resolves every offset of a batch that is delivered, and skips what is no event with a line', async () => {
  const { emulator, sender } = await openWorkspace()
  const log: string[] = []
  const { payload, resolved, done } = toPartition([json('u1'), 'not json', null, json('u2')])
  await createEachBatch(sender, { log: (line) => log.push(line) })(payload)
  expect(resolved).toEqual(['40', '41', '42', '43'])
  expect(done).toEqual(['commit', 'heartbeat'])
  expect(emulator.state.contacts.map(({ external_id }) => external_id).sort()).toEqual(['u1', 'u2'])
  expect(log).toEqual([41, 42].map((offset) => `Skipped events/3/${offset}: ${NO_EVENT}`))
})

const NO_EVENT = 'It is not a Segment event: it needs one of the types identify, track, page, screen, group and alias.'

it('resolves no offset from the first failure on, rests, and delivers the rest when it is read again', async () => {
  const { emulator, sender } = await openWorkspace()
  emulator.fault({ status: 503, match: { method: 'POST', path: '/contacts' } })
  const page = JSON.stringify({ ...identify('u1'), type: 'page' })
  const values = [page, json('u1'), json('u1', 'Grace'), json('u2')]
  const first = toPartition(values)
  const eachBatch = createEachBatch(sender)
  await eachBatch(first.payload)
  expect(first.resolved).toEqual(['40'])
  expect(first.done).toEqual(['pause', 'commit'])
  const again = toPartition(values.slice(1))
  await eachBatch(again.payload)
  expect(again.resolved).toHaveLength(3)
  expect(emulator.state.contacts.map(({ external_id, name }) => [external_id, name]).sort()).toEqual([
    ['u1', 'Grace'],
    ['u2', 'Ada']
  ])
})

it('keeps its place in the group while a slow batch is sent', async () => {
  let finish = () => {}
  const sender: Pick<IntercomSender, 'send'> = {
    send: (events) =>
      new Promise((resolve) => {
        finish = () => {
          resolve(events.map(() => ({ status: 'delivered', losses: [], doubtful: [] })))
        }
      })
  }
  let beats = 0
  const { payload, resolved } = toPartition([json('u1')], {
    heartbeat: () => {
      beats += 1
      if (beats === 3) finish()
      return beats === 1 ? Promise.reject(new Error('The group is rebalancing.')) : Promise.resolve()
    }
  })
  await createEachBatch(sender, { heartbeatMs: 1 })(payload)
  expect(beats).toBeGreaterThanOrEqual(4)
  expect(resolved).toEqual(['40'])
})

it('stops between slices when the partition was taken away', async () => {
  const { sender } = await openWorkspace()
  let slices = 0
  const { payload, resolved } = toPartition(
    Array.from({ length: 150 }, () => JSON.stringify({ ...identify('u1'), type: 'page' })),
    { isStale: () => (slices += 1) > 1 }
  )
  await createEachBatch(sender)(payload)
  expect(resolved).toHaveLength(100)
})
