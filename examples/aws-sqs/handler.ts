import type { IntercomSender } from '@intercom-destinations/delivery'

/** The parts of Lambda's types that are used here; `@types/aws-lambda` has them all. */
export interface SqsRecord {
  messageId: string
  body: string
  /** `MessageGroupId` is there in a FIFO queue only. */
  attributes: { MessageGroupId?: string }
}
export interface SqsEvent {
  Records: readonly SqsRecord[]
}
export interface SqsBatchResponse {
  batchItemFailures: { itemIdentifier: string }[]
}
export interface LambdaContext {
  getRemainingTimeInMillis(): number
}

/** How long before Lambda ends the call the last event is given up, in milliseconds. */
const MARGIN_MS = 1000

/** A handler for an event source mapping with `ReportBatchItemFailures`: SQS delivers again what it reports. */
export function createHandler(sender: Pick<IntercomSender, 'send'>, log: (line: string) => void = console.warn) {
  return async ({ Records }: SqsEvent, context: LambdaContext): Promise<SqsBatchResponse> => {
    /** Returns the records to deliver again. Rejected ones are dropped, so that they do not block their group. */
    const send = async (records: readonly SqsRecord[]): Promise<SqsRecord[]> => {
      const events = records.map(({ body }) => parse(body))
      const deadlineMs = Math.max(0, context.getRemainingTimeInMillis() - MARGIN_MS)
      const verdicts = await sender.send(events, { deadlineMs })
      return records.filter(({ messageId }, index) => {
        const { status = 'retry', reason = '' } = verdicts[index] ?? {}
        if (status === 'rejected') log(`Dropped ${messageId}: ${reason}`)
        return status === 'retry'
      })
    }
    const groups = new Map<string | undefined, SqsRecord[]>()
    for (const record of Records) {
      const { MessageGroupId } = record.attributes
      groups.set(MessageGroupId, [...(groups.get(MessageGroupId) ?? []), record])
    }
    const failed = await Promise.all(
      [...groups].map(([group, records]) => (group === undefined ? send(records) : sendInOrder(records, send)))
    )
    return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) }
  }
}

/** A group of a FIFO queue: after its first failure the rest of it is reported too, and not sent. */
async function sendInOrder(
  records: readonly SqsRecord[],
  send: (records: readonly SqsRecord[]) => Promise<SqsRecord[]>
): Promise<readonly SqsRecord[]> {
  for (const [index, record] of records.entries()) {
    const failed = await send([record])
    if (failed.length > 0) return records.slice(index)
  }
  return []
}

/** What is no JSON is no event, and the sender rejects it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
