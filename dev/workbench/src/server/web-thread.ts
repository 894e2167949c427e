import { traceWeb, type TracedRun, type WebTraceOptions } from '@intercom-destinations/cli'
import type { SegmentEvent } from '@segment/actions-core'
import { parentPort } from 'node:worker_threads'
import type { WebAnswer, WebJob } from './engine/web-worker'

/** The thread that has a page: it runs one event after another through the web destination. */
parentPort?.on('message', (message: unknown) => {
  void answer(message).then((told) => {
    parentPort?.postMessage(told)
  })
})

async function answer(message: unknown): Promise<WebAnswer> {
  try {
    if (!isJob(message)) throw new TypeError('no job')
    const { event, settings, subscriptions } = message
    const side = await traceWeb(event, { settings, subscriptions })
    const runs = side.subscriptions.map(({ run }) => run ?? NOT_RUN)
    return {
      runs: runs.map((run) => ({ ...run, sent: run.sent.map(({ call, body }) => ({ call, body: toPlain(body) })) }))
    }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

/** A call may hold what cannot be handed over, such as a function. */
function toPlain(body: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(body ?? null))
  return plain
}

const NOT_RUN: TracedRun = { payload: {}, sent: [], losses: [], failure: 'The web plugin did not take the event.' }

type Job = Omit<WebJob, 'event' | 'settings' | 'subscriptions'> &
  Required<WebTraceOptions> & { readonly event: SegmentEvent }

/** Only the server of this page speaks here. */
const isJob = (message: unknown): message is Job =>
  typeof message === 'object' && message !== null && 'event' in message && 'subscriptions' in message
