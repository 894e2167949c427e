import type { IntercomSender } from '@intercom-destinations/delivery'
import { createHandler, type SqsRecord } from '../aws-sqs/handler'
import { closeWorkspaces, identify, openWorkspace } from '../test-support/open-workspace'

afterEach(closeWorkspaces)

/** As Lambda passes a record of a standard queue, or with a group one of a FIFO queue. */
function toRecord(messageId: string, body: string, group?: string): SqsRecord {
  const record = {
    messageId,
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1573251510774',
      SenderId: 'AIDAIO23YVJENQZJOL4VO',
      ApproximateFirstReceiveTimestamp: '1573251510774',
      ...(group !== undefined && {
        SequenceNumber: '18849496460467696128',
        MessageGroupId: group,
        MessageDeduplicationId: messageId
      })
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:eu-central-1:123456789012:events${group === undefined ? '' : '.fifo'}`,
    awsRegion: 'eu-central-1'
  }
  return record
}

const context = { getRemainingTimeInMillis: () => 30_000 }

async function open() {
  const { emulator, sender } = await openWorkspace()
  const log: string[] = []
  const handler = createHandler(sender, (line) => log.push(line))
  const run = async (Records: SqsRecord[]) =>
    (await handler({ Records }, context)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
  const people = () => emulator.state.contacts.map(({ external_id }) => external_id).sort()
  return { emulator, log, run, people }
}

const json = (userId: string) => JSON.stringify(identify(userId))

it('delivers a batch, and reports nothing', async () => {
  const { run, people, log } = await open()
  expect(await run([toRecord('m1', json('u1')), toRecord('m2', json('u2'))])).toEqual([])
  expect(people()).toEqual(['u1', 'u2'])
  expect(log).toEqual([])
})

it('reports only what failed for now, so that SQS delivers only that again', async () => {
  const { emulator, run, people } = await open()
  emulator.fault({ status: 503, match: { method: 'POST', path: '/contacts' } })
  const records = [toRecord('m1', json('u1')), toRecord('m2', json('u2'))]
  const failed = await run(records)
  expect(failed).toHaveLength(1)
  expect(await run(records.filter(({ messageId }) => failed.includes(messageId)))).toEqual([])
  expect(people()).toEqual(['u1', 'u2'])
})

it('after the first failure of a group, reports the rest of it unsent, and delivers the other groups', async () => {
  const { emulator, run, people } = await open()
  emulator.fault({ status: 503, match: { method: 'POST', path: '/contacts' } })
  const failed = await run([
    toRecord('m1', json('u1'), 'a'),
    toRecord('m2', json('u2'), 'a'),
    toRecord('m3', JSON.stringify({ ...identify('u9'), type: 'page' }), 'b'),
    toRecord('m4', json('u3'), 'a')
  ])
  expect(failed).toEqual(['m1', 'm2', 'm4'])
  expect(people()).toEqual([])
  expect(await run([toRecord('m1', json('u1'), 'a'), toRecord('m5', json('u4'), 'b')])).toEqual([])
  expect(people()).toEqual(['u1', 'u4'])
})

it('drops a poison message with a line that holds no data, and goes on with its group', async () => {
  const { run, people, log } = await open()
  const failed = await run([
    toRecord('m1', 'ada@example.com', 'a'),
    toRecord('m2', JSON.stringify({ ...identify('u1'), type: 'track' }), 'a'),
    toRecord('m3', json('u1'), 'a')
  ])
  expect(failed).toEqual([])
  expect(people()).toEqual(['u1'])
  expect(log).toEqual([
    'Dropped m1: It is not a Segment event: it needs one of the types identify, track, page, screen, group and alias.',
    'Dropped m2: An event needs a name. Map Event Name.'
  ])
})

it('gives each event of a group only the time that is left', async () => {
  const deadlines: unknown[] = []
  const send: IntercomSender['send'] = (events, options) => {
    deadlines.push(options?.deadlineMs)
    return Promise.resolve(events.map(() => ({ status: 'delivered', losses: [], doubtful: [] })))
  }
  const left = [9000, 4000, 500]
  const records = ['m1', 'm2', 'm3'].map((id) => toRecord(id, json('u1'), 'a'))
  await createHandler({ send })({ Records: records }, { getRemainingTimeInMillis: () => left.shift() ?? 0 })
  expect(deadlines).toEqual([8000, 3000, 0])
})

it('answers before Lambda ends the call', async () => {
  const { emulator, sender } = await openWorkspace()
  emulator.fault({ trouble: 'time-out', times: 9 })
  const handler = createHandler(sender)
  const { batchItemFailures } = await handler(
    { Records: [toRecord('m1', json('u1')), toRecord('m2', json('u2'))] },
    { getRemainingTimeInMillis: () => 1100 }
  )
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }])
})
